"""How many requests, of what sort, and how long they took: as Prometheus reads it."""

from __future__ import annotations

import time
from collections import Counter
from threading import Lock

from starlette.types import ASGIApp, Message, Receive, Scope, Send

MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"


class Counts:
    """The numbers. Routes are counted by their pattern, never by what a person asked."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._requests: Counter[tuple[str, str, int]] = Counter()
        self._seconds: Counter[str] = Counter()
        self._timed: Counter[str] = Counter()

    def add(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count one finished request."""
        with self._lock:
            self._requests[method, route, status] += 1
            self._seconds[route] += seconds  # type: ignore[assignment]  # a float adds up as well
            self._timed[route] += 1

    def text(self) -> str:
        """Return the numbers in Prometheus' text format."""
        with self._lock:
            requests = sorted(self._requests.items())
            seconds, timed = sorted(self._seconds.items()), sorted(self._timed.items())
        lines = [
            "# HELP minutebook_requests_total Requests answered.",
            "# TYPE minutebook_requests_total counter",
        ]
        lines += [
            f'minutebook_requests_total{{method="{method}",route="{route}",status="{status}"}} {n}'
            for (method, route, status), n in requests
        ]
        lines += [
            "# HELP minutebook_request_seconds Time until the response was sent.",
            "# TYPE minutebook_request_seconds summary",
        ]
        lines += [f'minutebook_request_seconds_sum{{route="{r}"}} {s:.6f}' for r, s in seconds]
        lines += [f'minutebook_request_seconds_count{{route="{r}"}} {n}' for r, n in timed]
        return "\n".join(lines) + "\n"


class Counting:
    """Middleware that counts."""

    def __init__(self, app: ASGIApp, counts: Counts) -> None:
        self.app = app
        self.counts = counts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and count it when it is done."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        status = 500
        began = time.perf_counter()

        async def send_and_note(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self.app(scope, receive, send_and_note)
        finally:
            route = getattr(scope.get("route"), "path", "other")
            self.counts.add(_method(scope), route, status, time.perf_counter() - began)


def _method(scope: Scope) -> str:
    """Keep made-up methods from filling the memory with counters."""
    known = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
    return scope["method"] if scope["method"] in known else "other"
