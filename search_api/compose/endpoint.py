"""The language model that the operator names: where it is, and within what limits it is asked."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from indexer.errors import UsageError

_PATH = "/chat/completions"
_LONGEST_TIMEOUT = 300.0
_PRINTED = re.compile(r"[!-~]+")


@dataclass(frozen=True, slots=True)
class Endpoint:
    """An OpenAI-compatible endpoint. ``timeout`` is in seconds and bounds the whole request."""

    url: str
    model: str
    key: str | None = field(default=None, repr=False)
    timeout: float = 20.0

    @property
    def where(self) -> str:
        """Return the endpoint's name for a log: no path, no query, no key."""
        parts = urlsplit(self.url)
        return f"{parts.scheme}://{parts.netloc}"


def endpoint_from(environment: Mapping[str, str] = os.environ) -> Endpoint | None:
    """Read the endpoint from MINUTEBOOK_LLM_*; None where none is named.

    Raises UsageError that names the variable to mend; it never repeats the key.
    """
    url = environment.get("MINUTEBOOK_LLM_URL", "").strip()
    if not url:
        return None
    model = environment.get("MINUTEBOOK_LLM_MODEL", "").strip()
    if not model:
        raise UsageError(
            "MINUTEBOOK_LLM_URL names a language model's address, and MINUTEBOOK_LLM_MODEL is not "
            "set.",
            "Set it to the model's name there, such as llama3.1, or unset MINUTEBOOK_LLM_URL.",
        )
    return Endpoint(
        url=_address(url),
        model=model,
        key=_key(environment.get("MINUTEBOOK_LLM_KEY", "").strip()),
        timeout=_seconds(environment.get("MINUTEBOOK_LLM_TIMEOUT", "").strip() or "20"),
    )


def _address(url: str) -> str:
    """Return the address to post to; the operator writes the base, as for every such client."""
    try:
        parts = urlsplit(url)
        usable = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        usable = False
    if not usable:
        raise UsageError(
            "MINUTEBOOK_LLM_URL is no http or https address.",
            "Write it such as http://127.0.0.1:11434/v1.",
        )
    if parts.username is not None or parts.password is not None:
        raise UsageError(
            "MINUTEBOOK_LLM_URL holds a name or a password.", "Put it into MINUTEBOOK_LLM_KEY."
        )
    path = parts.path.rstrip("/")
    path = path if path.endswith(_PATH) else path + _PATH
    return parts._replace(path=path, fragment="").geturl()


def _key(key: str) -> str | None:
    if key and not _PRINTED.fullmatch(key):
        raise UsageError(
            "MINUTEBOOK_LLM_KEY holds characters that no key has.", "Copy the key again."
        )
    return key or None


def _seconds(value: str) -> float:
    try:
        seconds = float(value)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds <= _LONGEST_TIMEOUT:
        raise UsageError(
            f"MINUTEBOOK_LLM_TIMEOUT is {value!r}.",
            f"Set it to seconds, more than 0 and at most {_LONGEST_TIMEOUT:.0f}.",
        )
    return seconds
