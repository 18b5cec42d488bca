"""The application over the sample corpus, for the tests of pages and routes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from search_api.app import create_app
from search_api.engine import Engine
from tests.search_api.web.served import CORPUS, sample_index


@pytest.fixture(scope="session")
def index() -> Path:
    return sample_index()


@pytest.fixture(scope="session")
def client(index: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with TestClient(
        create_app(
            index, corpus=CORPUS, feedback_file=tmp_path_factory.mktemp("said") / "feedback.sqlite"
        )
    ) as client:
        yield client


@pytest.fixture(scope="session")
def engine(index: Path) -> Iterator[Engine]:
    engine = Engine.open(index)
    yield engine
    engine.store.close()
