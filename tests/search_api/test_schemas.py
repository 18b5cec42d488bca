"""The wire's names are a promise: they are written out here once more, by hand."""

import json
from dataclasses import replace

import pytest
from pydantic import BaseModel

from indexer.errors import UsageError
from indexer.model import (
    Acronym,
    BuildInfo,
    Dating,
    Document,
    Filters,
    Kind,
    ModelIdentity,
    Passage,
    Role,
    SkippedFile,
    Span,
    Status,
    Successor,
)
from search_api.results import Answer, AnswerStatus, Citation, Hit, SearchResult, Version
from search_api.wire import responses as wire
from search_api.wire.asking import (
    AnswerRequest,
    FiltersJson,
    SearchRequest,
    batch_line,
    filters_from,
)
from search_api.wire.document import DocumentJson
from search_api.wire.schemas import (
    answer_response,
    batch_error,
    document_response,
    documents_response,
    filters_json,
    passage_response,
    search_response,
    with_id,
)

DOCUMENT = Document(
    id="d1",
    title="Minutes",
    body="A Council",
    committee="A Board",
    area="An Area",
    kind=Kind.MINUTES,
    status=Status.APPROVED,
    date=Dating("2016-05/2016-06", "manifest"),
    published=Dating(None, "unknown"),
    file="documents/a.txt",
    media_type="text/plain",
    pages=9,
    source_url=None,
    sha256="00",
    duplicates=("documents/b.txt",),
    approved=Dating("2016-07", "read from the text"),
    bases=(("body", "named in the text"),),
    successors=(Successor("A Newer Council", "2019-04", ("ANC",)),),
)
PASSAGE = Passage("p1", "d1", "It was agreed.", Span(10, 24), Role.RESOLUTION, ("Item 1",), (3, 5))
INFO = BuildInfo(
    id="b1",
    format=1,
    model=ModelIdentity("a-model", "ff", 384, 256, "runtime", "f32"),
    settings={},
    corpus_sha256="00",
    documents=1,
    passages=2,
    skipped=(SkippedFile("scan.pdf", "Pictures only.", "Run text recognition."),),
)
FILTERS = Filters(body=("A",), kind=(Kind.MINUTES,), start="2016", as_of="2017-01")
RESULT = SearchResult(
    query="What?",
    hits=(Hit(1, 0.5, PASSAGE, DOCUMENT),),
    total=2,
    acronyms=(Acronym("STP", "Sustainability and Transformation Plan", "d1"),),
    filters=FILTERS,
    index=INFO,
    took_ms=1.23456,
)
ANSWER = Answer(
    question="What?",
    status=AnswerStatus.ANSWERED,
    answer="It was agreed.",
    reason=None,
    citations=(
        Citation(1, DOCUMENT, "p1", (3, 3), Span(10, 24), "It was agreed.", Role.RESOLUTION),
    ),
    timeline=(Version(DOCUMENT.date, "A Council", "It was agreed.", 1, superseded=False),),
    result=RESULT,
    took_ms=2.0,
)

CONTRACT = {
    DocumentJson: "id title body committee area kind status date date_basis published file "
    "media_type pages source_url sha256 duplicates",
    wire.PassageJson: "id document_id text role section pages start end",
    wire.HitJson: "rank score passage document link",
    wire.SearchResponse: "query hits total acronyms filters index took_ms",
    wire.IndexJson: "build model documents passages",
    wire.CitationJson: "n document passage_id pages start end quote role link",
    wire.AnswerResponse: "question status answer as_of citations timeline hits acronyms index "
    "took_ms",
    wire.VersionJson: "date body statement citation superseded",
    wire.AcronymJson: "short long document_id",
}


@pytest.mark.parametrize("model", CONTRACT, ids=lambda model: model.__name__)
def test_the_names_of_the_contract_are_there(model: type[BaseModel]) -> None:
    assert set(CONTRACT[model].split()) <= set(model.model_fields)


def test_the_filters_have_the_names_of_the_command_line() -> None:
    said = json.loads(filters_json(FILTERS).model_dump_json())
    assert said == {
        "body": ["A"],
        "area": [],
        "committee": [],
        "kind": ["minutes"],
        "role": [],
        "from": "2016",
        "to": None,
        "as_of": "2017-01",
    }


@pytest.mark.parametrize(
    "model",
    [*CONTRACT, SearchRequest, AnswerRequest, wire.DocumentsResponse, wire.TextResponse],
    ids=lambda model: model.__name__,
)
def test_every_field_is_described(model: type[BaseModel]) -> None:
    assert [name for name, field in model.model_fields.items() if not field.description] == []


def test_a_search_is_said() -> None:
    said = json.loads(search_response(RESULT).model_dump_json())
    hit = said["hits"][0]
    assert hit["passage"]["pages"] == [3, 4, 5]
    assert (hit["passage"]["start"], hit["passage"]["end"]) == (10, 24)
    assert hit["link"] == "/documents/d1?start=10&end=24#quote"
    assert said["index"] == {"build": "b1", "model": "a-model", "documents": 1, "passages": 2}
    assert said["acronyms"][0]["short"] == "STP"
    assert said["took_ms"] == 1.235


def test_an_answer_is_said() -> None:
    said = json.loads(answer_response(ANSWER).model_dump_json())
    assert said["status"] == "answered"
    assert said["as_of"] == "2017-01"
    assert said["citations"][0]["pages"] == [3]
    assert said["citations"][0]["link"] == "/documents/d1?start=10&end=24#quote"
    assert said["timeline"][0]["date"] == "2016-05/2016-06"
    assert said["timeline"][0]["citation"] == 1


def test_a_document_keeps_its_dates_apart() -> None:
    said = document_response(DOCUMENT)
    assert (said.date, said.date_basis) == ("2016-05/2016-06", "manifest")
    assert (said.published, said.published_basis) == (None, "unknown")


def test_a_document_says_what_is_known_of_it_and_how() -> None:
    said = document_response(DOCUMENT).model_dump()
    assert (said["approved"], said["approved_basis"]) == ("2016-07", "read from the text")
    assert said["bases"] == {"body": "named in the text"}
    assert said["succeeded_by"] == [{"body": "A Newer Council", "since": "2019-04"}]


def test_a_passage_says_its_dates_where_they_stand() -> None:
    text = "To be agreed by late autumn; 3 May 2016 was too early."
    passage = replace(PASSAGE, text=text, span=Span(10, 10 + len(text)))
    meant, stated = passage_response(passage, DOCUMENT, INFO).dates
    assert (meant.edtf, meant.words) == ("2016-23", "late autumn")
    assert meant.basis == "from “late autumn”, said 2016-05/2016-06"
    assert stated.model_dump() == {
        "edtf": "2016-05-03",
        "words": "3 May 2016",
        "start": 10 + text.index("3 May"),
        "end": 10 + text.index(" was"),
        "basis": "stated",
    }


def test_files_that_were_lost_are_named() -> None:
    said = documents_response([DOCUMENT], INFO)
    assert [lost.file for lost in said.skipped] == ["scan.pdf"]


def test_filters_come_back_as_they_went() -> None:
    said = filters_json(FILTERS).model_dump_json()
    assert filters_from(FiltersJson.model_validate_json(said)) == FILTERS


_NAMES = "id, question, filters, as_of"


def test_a_batch_line_is_read() -> None:
    line = batch_line(
        '{"id": 7, "question": "What?", "filters": {"body": "A", "from": "2016"}, "as_of": "2017"}'
    )
    assert (line.id, line.question) == (7, "What?")
    assert filters_from(line.filters, line.as_of) == Filters(
        body=("A",), start="2016", as_of="2017"
    )


@pytest.mark.parametrize(
    ("line", "said", "remedy"),
    [
        ('{"id": "1"}', "“question” is missing", _NAMES),
        ('{"id": "1", "question": "x", "q": "x"}', "“q” is not known here", _NAMES),
        (
            '{"id": "1", "question": "x", "filters": {"from_": "2016"}}',
            "“filters.from_” is not",
            "body, area, committee, kind, role, from, to, as_of",
        ),
        (
            '{"id": "1", "question": "x", "filters": {"kind": "novel"}}',
            "“filters.kind” must be",
            "Change that",
        ),
        ("[]", "must be a JSON object", _NAMES),
        ("{", "not JSON", _NAMES),
    ],
)
def test_a_bad_batch_line_says_what_to_mend(line: str, said: str, remedy: str) -> None:
    with pytest.raises(UsageError) as error:
        batch_line(line)
    assert said in error.value.what
    assert remedy in error.value.remedy


def test_a_date_that_is_none_is_refused_by_its_name() -> None:
    with pytest.raises(UsageError, match="“from”"):
        filters_from(FiltersJson.model_validate({"from": "whenever"}))


def test_two_dates_that_differ_are_refused() -> None:
    with pytest.raises(UsageError, match="given twice"):
        filters_from(FiltersJson.model_validate({"as_of": "2016"}), "2017")


def test_a_batch_answers_with_the_id_first() -> None:
    assert with_id("q1", search_response(RESULT)).startswith('{"id": "q1", "query": "What?"')


def test_a_batch_says_which_line_failed() -> None:
    said = batch_error(None, 3, UsageError("No question.", "Give one."))
    assert said.model_dump() == {
        "id": None,
        "line": 3,
        "error": "No question.",
        "remedy": "Give one.",
    }
