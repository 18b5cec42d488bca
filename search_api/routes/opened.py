"""How an endpoint gets the engine of the build that is current when the request arrives."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Annotated, Protocol

from fastapi import Depends, Query, Request

from search_api.asking import Wire
from search_api.compose import Composer
from search_api.engine import Engine


class Live(Protocol):
    """An index that is served while newer builds may take its place."""

    def engine(self) -> AbstractContextManager[Engine]:
        """Lend the engine of the current build; it stays open until it is given back."""

    def close(self) -> None:
        """Let go of the index."""


@contextmanager
def opened(request: Request) -> Iterator[Engine]:
    """Lend the engine, and note the build for the response's header."""
    live: Live = request.app.state.live
    with live.engine() as engine:
        request.state.build = engine.store.info.id
        yield engine


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
