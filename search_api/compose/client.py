"""One request to a chat completion endpoint, bounded in time and size, or the reason why not."""

from __future__ import annotations

import json
import ssl
import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ValidationError

from search_api.compose.endpoint import Endpoint

if TYPE_CHECKING:
    import httpx

MOST_BYTES = 256 * 1024
"""The most that a reply may weigh; an answer has a few hundred characters."""
_MOST_TOKENS = 700


class NoReplyError(Exception):
    """There is no usable reply. The message is for a log: it repeats nothing that came in."""


class _Message(BaseModel):
    content: str


class _Choice(BaseModel):
    message: _Message


class _Completion(BaseModel):
    choices: list[_Choice]


def ask(
    endpoint: Endpoint, messages: list[dict[str, str]], done: Callable[[], None] = lambda: None
) -> str:
    """Return what the model writes. Raises NoReplyError within the endpoint's time-out.

    The request runs in a thread of its own: a name that does not resolve or headers that trickle
    in keep a socket's time-outs from ending it. ``done`` is called once nothing is left of it,
    which may be some time after.
    """
    call = _Call(endpoint, messages, done)
    thread = threading.Thread(target=call.run, name="language-model", daemon=True)
    thread.start()
    thread.join(endpoint.timeout)
    if thread.is_alive():
        call.abandon()
        raise NoReplyError(f"no whole reply within {endpoint.timeout:g} seconds")
    if call.reply is None:
        raise NoReplyError(call.reason)
    return call.reply


class _Call:
    """A request that may be given up from outside."""

    def __init__(
        self, endpoint: Endpoint, messages: list[dict[str, str]], done: Callable[[], None]
    ) -> None:
        self.reply: str | None = None
        self._done = done
        self.reason = "it ended without a reply"
        self._endpoint = endpoint
        self._body = {
            "model": endpoint.model,
            "messages": messages,
            "temperature": 0,
            "max_tokens": _MOST_TOKENS,
            "stream": False,
        }
        self._deadline = time.monotonic() + endpoint.timeout
        self._client: httpx.Client | None = None
        self._abandoned = False

    def run(self) -> None:
        """Ask, and keep the reply or the reason why there is none."""
        try:
            with _client(self._endpoint) as self._client:
                self.reply = _content(self._received(self._client))
        except NoReplyError as error:
            self.reason = str(error)
        except Exception as error:  # whatever a server can bring about must not reach a person
            self.reason = f"it failed ({type(error).__name__})"
        finally:
            self._done()

    def abandon(self) -> None:
        """Let the request end: its sockets are closed under it."""
        self._abandoned = True
        if self._client is not None:
            self._client.close()

    def _received(self, client: httpx.Client) -> bytes:
        with client.stream("POST", self._endpoint.url, json=self._body) as response:
            _check_head(response)
            received = bytearray()
            for chunk in response.iter_raw():
                received += chunk
                if len(received) > MOST_BYTES:
                    raise NoReplyError(f"the reply has more than {MOST_BYTES} bytes")
                if self._abandoned or time.monotonic() > self._deadline:
                    raise NoReplyError("the reply is too slow")
            return bytes(received)


def _client(endpoint: Endpoint) -> httpx.Client:
    """Return a client that talks to the endpoint and to nobody else: no proxy, no redirect."""
    import httpx  # a tenth of a second, and most answers are never composed

    headers = {"Accept": "application/json", "Accept-Encoding": "identity"}
    if endpoint.key:
        headers["Authorization"] = f"Bearer {endpoint.key}"
    secure = endpoint.url.startswith("https:")
    return httpx.Client(
        headers=headers,
        timeout=endpoint.timeout,
        follow_redirects=False,
        trust_env=False,
        verify=ssl.create_default_context() if secure else False,
    )


def _check_head(response: httpx.Response) -> None:
    if response.is_redirect or 300 <= response.status_code < 400:
        raise NoReplyError(f"it sends the request elsewhere ({response.status_code})")
    if response.status_code != 200:
        raise NoReplyError(f"it says {response.status_code}")
    kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json":
        raise NoReplyError("the reply is not application/json")
    if response.headers.get("content-encoding", "identity").lower() != "identity":
        raise NoReplyError("the reply is compressed")
    length = response.headers.get("content-length", "0")
    if length.isdigit() and int(length) > MOST_BYTES:
        raise NoReplyError(f"the reply has more than {MOST_BYTES} bytes")


def _content(received: bytes) -> str:
    try:
        reply: Any = json.loads(received)
        completion = _Completion.model_validate(reply)
    except ValidationError:
        raise NoReplyError("the reply is no chat completion") from None
    except (ValueError, RecursionError):
        raise NoReplyError("the reply is no JSON") from None
    if not completion.choices or not completion.choices[0].message.content.strip():
        raise NoReplyError("the reply is empty")
    return completion.choices[0].message.content
