"""The connection to a server: each address of the API as a method that returns what it says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import TracebackType
from typing import Any, TypeVar

import httpx
from pydantic import BaseModel

from search_api.builds import BuildsResponse
from search_api.client.lines import BulkLine, bulk_line
from search_api.wire.document import DocumentJson
from search_api.wire.files import FileJson, FilesResponse
from search_api.wire.responses import (
    AnswerResponse,
    DocumentsResponse,
    PassageResponse,
    SearchResponse,
    TextResponse,
)

Said = TypeVar("Said", bound=BaseModel)
_PATIENCE = 60.0
_RETRIES = 2


class UnreachableError(Exception):
    """The server does not answer."""


class RefusedError(Exception):
    """The server refused: ``status`` of HTTP, ``detail`` of what happened, ``remedy``."""

    def __init__(self, status: int, detail: str, remedy: str) -> None:
        super().__init__(f"{detail} {remedy}".strip())
        self.status = status
        self.detail = detail
        self.remedy = remedy


class Minutebook:
    """A Minutebook server. Filters are the API's: ``body``, ``kind``, ``to``, …, and ``from_``.

    Every method raises RefusedError for what the server refuses, and UnreachableError where it does
    not answer. Fields that a newer server adds are passed over.
    """

    def __init__(self, url: str = "http://127.0.0.1:8000", *, timeout: float = _PATIENCE) -> None:
        """Connect to the server at ``url``; ``timeout`` is in seconds."""
        self._http = httpx.Client(
            base_url=url, timeout=timeout, transport=httpx.HTTPTransport(retries=_RETRIES)
        )

    def search(
        self,
        question: str,
        *,
        k: int = 10,
        offset: int = 0,
        facets: Sequence[str] = (),
        **filters: str | Sequence[str],
    ) -> SearchResponse:
        """Return the passages ranked ``offset + 1`` to ``offset + k``."""
        asked = {"q": question, "k": k, "offset": offset, "facets": list(facets)}
        return self._posted(SearchResponse, "/v1/search", asked | _filters(filters))

    def answer(
        self, question: str, *, k: int = 10, **filters: str | Sequence[str]
    ) -> AnswerResponse:
        """Return the record's words in answer, or ``not_found`` with the k nearest passages."""
        asked = {"q": question, "k": k}
        return self._posted(AnswerResponse, "/v1/answer", asked | _filters(filters))

    def answers(
        self,
        questions: Sequence[str | Mapping[str, Any]],
        *,
        k: int = 10,
        **filters: str | Sequence[str],
    ) -> Iterator[BulkLine]:
        """Yield a line for each question in their order, as it is found; 1,000 at most.

        A question is a text, or a mapping of ``question`` and, if wanted, ``id``, ``filters`` and
        ``as_of``. One that cannot be used gives a line with ``error``.
        """
        asked = {"questions": list(questions), "k": k} | _filters(filters)
        try:
            with self._http.stream("POST", "/v1/answer", json=asked) as response:
                if response.is_error:
                    response.read()
                _check(response)
                for line in response.iter_lines():
                    yield bulk_line(line)
        except httpx.TransportError as error:
            raise self._unreachable(error) from error

    def documents(
        self, *, sort: str = "file", page: int = 1000, **filters: str | Sequence[str]
    ) -> Iterator[DocumentJson]:
        """Yield every document that the filters leave, asking for ``page`` of them at a time."""
        asked = {"sort": sort, "limit": page} | _filters(filters)
        cursor: str | None = None
        while True:
            found = self._got(DocumentsResponse, "/v1/documents", asked | {"cursor": cursor})
            yield from found.documents
            cursor = found.next
            if cursor is None:
                return

    def files(self, *outcomes: str, file: str = "", page: int = 1000) -> Iterator[FileJson]:
        """Yield what became of each file, or of those with one of ``outcomes``.

        ``file`` is a part of the path; ``page`` of them are asked for at a time.
        """
        asked = {"outcome": list(outcomes), "file": file, "limit": page}
        cursor: str | None = None
        while True:
            found = self._got(FilesResponse, "/v1/files", asked | {"cursor": cursor})
            yield from found.files
            cursor = found.next
            if cursor is None:
                return

    def document(self, document_id: str) -> DocumentJson:
        """Return what is known of one document."""
        return self._got(DocumentJson, f"/v1/documents/{document_id}")

    def text(self, document_id: str) -> TextResponse:
        """Return a document's whole text, in which every ``start`` and ``end`` counts."""
        return self._got(TextResponse, f"/v1/documents/{document_id}/text")

    def file(self, document_id: str) -> bytes:
        """Return the original file."""
        return self._send("GET", f"/v1/documents/{document_id}/file").content

    def passage(self, passage_id: str) -> PassageResponse:
        """Return one passage with its document."""
        return self._got(PassageResponse, f"/v1/passages/{passage_id}")

    def builds(self) -> BuildsResponse:
        """Return the builds that the server keeps, and which of them answers."""
        return self._got(BuildsResponse, "/v1/builds")

    def __enter__(self) -> Minutebook:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the connection."""
        self._http.close()

    def _got(self, model: type[Said], path: str, asked: Mapping[str, Any] | None = None) -> Said:
        given = {name: value for name, value in (asked or {}).items() if value is not None}
        return _read(model, self._send("GET", path, params=given))

    def _posted(self, model: type[Said], path: str, asked: Mapping[str, Any]) -> Said:
        return _read(model, self._send("POST", path, json=asked))

    def _send(self, method: str, path: str, **content: Any) -> httpx.Response:
        try:
            response = self._http.request(method, path, **content)
        except httpx.TransportError as error:
            raise self._unreachable(error) from error
        _check(response)
        return response

    def _unreachable(self, error: httpx.TransportError) -> UnreachableError:
        return UnreachableError(
            f"The server at {self._http.base_url} does not answer ({type(error).__name__}). "
            "Start it with `minutebook serve`, and check the address."
        )


def _filters(given: Mapping[str, str | Sequence[str]]) -> dict[str, Any]:
    """Return the filters by the API's names: ``from`` is a word of Python's own."""
    return {"from" if name == "from_" else name: value for name, value in given.items()}


def _read(model: type[Said], response: httpx.Response) -> Said:
    return model.model_validate_json(response.content, extra="ignore")


def _check(response: httpx.Response) -> None:
    """Raise RefusedError for what is no success."""
    if not response.is_error:
        return
    try:
        said = response.json()
        problem = RefusedError(response.status_code, said["detail"], said.get("remedy", ""))
    except (ValueError, LookupError, TypeError, AttributeError):
        problem = RefusedError(response.status_code, response.reason_phrase, "")
    raise problem
