"""Where “Was this right?” is sent: a plain form, answered with a redirect."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import parse_qs, urlencode, urlsplit

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, RedirectResponse
from starlette.datastructures import QueryParams
from starlette.exceptions import HTTPException

from indexer.errors import NotFoundError, UsageError
from indexer.store.protocols import StoreReader
from search_api.ranking.read_on import shown_by
from search_api.results import Answer, AnswerStatus
from search_api.routes.opened import opened
from search_api.web.feedback import Evidence, Feedback, Judgement, Verdict
from search_api.web.form import Form, read_form
from search_api.web.pages import page
from search_api.wire.asking import FiltersJson, names_of

router = APIRouter(include_in_schema=False, prefix="/feedback")

_MOST_BYTES = 64 << 10
_MOST_FIELDS = 200
_LONGEST = 300
_OWN = ("verdict", "passage", "words")
_FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True)
class _Sent:
    """What the form held: the question as it was asked, and what is said of its answer."""

    form: Form
    verdict: Verdict
    passage: str
    words: str


@router.post("")
async def give_feedback(request: Request) -> RedirectResponse:
    """Keep a judgement. The answer is found anew, so nothing is kept on a browser's word."""
    _check_origin(request)
    sent = _read(await _body(request))
    await run_in_threadpool(_keep, request, sent)
    return RedirectResponse(f"/feedback/thanks?{_query(sent.form)}", status_code=303)


@router.get("/thanks")
def thanks(request: Request) -> HTMLResponse:
    """Say thank you, and lead back to the answer."""
    form = read_form(request.query_params) if request.query_params else None
    back = f"/answer?{_query(form)}" if form else None
    return page("thanks", question=form.question if form else None, back=back)


def _check_origin(request: Request) -> None:
    """Refuse a form that a page of another site sent in this person's name."""
    site = request.headers.get("sec-fetch-site")
    if site is None:
        origin = urlsplit(request.headers.get("origin", ""))
        site = "same-origin" if origin.netloc == request.headers.get("host") else "unknown"
    if site != "same-origin":
        raise HTTPException(403)


async def _body(request: Request) -> str:
    if request.headers.get("content-type", "").partition(";")[0].strip() != _FORM:
        raise HTTPException(415)
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > _MOST_BYTES:
            raise HTTPException(413)
    return body.decode("utf-8", "replace")


def _read(body: str) -> _Sent:
    try:
        fields = parse_qs(body, max_num_fields=_MOST_FIELDS)
    except ValueError as error:
        raise UsageError(
            "The form has too many fields.", "Send it from the answer's page."
        ) from error
    own = {name: fields.pop(name, [""])[-1].strip() for name in _OWN}
    form = read_form(QueryParams([(name, v) for name, values in fields.items() for v in values]))
    try:
        verdict = Verdict(own["verdict"])
    except ValueError as error:
        raise UsageError("You did not say whether it was right.", "Choose an answer.") from error
    if verdict is Verdict.PASSAGE and not own["passage"]:
        raise UsageError(
            "You said that another passage is right, but not which.",
            "Go back, open “Choose the right passage” and choose one.",
        )
    return _Sent(form, verdict, own["passage"], " ".join(own["words"].split())[:_LONGEST])


def _keep(request: Request, sent: _Sent) -> None:
    with opened(request) as engine:
        answer = engine.answer(sent.form.question, k=sent.form.k, filters=sent.form.filters)
        evidence = _evidence(engine.store, answer, sent)
    kept: Feedback = request.app.state.feedback
    known = names_of(FiltersJson)
    limits = {name: values for name, values in sent.form.typed.items() if name in known}
    kept.keep(
        Judgement(
            build=answer.result.index.id,
            question=" ".join(sent.form.question.split()),
            limits=limits,
            status=answer.status.value,
            answer=answer.answer,
            verdict=sent.verdict,
            words=sent.words,
            evidence=evidence,
        )
    )


def _evidence(store: StoreReader, answer: Answer, sent: _Sent) -> tuple[Evidence, ...]:
    """Return the passage chosen, else the quotation of the answer, else what was searched."""
    if sent.verdict is Verdict.PASSAGE:
        try:
            passage = shown_by(store, sent.passage)
        except NotFoundError as error:
            raise UsageError("The passage chosen is not in the index.", "Ask again.") from error
        document = store.document(passage.document_id)
        return (
            Evidence(document.sha256, document.file, passage.text, passage.id, passage.role.value),
        )
    if answer.status is AnswerStatus.NOT_FOUND:
        near = {hit.document.sha256: hit.document.file for hit in answer.result.hits}
        return tuple(Evidence(sha256, file) for sha256, file in near.items())
    return tuple(
        Evidence(one.document.sha256, one.document.file, one.quote, one.passage_id, one.role.value)
        for one in answer.citations[:1]
    )


def _query(form: Form) -> str:
    return urlencode(form.typed, doseq=True)
