"""What stands beside a quotation: dates made out, scans, successors, the meeting."""

from dataclasses import replace

import pytest

from indexer.model import NOT_STATED, Dating, Document, Kind, Status, Successor
from search_api.web.notes import meeting_address, notes_on, successors

DOCUMENT = Document(
    id="d1",
    title="Minutes",
    body="A CCG",
    committee="A Board",
    area=None,
    kind=Kind.MINUTES,
    status=Status.UNKNOWN,
    date=Dating("2016-06-14", "stated"),
    published=Dating(None, ""),
    file="a.txt",
    media_type="text/plain",
    pages=1,
    source_url=None,
    sha256="0" * 64,
)


def test_a_relative_date_is_made_out() -> None:
    [note] = notes_on("It was expected to be approved in late autumn.", DOCUMENT, None)
    assert note == "“late autumn” means autumn 2016: it was said 14 June 2016."


def test_a_scan_says_how_sure_the_reading_is() -> None:
    [note] = notes_on("It was agreed.", DOCUMENT, 0.874)
    assert "87% sure" in note


def test_a_body_that_the_document_does_not_give_is_told() -> None:
    taken = replace(DOCUMENT, bases=(("body", f"{NOT_STATED}; the other papers give it"),))
    [note] = notes_on("It was agreed.", taken, None)
    assert (
        note == "The document does not say whose it is: A CCG is taken from the papers beside it."
    )
    read = replace(DOCUMENT, bases=(("body", "named in the text: “A CCG”"),))
    assert notes_on("It was agreed.", read, None) == ()


def test_successors_are_told_as_a_chain() -> None:
    after = (Successor("B CCG", "2020"), Successor("C ICB", "2022-07"))
    assert successors(replace(DOCUMENT, successors=after)) == (
        "A CCG became B CCG (2020).",
        "B CCG became C ICB (July 2022).",
    )


@pytest.mark.parametrize(
    ("date", "words", "fields"),
    [
        ("2016-06-14", "More from this meeting", "from=2016-06-14&to=2016-06-14"),
        ("2016-06", "More from around this date", "from=2016-06-01&to=2016-06-30"),
        (None, "More from this committee", "committee=A+Board"),
    ],
)
def test_the_way_to_the_same_meeting(date: str | None, words: str, fields: str) -> None:
    found = meeting_address(replace(DOCUMENT, date=Dating(date, "stated")))
    assert found
    assert found[0] == words
    assert found[1].startswith("/documents?body=A+CCG&committee=A+Board")
    assert found[1].endswith(fields)


def test_without_a_body_there_is_no_way() -> None:
    assert meeting_address(replace(DOCUMENT, body=None, committee=None)) is None
