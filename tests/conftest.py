"""What many tests need: the sample corpus, indexed once with the real model."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def sample_corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a copy of the project's own corpus folder."""
    folder = tmp_path_factory.mktemp("sample") / "corpus"
    shutil.copytree(ROOT / "corpus", folder)
    return folder


@pytest.fixture(scope="session")
def sample_index() -> Path:
    """Give an index over the sample corpus, the one that the pages' tests serve.

    Tests must not change it.
    """
    from tests.search_api.web import served

    return served.sample_index()
