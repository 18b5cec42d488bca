"""The engine of a running server, over HTTP: the same questions, judged the same way.

What the wire does not carry is not made up: pages have no places there, so whether a citation names
its page is left unmeasured; and what no search showed of a document counts as one passage between
those that one did.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

import httpx

from eval.run import StoppedError
from indexer.errors import UsageError
from indexer.model import (
    BuildInfo,
    Dating,
    Document,
    Filters,
    Kind,
    ModelIdentity,
    Page,
    Passage,
    Place,
    Role,
    Span,
    Status,
)
from search_api.results import (
    Answer,
    AnswerStatus,
    Citation,
    Confidence,
    Hit,
    Level,
    Repeat,
    SearchResult,
    Version,
)
from search_api.wire.schemas import filters_json

_PATIENCE = 60.0
_PAUSE = 0.5
_GONE = {502, 503, 504}
"""What a proxy says of a dead server, and a server of itself when it has no index."""


class RemoteEngine:
    """Asks a server. It stands for ``search_api.engine.Engine`` in a run."""

    def __init__(self, url: str, client: httpx.Client | None = None) -> None:
        """Connect. Raises UsageError for an address that is none, StoppedError if it is silent."""
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise UsageError(f"{url!r} is no address of a server.", "Write --url http://HOST:PORT.")
        self.url = url.rstrip("/")
        self._client = client or httpx.Client(timeout=_PATIENCE)
        self.store = RemoteStore(self)

    def get(self, path: str, **parameters: Any) -> dict[str, Any]:
        """Return what the server says at ``path``; a broken connection is tried once more."""
        given = {name: value for name, value in parameters.items() if value is not None}
        try:
            response = self._send(path, given)
        except httpx.TransportError:
            time.sleep(_PAUSE)
            try:
                response = self._send(path, given)
            except httpx.TransportError as error:
                raise self._stopped(f"{type(error).__name__}: {error}") from None
        if response.status_code in _GONE:
            raise self._stopped(f"it says {response.status_code}: {_detail(response)}")
        if response.is_error:
            raise RuntimeError(f"the server says {response.status_code}: {_detail(response)}")
        try:
            found = response.json()
        except ValueError:
            found = None
        if not isinstance(found, dict):
            raise self._stopped("it gives no JSON; is it a Minutebook server?")
        return found

    def search(
        self, question: str, *, k: int = 10, offset: int = 0, filters: Filters = Filters()
    ) -> SearchResult:
        """Return ranked passages."""
        asked = {"q": question, "k": k, "offset": offset, **_asked(filters)}
        self.store.forget_seen()
        return self._result(self.get("/v1/search", **asked), filters)

    def answer(self, question: str, *, k: int = 10, filters: Filters = Filters()) -> Answer:
        """Return an answer or a refusal."""
        found = self.get("/v1/answer", q=question, k=k, **_asked(filters))
        return Answer(
            question=found["question"],
            status=AnswerStatus(found["status"]),
            answer=found["answer"],
            reason=found.get("reason"),
            citations=tuple(_citation(each) for each in found["citations"]),
            timeline=tuple(_version(each) for each in found["timeline"]),
            confidence=_confidence(found.get("confidence")),
            result=self._result({"query": question, "total": 0, **found}, filters),
            took_ms=found["took_ms"],
            score=found.get("score", 0.0),
        )

    def __enter__(self) -> RemoteEngine:
        return self

    def __exit__(self, *_: object) -> None:
        """Let go of the connection."""
        self._client.close()

    def _send(self, path: str, parameters: Mapping[str, Any]) -> httpx.Response:
        return self._client.get(f"{self.url}{path}", params=parameters)

    def _result(self, found: Mapping[str, Any], filters: Filters) -> SearchResult:
        build = found["index"]["build"]
        if build != self.store.info.id:
            raise StoppedError(
                f"The server's index changed during the run, from build {self.store.info.id} to "
                f"{build}.",
                "Measure the new one in another folder with --out, or from the start with --fresh.",
            )
        hits = tuple(_hit(each) for each in found["hits"])
        for hit in hits:
            for passage in hit.told:
                self.store.seen(passage)
        return SearchResult(
            query=found["query"],
            hits=hits,
            total=found["total"],
            acronyms=(),
            filters=filters,
            index=self.store.info,
            took_ms=found["took_ms"],
        )

    def _stopped(self, reason: str) -> StoppedError:
        return StoppedError(
            f"The server at {self.url} does not answer ({reason}).",
            "Start it with `minutebook serve`, and check --url.",
        )


class RemoteStore:
    """What judging needs of the server's index; texts are fetched once."""

    def __init__(self, engine: RemoteEngine) -> None:
        self._engine = engine
        listed = engine.get("/v1/documents")
        self._documents = [_document(each) for each in listed["documents"]]
        further = listed
        while further.get("next"):  # a server from before lists gave pages sends none
            further = engine.get("/v1/documents", cursor=further["next"])
            self._documents += [_document(each) for each in further["documents"]]
        self.info = _info(listed["index"])
        self._texts: dict[str, str] = {}
        self._passages: dict[str, dict[str, Passage]] = {}

    def documents(self) -> list[Document]:
        """Return the documents."""
        return self._documents

    def text(self, document_id: str) -> str:
        """Return a document's text."""
        if document_id not in self._texts:
            self._texts[document_id] = self._engine.get(f"/v1/documents/{document_id}/text")["text"]
        return self._texts[document_id]

    def pages(self, document_id: str) -> list[Page]:  # noqa: ARG002
        """Return nothing: pages have no places on the wire."""
        return []

    def document_passages(self, document_id: str) -> list[Passage]:
        """Return the passages that the latest search showed, and each stretch between them."""
        shown = self._passages.get(document_id, {}).values()
        found: list[Passage] = []
        at = 0
        for passage in sorted(shown, key=lambda p: p.span):
            found += [*self._gap(document_id, at, passage.span.start), passage]
            at = max(at, passage.span.end)
        return [*found, *self._gap(document_id, at, len(self.text(document_id)))]

    def seen(self, passage: Passage) -> None:
        """Remember a passage that a search showed."""
        self._passages.setdefault(passage.document_id, {})[passage.id] = passage

    def forget_seen(self) -> None:
        """Begin a new question: what counts must not hang on the questions before it."""
        self._passages.clear()

    def _gap(self, document_id: str, start: int, end: int) -> list[Passage]:
        if start >= end:
            return []
        span = Span(start, end)
        name = f"{document_id}@{start}-{end}"
        return [Passage(name, document_id, "", span, Role.TEXT, (), (1, 1))]


def _asked(filters: Filters) -> dict[str, Any]:
    """Return filters as parameters of a request."""
    given = filters_json(filters).model_dump(mode="json")
    return {name: value for name, value in given.items() if value}


def _detail(response: httpx.Response) -> str:
    try:
        problem = response.json()
        return f"{problem['detail']} {problem.get('remedy', '')}".strip()
    except (ValueError, KeyError, TypeError, AttributeError):
        return response.reason_phrase


def _info(index: Mapping[str, Any]) -> BuildInfo:
    unknown = ModelIdentity(index["model"], "", 0, 0, "", "")
    return BuildInfo(
        id=index["build"],
        format=0,
        model=unknown,
        settings={},
        corpus_sha256="",
        documents=index["documents"],
        passages=index["passages"],
    )


def _document(raw: Mapping[str, Any]) -> Document:
    return Document(
        id=raw["id"],
        title=raw["title"],
        body=raw["body"],
        committee=raw["committee"],
        area=raw["area"],
        kind=Kind(raw["kind"]),
        status=Status(raw["status"]),
        date=Dating(raw["date"], raw["date_basis"]),
        published=Dating(raw["published"], raw.get("published_basis", "")),
        file=raw["file"],
        media_type=raw["media_type"],
        pages=raw["pages"],
        source_url=raw["source_url"],
        sha256=raw["sha256"],
        also_in=tuple(
            Place(place["file"], place["sha256"], (place["pages"][0], place["pages"][-1]))
            for place in raw.get("also_in", [])
        ),
    )


def _hit(raw: Mapping[str, Any]) -> Hit:
    repeats = tuple(
        Repeat(_passage(each["passage"]), _document(each["document"]))
        for each in raw.get("repeats", [])
    )
    passage = _passage(raw["passage"])
    parts = tuple(_part(passage, each) for each in raw.get("parts", []))
    return Hit(raw["rank"], raw["score"], passage, _document(raw["document"]), repeats, parts)


def _part(whole: Passage, raw: Mapping[str, Any]) -> Passage:
    """Return one of the passages that a hit is made of; its pages are the hit's."""
    span = Span(raw["start"], raw["end"])
    return replace(
        whole,
        id=raw["id"],
        text=whole.text[span.start - whole.span.start : span.end - whole.span.start],
        span=span,
        role=Role(raw["role"]),
    )


def _passage(raw: Mapping[str, Any]) -> Passage:
    return Passage(
        id=raw["id"],
        document_id=raw["document_id"],
        text=raw["text"],
        span=Span(raw["start"], raw["end"]),
        role=Role(raw["role"]),
        section=tuple(raw["section"]),
        pages=_pages(raw),
    )


def _citation(raw: Mapping[str, Any]) -> Citation:
    return Citation(
        n=raw["n"],
        document=_document(raw["document"]),
        passage_id=raw["passage_id"],
        pages=_pages(raw),
        span=Span(raw["start"], raw["end"]),
        quote=raw["quote"],
        role=Role(raw["role"]),
        lead_in=raw.get("lead_in"),
    )


def _version(raw: Mapping[str, Any]) -> Version:
    return Version(
        date=Dating(raw["date"], raw["date_basis"]),
        body=raw["body"],
        statement=raw["statement"],
        citation=raw["citation"],
        superseded=raw["superseded"],
        role=Role(raw.get("role", Role.TEXT)),
        citations=tuple(raw.get("citations", [raw["citation"]])),
    )


def _confidence(raw: Mapping[str, Any] | None) -> Confidence | None:
    return Confidence(Level(raw["level"]), tuple(raw["reasons"])) if raw else None


def _pages(raw: Mapping[str, Any]) -> tuple[int, int]:
    return raw["pages"][0], raw["pages"][-1]
