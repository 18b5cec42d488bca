"""The server: the application on a port of this machine until it is told to stop."""

from __future__ import annotations

import signal
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn

from indexer.errors import UsageError
from search_api.app import create_app
from search_api.compose import Composer
from search_api.live import LiveIndex

_STOPS = (signal.SIGINT, signal.SIGTERM)
_PATIENCE = 10
"""Seconds that requests in progress are given to finish after a signal to stop."""


def serve(
    index: Path,
    corpus: Path | None,
    host: str,
    port: int,
    on_ready: Callable[[str], None],
    *,
    composer: Composer | None = None,
    feedback: Path | None = None,
) -> None:
    """Serve until a signal says stop; ``on_ready`` is given the address once it answers.

    Port 0 takes any free one. Raises UsageError where the port cannot be had, and the index's own
    errors where it cannot be used: better now than at the first question.
    """
    listener = listen(host, port)
    try:
        live = LiveIndex(index)
        with live.engine() as engine:
            build = engine.store.info.id
        app = create_app(index, corpus=corpus, live=live, composer=composer, feedback_file=feedback)
        config = uvicorn.Config(
            app,
            log_config=None,
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=_PATIENCE,
        )

        def ready() -> None:
            on_ready(address(listener))
            app.state.examples.at_hand(build)  # looked for before anybody visits

        server = _Server(config, ready)
        with _stopping_is_no_failure():
            server.run(sockets=[listener])
    finally:
        listener.close()


def listen(host: str, port: int) -> socket.socket:
    """Take the port now, so that a port in use is known before anything else is done."""
    if not 0 <= port <= 65535:  # the system would take the remainder and say nothing
        raise UsageError(f"{port} is no port number.", "Choose one up to 65535, such as 8000.")
    try:
        family, kind, protocol, _, place = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
    except OSError as error:
        raise UsageError(
            f"{host}:{port} is no address of this machine.", "Use 127.0.0.1 for this machine only."
        ) from error
    listener = socket.socket(family, kind, protocol)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(place)
        listener.listen(128)  # without it two servers can bind the port and only one finds out
    except OSError as error:
        listener.close()
        raise UsageError(
            f"{host}:{port} cannot be used: {_reason(error)}.",
            "Choose another with --port or PORT=, or stop the program that has it.",
        ) from error
    return listener


def address(listener: socket.socket) -> str:
    """Return the address to type into a browser."""
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _reason(error: OSError) -> str:
    words = error.strerror or str(error)
    return words[:1].lower() + words[1:]


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, on_ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._on_ready = on_ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._on_ready()


@contextmanager
def _stopping_is_no_failure() -> Iterator[None]:
    """Let the process end well after a signal to stop.

    uvicorn finishes its work and then raises the signal again for whoever listened before it; the
    default listeners would end the process as a failure.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {stop: signal.signal(stop, lambda *_: None) for stop in _STOPS}
    try:
        yield
    finally:
        for stop, listener in before.items():
            signal.signal(stop, listener)
