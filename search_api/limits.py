"""How long a request's body may be: nobody fills the server's memory with one."""

from __future__ import annotations

from http import HTTPStatus

from fastapi import HTTPException, Request
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from search_api.routes.problems import answer_with, problem_of_status

LONGEST_BODY = 1 << 20
"""Bytes: a thousand questions with their filters are well below it."""
_TOO_LONG = HTTPStatus.REQUEST_ENTITY_TOO_LARGE


class BodyLimit:
    """Middleware that refuses a longer body with a problem: at its head, or when it comes to it."""

    def __init__(self, app: ASGIApp, longest: int = LONGEST_BODY) -> None:
        self.app = app
        self.longest = longest

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on while its body is short enough."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        announced = Headers(scope=scope).get("content-length", "")
        if announced.isdecimal() and int(announced) > self.longest:
            request = Request(scope)
            problem = problem_of_status(request, _TOO_LONG)
            await answer_with(request, problem, {"Connection": "close"})(scope, receive, send)
            return
        read = 0

        async def receive_counted() -> Message:
            nonlocal read
            message = await receive()
            read += len(message.get("body", b""))
            if read > self.longest:
                raise HTTPException(_TOO_LONG)
            return message

        await self.app(scope, receive_counted, send)
