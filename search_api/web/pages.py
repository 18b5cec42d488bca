"""Templates filled: every page for people leaves through here."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from search_api.web.form import Form, as_typed

_HERE = Path(__file__).parent
STATIC = _HERE / "static"


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["sentence"] = _as_a_sentence_begins
    return environment


def _as_a_sentence_begins(words: str) -> str:
    return words[:1].upper() + words[1:]


def page(template: str, /, **words: object) -> HTMLResponse:
    """Fill one template."""
    return HTMLResponse(_environment().get_template(f"{template}.html").render(words))


def problem_page(
    request: Request, title: str, detail: str, remedy: str, status: int
) -> HTMLResponse:
    """Show an error as a page: what happened, what to do, and the question to be mended."""
    form = as_typed(request.query_params)
    response = page(
        "problem",
        title=title,
        detail=detail,
        remedy=remedy,
        form=form,
        choices=form.own_choices(),
    )
    response.status_code = status
    return response


def empty_form() -> Form:
    """Return the form as it is before anyone has asked."""
    return Form({})
