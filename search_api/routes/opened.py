"""How an endpoint gets the engine of the build that is current when the request arrives."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Annotated, Protocol

from fastapi import Depends, Query, Request

from indexer.errors import UsageError
from search_api.builds import KeptBuild
from search_api.compose import Composer
from search_api.engine import Engine
from search_api.wire.asking import Wire


class Live(Protocol):
    """An index that is served while newer builds may take its place."""

    def engine(self) -> AbstractContextManager[Engine]:
        """Lend the engine of the current build; it stays open until it is given back."""

    def builds(self) -> list[KeptBuild]:
        """Return the builds that are kept, the one made last first."""

    def close(self) -> None:
        """Let go of the index."""


@contextmanager
def opened(request: Request) -> Iterator[Engine]:
    """Lend the engine, and note the build and its model for the response's headers."""
    with live_of(request).engine() as engine:
        request.state.build = engine.store.info.id
        request.state.model = engine.store.info.model.name
        yield engine


def live_of(request: Request) -> Live:
    """Return the index that is served."""
    live: Live = request.app.state.live
    return live


def corpus_of(request: Request) -> Path | None:
    """Return the folder of the source files, where the server was given one."""
    corpus: Path | None = request.app.state.corpus
    return corpus


def composer_of(request: Request) -> Composer | None:
    """Return what asks the operator's language model, where the server has one."""
    composer: Composer | None = request.app.state.composer
    return composer


class Nothing(Wire):
    """The query of an address that takes no parameters."""


def _refuse_parameters(_: Annotated[Nothing, Query()]) -> None:
    """Refuse what would otherwise be ignored without a word."""


no_parameters = Depends(_refuse_parameters)


def _refuse_repeats(request: Request) -> None:
    """Refuse a parameter that is given twice and can mean one thing only."""
    given = request.query_params
    twice = sorted({name for name in given if name in _SINGLE and len(given.getlist(name)) > 1})
    if twice:
        raise UsageError(f"“{twice[0]}” is given more than once.", "Give it once.")


_SINGLE = {"q", "k", "offset", "from", "to", "as_of", "sort", "limit", "cursor", "file"}
once = Depends(_refuse_repeats)
