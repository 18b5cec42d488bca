"""The client returns what the server says, as typed objects, and says plainly what fails."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest

from indexer.store.facets import Facet
from search_api.client import Minutebook, RefusedError, UnreachableError
from search_api.results import AnswerStatus

QUESTION = "When is the Sustainability and Transformation Plan expected to be approved?"


@pytest.fixture(scope="module")
def minutebook(address: str) -> Iterator[Minutebook]:
    with Minutebook(address) as minutebook:
        yield minutebook


def test_every_quotation_is_its_documents_text(minutebook: Minutebook) -> None:
    answer = minutebook.answer(QUESTION)
    assert answer.status in set(AnswerStatus)
    assert answer.citations
    for citation in answer.citations:
        text = minutebook.text(citation.document.id).text
        assert text[citation.start : citation.end] == citation.quote
        assert minutebook.passage(citation.passage_id).document == citation.document


def test_a_search_takes_filters_and_facets(minutebook: Minutebook) -> None:
    found = minutebook.search(QUESTION, k=3, offset=1, kind=["minutes"], to="2018", facets=["kind"])
    assert [hit.rank for hit in found.hits] == [2, 3, 4]
    assert {hit.document.kind for hit in found.hits} == {"minutes"}
    assert found.filters.to == "2018"
    assert found.facets
    assert sum(each.passages for each in found.facets[Facet.KIND]) >= found.total
    assert minutebook.search(QUESTION, k=1, from_="2017").filters.from_ == "2017"


def test_the_documents_come_page_after_page(minutebook: Minutebook) -> None:
    whole = list(minutebook.documents())
    assert list(minutebook.documents(page=2)) == whole
    assert len(whole) == minutebook.builds().index.documents
    one = whole[0]
    assert minutebook.document(one.id) == one
    assert hashlib.sha256(minutebook.file(one.id)).hexdigest() == one.sha256


def test_many_questions_get_their_lines(minutebook: Minutebook) -> None:
    asked: list[str | dict[str, str]] = [
        QUESTION,
        {"id": "bad", "colour": "red"},
        {"id": "z", "question": "Who won in 1998?"},
    ]
    first, bad, last = minutebook.answers(asked, k=2)
    assert first.answer
    assert (first.id, first.answer.question) == (1, QUESTION)
    assert bad.answer is None
    assert bad.error
    assert "colour" in bad.error.error
    assert last.answer
    assert (last.id, last.answer.status) == ("z", "not_found")


def test_what_the_server_refuses_says_what_to_do(minutebook: Minutebook) -> None:
    with pytest.raises(RefusedError, match="colour") as refused:
        minutebook.search(QUESTION, colour="red")
    assert refused.value.status == 422
    assert "as_of" in refused.value.remedy
    with pytest.raises(RefusedError) as missing:
        minutebook.document("none")
    assert missing.value.status == 404
    with pytest.raises(RefusedError):
        list(minutebook.answers([]))


def test_a_server_that_is_not_there_is_named() -> None:
    with Minutebook("http://127.0.0.1:9") as minutebook:
        with pytest.raises(UnreachableError, match="minutebook serve"):
            minutebook.builds()
        with pytest.raises(UnreachableError):
            list(minutebook.answers(["x"]))


class _Newer(BaseHTTPRequestHandler):
    """A server of a later version, which says more than this client knows."""

    def do_GET(self) -> None:
        index = {"build": "b", "model": "m", "documents": 1, "passages": 2, "colour": "red"}
        body = json.dumps({"id": "d", "text": "x", "index": index, "mood": "fine"}).encode()
        self.send_response(200)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


def test_what_a_newer_server_adds_is_passed_over() -> None:
    with HTTPServer(("127.0.0.1", 0), _Newer) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        with Minutebook(f"http://127.0.0.1:{server.server_port}") as minutebook:
            assert minutebook.text("d").index.build == "b"
        server.shutdown()
