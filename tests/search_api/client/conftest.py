"""A real server over the sample corpus, for those who speak with it from outside."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.search_api.web.served import running, sample_index


@pytest.fixture(scope="package")
def address() -> Iterator[str]:
    with running(sample_index()) as (at, _):
        yield at
