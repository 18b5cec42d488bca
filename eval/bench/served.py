"""A server for ``eval.bench.load``: as it is, or with sentence-transformers on torch to embed.

``python -m eval.bench.served KIND INDEX CORPUS`` prints its address and serves until it is told to
stop. The kinds: ``minutebook``; ``torch``, where each request has sentence-transformers embed its
own question, as it does at its defaults; ``torch-together``, where it embeds those that come at
once in one batch, as ``minutebook`` does.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn

from indexer.embed.sentence_transformers_runtime import SentenceTransformersEmbedder
from indexer.embed.source import resolve
from indexer.store.local import open_reader
from search_api.app import create_app
from search_api.builds import KeptBuild, kept_builds
from search_api.engine import Engine
from search_api.live import LiveIndex
from search_api.routes.opened import Live
from search_api.server import address, listen

KINDS = ("minutebook", "torch", "torch-together")


class TorchIndex:
    """One build, whose questions sentence-transformers embeds."""

    def __init__(self, index: Path, *, together: bool) -> None:
        self._index = index
        store = open_reader(index)
        name = store.info.model.name
        embedder = SentenceTransformersEmbedder(resolve(name), name=name)
        self._engine = Engine(store, embedder, together=together)

    @contextmanager
    def engine(self) -> Iterator[Engine]:
        """Lend the engine."""
        yield self._engine

    def builds(self) -> list[KeptBuild]:
        """Return the builds that are kept."""
        return kept_builds(self._index)

    def close(self) -> None:
        """Let go of the index."""
        self._engine.store.close()


def main() -> None:
    """Serve."""
    kind, index, corpus = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    live: Live = (
        LiveIndex(index)
        if kind == "minutebook"
        else TorchIndex(index, together=kind == "torch-together")
    )
    with live.engine() as engine:
        engine.search("Is it ready?")
    listener = listen("127.0.0.1", 0)
    sys.stdout.write(f"{address(listener)}\n")
    sys.stdout.flush()
    config = uvicorn.Config(
        create_app(index, corpus=corpus, live=live), log_config=None, access_log=False
    )
    uvicorn.Server(config).run(sockets=[listener])


if __name__ == "__main__":
    main()
