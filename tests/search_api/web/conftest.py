"""The application over the sample corpus, for the tests of pages and routes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from search_api.app import create_app
from tests.search_api.web.served import CORPUS, sample_index


@pytest.fixture(scope="session")
def index() -> Path:
    return sample_index()


@pytest.fixture(scope="session")
def client(index: Path) -> Iterator[TestClient]:
    with TestClient(create_app(index, corpus=CORPUS)) as client:
        yield client
