"""The operator's settings: off by default, a wrong one is named, the key is never repeated."""

from __future__ import annotations

import pytest

from indexer.errors import UsageError
from search_api.compose import composer_from, endpoint_from

_URL = {"MINUTEBOOK_LLM_URL": "http://127.0.0.1:11434/v1", "MINUTEBOOK_LLM_MODEL": "llama3.1"}


def test_it_is_off_where_no_address_is_named() -> None:
    for environment in ({}, {"MINUTEBOOK_LLM_URL": " ", "MINUTEBOOK_LLM_MODEL": "llama3.1"}):
        assert endpoint_from(environment) is None
    assert composer_from(None) is None


@pytest.mark.parametrize(
    ("url", "posted"),
    [
        ("http://127.0.0.1:11434/v1", "http://127.0.0.1:11434/v1/chat/completions"),
        ("https://llm.council.example/v1/", "https://llm.council.example/v1/chat/completions"),
        ("http://[::1]:8080", "http://[::1]:8080/chat/completions"),
        ("http://a.example/v1/chat/completions", "http://a.example/v1/chat/completions"),
        ("https://a.example/d?v=1#x", "https://a.example/d/chat/completions?v=1"),
    ],
)
def test_the_base_address_is_enough(url: str, posted: str) -> None:
    endpoint = endpoint_from({**_URL, "MINUTEBOOK_LLM_URL": url})
    assert endpoint is not None
    assert (endpoint.url, endpoint.model, endpoint.key) == (posted, "llama3.1", None)
    assert endpoint.timeout == 20
    assert "?" not in endpoint.where


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("URL", "127.0.0.1:11434"),
        ("URL", "file:///etc/passwd"),
        ("URL", "ftp://a.example/v1"),
        ("URL", "http://"),
        ("URL", "http://[::1"),
        ("URL", "http://a.example:eighty/v1"),
        ("URL", "http://me:secret@a.example/v1"),
        ("MODEL", ""),
        ("TIMEOUT", "soon"),
        ("TIMEOUT", "0"),
        ("TIMEOUT", "-1"),
        ("TIMEOUT", "nan"),
        ("TIMEOUT", "inf"),
        ("KEY", "secret\r\nX-Other: 1"),
        ("KEY", "secret key"),
        ("KEY", "sécret"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named(name: str, value: str) -> None:
    with pytest.raises(UsageError, match=f"MINUTEBOOK_LLM_{name}") as error:
        endpoint_from({**_URL, f"MINUTEBOOK_LLM_{name}": value})
    assert error.value.remedy
    assert "secret" not in str(error.value)
    assert "sécret" not in str(error.value)
