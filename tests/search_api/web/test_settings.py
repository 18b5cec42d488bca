"""Settings come from the environment, and a wrong one is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.errors import UsageError
from search_api.settings import Settings, settings_from


def test_an_empty_environment_gives_the_defaults() -> None:
    assert settings_from({}) == Settings(Path("index"), Path("corpus"), "127.0.0.1", 8000)


def test_the_environment_decides() -> None:
    environment = {
        "MINUTEBOOK_INDEX": "i",
        "MINUTEBOOK_CORPUS": "c",
        "MINUTEBOOK_HOST": "::1",
        "MINUTEBOOK_PORT": "0",
    }
    assert settings_from(environment) == Settings(Path("i"), Path("c"), "::1", 0)


@pytest.mark.parametrize("port", ["eighty", "-1", "65536", "8000.0", "²"])
def test_a_port_that_is_none_is_refused_by_name(port: str) -> None:
    with pytest.raises(UsageError, match="MINUTEBOOK_PORT"):
        settings_from({"MINUTEBOOK_PORT": port})
