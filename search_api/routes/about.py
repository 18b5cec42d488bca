"""What the collection holds and lacks, and the accessibility statement."""

from __future__ import annotations

from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from search_api.routes.opened import no_parameters, opened
from search_api.routes.pages import overview_at
from search_api.web.overview import Holder, built_when
from search_api.web.pages import page

router = APIRouter(
    include_in_schema=False, default_response_class=HTMLResponse, dependencies=[no_parameters]
)


@router.get("/about")
def about(request: Request) -> HTMLResponse:
    """Show bodies, years, when it was indexed, and what is missing."""
    with opened(request) as engine:
        overview = overview_at(request, engine)
    kinds = [f"{words.lower()}: {count}" for words, count in overview.kinds]
    years = [f"{bar.year}: {bar.documents}" for bar in overview.bars if bar.documents]
    return page(
        "about",
        info=overview.info,
        overview=overview,
        kinds=", ".join(kinds),
        said_bars=", ".join(years),
        built=built_when(request.app.state.index),
        holder_address=_address,
    )


@router.get("/accessibility")
def accessibility() -> HTMLResponse:
    """Show the accessibility statement; it needs no index."""
    return page("accessibility")


def _address(holder: Holder) -> str:
    fields = {"body": holder.body, "committee": holder.committee}
    return f"/documents?{urlencode({name: value for name, value in fields.items() if value})}"
