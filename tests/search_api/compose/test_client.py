"""A server that speaks the protocol, well and badly: a reply within bounds, or the reason why not.

Each server is a real one on loopback.
"""

from __future__ import annotations

import gzip
import json
import logging
import threading
import time

import pytest

from search_api.compose.client import MOST_BYTES, NoReplyError, ask
from search_api.compose.endpoint import Endpoint
from tests.search_api.compose.model import Behaviour, Handler, completion, running, writing

_MESSAGES = [{"role": "user", "content": "Hello"}]
_KEY = "sk-very-secret-0123456789"


def test_a_good_server_is_asked_as_the_protocol_says() -> None:
    with running(writing("The plan was agreed [1].")) as model:
        assert ask(model.endpoint(key=_KEY), _MESSAGES) == "The plan was agreed [1]."
    (asked,) = model.asked
    assert model.paths == ["/v1/chat/completions"]
    assert (asked["model"], asked["messages"], asked["stream"]) == ("tiny", _MESSAGES, False)
    assert asked["temperature"] == 0
    assert asked["max_tokens"] > 100
    assert model.headers[0]["authorization"] == f"Bearer {_KEY}"
    assert model.headers[0]["content-type"] == "application/json"


def test_without_a_key_none_is_sent() -> None:
    with running(writing("Yes [1].")) as model:
        ask(model.endpoint(), _MESSAGES)
    assert "authorization" not in model.headers[0]


def _raw(body: bytes, **how: str) -> Behaviour:
    return lambda handler: handler.send(body, **how)  # type: ignore[arg-type]


def _status(status: int, **headers: str) -> Behaviour:
    return lambda handler: handler.send(completion("Yes [1]."), status, **headers)


def _cut_off(handler: Handler) -> None:
    whole = completion("Yes [1].")
    handler.send_response(200)
    handler.send_header("Content-Type", "application/json")
    handler.send_header("Content-Length", str(len(whole)))
    handler.end_headers()
    handler.wfile.write(whole[:20])


def _no_http(handler: Handler) -> None:
    handler.wfile.write(b"220 mail.example.org ESMTP\r\n\r\n")


def _hangs_up(handler: Handler) -> None:
    handler.connection.close()


def _endless(handler: Handler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", "application/json")
    handler.end_headers()
    while not handler.model.stop.is_set():
        handler.wfile.write(b" " * 65536)


def _bomb() -> Behaviour:
    body = gzip.compress(completion("x" * 50_000_000))
    return _raw(body, Content_Encoding="gzip")


BAD: dict[str, tuple[Behaviour, str]] = {
    "an error": (_status(500), "it says 500"),
    "a wrong key": (_status(401), "it says 401"),
    "no such path": (_status(404), "it says 404"),
    "nothing": (_status(204), "it says 204"),
    "a web page": (_raw(b"<html>Welcome", kind="text/html"), "not application/json"),
    "a stream": (_raw(b"data: {}", kind="text/event-stream"), "not application/json"),
    "no JSON": (_raw(b"{'choices': "), "no JSON"),
    "no text": (_raw(b"\xff\xfe\x00"), "no JSON"),
    "nothing at all": (_raw(b""), "no JSON"),
    "a tower of brackets": (_raw(b"[" * 200_000), "no JSON"),
    "a huge number": (_raw(b'{"choices": ' + b"9" * 100_000 + b"}"), "no JSON"),
    "another shape": (_raw(b'{"error": {"message": "no"}}'), "no chat completion"),
    "a list": (_raw(b"[]"), "no chat completion"),
    "no choice": (_raw(b'{"choices": []}'), "empty"),
    "no content": (writing(None), "no chat completion"),
    "parts": (writing([{"type": "text", "text": "Yes"}]), "no chat completion"),
    "an empty reply": (writing(""), "empty"),
    "a blank reply": (writing(" \n"), "empty"),
    "a huge reply": (writing("x" * MOST_BYTES), f"more than {MOST_BYTES} bytes"),
    "an endless reply": (_endless, f"more than {MOST_BYTES} bytes"),
    "a compressed reply": (_bomb(), "compressed"),
    "a reply cut off": (_cut_off, "it failed (RemoteProtocolError)"),
    "another protocol": (_no_http, "it failed (RemoteProtocolError)"),
    "a hang-up": (_hangs_up, "it failed"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_server_gives_a_reason(name: str) -> None:
    behaviour, reason = BAD[name]
    with running(behaviour) as model, pytest.raises(NoReplyError) as error:
        ask(model.endpoint(key=_KEY), _MESSAGES)
    assert reason in str(error.value)
    assert _KEY not in str(error.value)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_it_is_never_sent_elsewhere(status: int) -> None:
    with running(writing("Come in [1].")) as other:
        there = _status(status, Location=f"{other.url}/v1/chat/completions")
        with running(there) as model, pytest.raises(NoReplyError, match="elsewhere"):
            ask(model.endpoint(key=_KEY), _MESSAGES)
    assert other.asked == []


def test_no_proxy_of_the_environment_sees_it(monkeypatch: pytest.MonkeyPatch) -> None:
    with running(writing("Yes [1].")) as model, running(writing("No [1].")) as proxy:
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
            monkeypatch.setenv(name, proxy.url)
        assert ask(model.endpoint(), _MESSAGES) == "Yes [1]."
    assert proxy.asked == []


def _silent(handler: Handler) -> None:
    handler.model.stop.wait(30)


def _dripping_body(handler: Handler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", "application/json")
    handler.send_header("Content-Length", "100000")
    handler.end_headers()
    _drip(handler)


def _dripping_head(handler: Handler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    _drip(handler)


def _drip(handler: Handler) -> None:
    while not handler.model.stop.wait(0.05):
        handler.wfile.write(b"x")
        handler.wfile.flush()


@pytest.mark.parametrize("behaviour", [_silent, _dripping_body, _dripping_head])
def test_the_whole_request_is_bounded_in_time(behaviour: Behaviour) -> None:
    ended = threading.Event()
    with running(behaviour) as model:
        started = time.monotonic()
        with pytest.raises(NoReplyError, match=r"within 0\.5 seconds|too slow|Timeout"):
            ask(model.endpoint(timeout=0.5), _MESSAGES, ended.set)
        assert time.monotonic() - started < 3
        assert ended.wait(5)  # and the thread goes, though the server goes on


def test_a_port_where_nobody_listens_is_known_at_once() -> None:
    with running(writing("Yes")) as model:
        endpoint = model.endpoint(timeout=30)
    started = time.monotonic()
    with pytest.raises(NoReplyError, match="ConnectError"):
        ask(endpoint, _MESSAGES)
    assert time.monotonic() - started < 10


def test_a_name_that_is_none_gives_a_reason() -> None:
    endpoint = Endpoint("http://no-such-host.invalid/v1/chat/completions", "tiny", None, 5)
    with pytest.raises(NoReplyError):
        ask(endpoint, _MESSAGES)


def test_https_without_a_certificate_is_refused_and_the_key_kept() -> None:
    with running(writing("Yes [1].")) as model:
        url = model.url.replace("http:", "https:")
        endpoint = Endpoint(f"{url}/v1/chat/completions", "tiny", _KEY, 2)
        with pytest.raises(NoReplyError):
            ask(endpoint, _MESSAGES)
    assert model.asked == []


def test_the_key_is_in_no_log_at_any_level(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with running(_status(500)) as model:
        endpoint = model.endpoint(key=_KEY)
        with pytest.raises(NoReplyError):
            ask(endpoint, _MESSAGES)
    assert _KEY not in caplog.text
    assert _KEY not in repr(endpoint)
    assert _KEY not in json.dumps(model.asked)
