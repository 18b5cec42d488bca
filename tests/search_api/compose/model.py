"""A real HTTP server on loopback that speaks the chat completion protocol, well or badly."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from search_api.compose import Endpoint

Behaviour = Callable[["Handler"], None]


@dataclass
class Model:
    """The server's address and what it was asked."""

    url: str = ""
    asked: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    stop: threading.Event = field(default_factory=threading.Event)

    def endpoint(self, timeout: float = 5.0, key: str | None = None) -> Endpoint:
        """Return the endpoint that leads here."""
        return Endpoint(f"{self.url}/v1/chat/completions", "tiny", key, timeout)

    @property
    def data(self) -> dict[str, Any]:
        """Return the question and quotations of the last request, as the model reads them."""
        found: dict[str, Any] = json.loads(self.asked[-1]["messages"][1]["content"])
        return found


class Handler(BaseHTTPRequestHandler):
    """Reads a request and answers as the behaviour says."""

    protocol_version = "HTTP/1.1"
    model: Model
    behaviour: Behaviour

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.model.asked.append(json.loads(body))
        self.model.headers.append({name.lower(): value for name, value in self.headers.items()})
        self.model.paths.append(self.path)
        self.close_connection = True
        with suppress(OSError):  # the client has gone, as it should
            type(self).behaviour(self)

    def send(
        self, body: bytes, status: int = 200, kind: str = "application/json", **headers: str
    ) -> None:
        """Send a whole reply."""
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def completion(content: object) -> bytes:
    """Return a chat completion as servers send it."""
    message = {"role": "assistant", "content": content}
    choice = {"index": 0, "message": message, "finish_reason": "stop", "logprobs": None}
    return json.dumps(
        {
            "id": "chatcmpl-1",
            "object": "chat.completion",
            "created": 1,
            "model": "tiny",
            "choices": [choice],
            "usage": {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2},
        }
    ).encode()


def writing(content: object) -> Behaviour:
    """Return the behaviour of a model that writes this."""
    return lambda handler: handler.send(completion(content))


@contextmanager
def running(behaviour: Behaviour) -> Iterator[Model]:
    """Run such a server on a free port of loopback."""
    model = Model()
    bound = type("Bound", (Handler,), {"model": model, "behaviour": staticmethod(behaviour)})
    with ThreadingHTTPServer(("127.0.0.1", 0), bound) as server:
        server.daemon_threads = True
        model.url = f"http://127.0.0.1:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield model
        finally:
            model.stop.set()
            server.shutdown()
            thread.join()
