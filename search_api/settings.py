"""What the environment decides about a server: read once, in one place."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from indexer.errors import UsageError


@dataclass(frozen=True, slots=True)
class Settings:
    """Where the index and the corpus are, and where the server listens.

    The environment's names are these fields' names in capitals after ``MINUTEBOOK_``.
    """

    index: Path = Path("index")
    corpus: Path = Path("corpus")
    host: str = "127.0.0.1"
    port: int = 8000
    feedback: Path | None = None
    """What people say of answers; beside the index where it is not named."""
    reranker: str | None = None
    """A cross-encoder, a folder or a name, that reads the first passages again; none if unset."""


def settings_from(environment: Mapping[str, str] = os.environ) -> Settings:
    """Read the settings. Raises UsageError that names the variable to mend."""
    defaults = Settings()
    return Settings(
        index=Path(environment.get("MINUTEBOOK_INDEX") or defaults.index),
        corpus=Path(environment.get("MINUTEBOOK_CORPUS") or defaults.corpus),
        host=environment.get("MINUTEBOOK_HOST") or defaults.host,
        feedback=Path(named) if (named := environment.get("MINUTEBOOK_FEEDBACK")) else None,
        reranker=environment.get("MINUTEBOOK_RERANKER") or None,
        port=_port(environment.get("MINUTEBOOK_PORT") or str(defaults.port)),
    )


def _port(value: str) -> int:
    if value.isascii() and value.isdigit() and int(value) <= 65535:
        return int(value)
    raise UsageError(
        f"MINUTEBOOK_PORT is {value!r}, which is no port number.",
        "Set it to a whole number up to 65535, such as 8000.",
    )
