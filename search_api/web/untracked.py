"""Addresses of pages without what mail programs and web sites add to links to count clicks."""

from __future__ import annotations

import re

from starlette.types import ASGIApp, Receive, Scope, Send

_ADDED = re.compile(rb"(?:utm_\w+|fbclid|gclid|msclkid|mc_[ce]id)(?:=.*)?")
_OF_PROGRAMS = "/v1/"


class Untracked:
    """Drop such parameters before a page reads its address; the API knows its callers' own."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, its address as it was before it was added to."""
        asked = scope.get("query_string", b"")
        if asked and scope["type"] == "http" and not scope["path"].startswith(_OF_PROGRAMS):
            own = [part for part in asked.split(b"&") if not _ADDED.fullmatch(part)]
            scope = {**scope, "query_string": b"&".join(own)}
        await self._app(scope, receive, send)
