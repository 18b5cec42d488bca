"""The systems that are compared, a module each. Only the chosen one's libraries are imported."""

from __future__ import annotations

from importlib import import_module
from typing import cast

from eval.bench.peers.system import System

OWN = ("minutebook", "plain")
"""Those that need nothing but this project."""
PEERS = ("txtai", "chromadb", "lancedb", "haystack", "llama_index")
ALL = (*OWN, *PEERS)
PACKAGES = {
    "minutebook": "faiss",
    "plain": "tantivy",
    "txtai": "txtai",
    "chromadb": "chromadb",
    "lancedb": "lancedb",
    "haystack": "haystack",
    "llama_index": "llama_index.core",
}
"""What can be imported where a system is installed."""


def made(name: str) -> System:
    """Return the system of that name, with its libraries imported."""
    return cast(System, import_module(f"{__name__}.{name}").Made())
