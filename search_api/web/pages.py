"""Templates filled: every page for people leaves through here."""

from __future__ import annotations

from functools import cache
from http import HTTPStatus
from pathlib import Path
from urllib.parse import urlencode

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from search_api.web.form import Form, as_typed, is_long
from search_api.web.looks import SCRIPT_VERSION, STYLE
from search_api.web.overview import Overview

_TEMPLATES = Path(__file__).parent / "templates"


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["sentence"] = _as_a_sentence_begins
    environment.filters["squeezed"] = _squeezed
    environment.filters["grouped"] = "{:,}".format
    environment.filters["asked"] = _asked
    environment.filters["is_long"] = is_long
    environment.globals["style"] = Markup(STYLE)  # our own file, whole
    environment.globals["script_version"] = SCRIPT_VERSION
    return environment


def _as_a_sentence_begins(words: str) -> str:
    return words[:1].upper() + words[1:]


def _squeezed(words: str) -> str:
    return " ".join(words.split())


def _asked(question: str) -> str:
    return f"/answer?{urlencode({'q': question})}"


def page(template: str, /, **words: object) -> HTMLResponse:
    """Fill one template."""
    return HTMLResponse(_environment().get_template(f"{template}.html").render(words))


def problem_page(
    request: Request, title: str, detail: str, remedy: str, status: int
) -> HTMLResponse:
    """Show an error as a page: what happened, what to do, and the question to be mended."""
    form = as_typed(request.query_params)
    known: Overview | None = request.app.state.overview
    response = page(
        "problem",
        title=title,
        detail=detail,
        remedy=remedy,
        unavailable=status == HTTPStatus.SERVICE_UNAVAILABLE,
        form=form,
        choices=known.choices if known else form.own_choices(),
    )
    response.status_code = status
    return response


def empty_form() -> Form:
    """Return the form as it is before anyone has asked."""
    return Form({})
