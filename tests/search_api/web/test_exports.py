"""Exports hold the very quotations, with their references, in each format's own grammar."""

import csv
import json
import re
from dataclasses import replace
from io import BytesIO, StringIO

import docx
import pytest
from fastapi.testclient import TestClient

from search_api.app import create_app
from search_api.web.exports import as_bibtex, as_csv, as_ris
from search_api.web.rows import NAMES, Row
from tests.search_api.web.councils import EASTLEY, NORTHAM, councils_index
from tests.search_api.web.councils import QUESTION as DISPUTED

CHANGED = "when does BCT consultation start?"
NOWHERE = "Who won the 1998 World Cup final?"
ROW = Row(
    n=1,
    quote="It was agreed & noted,\nat 50% {cost}.",
    role="resolution",
    body="A_Council",
    committee="",
    area="",
    title="=cmd|' /C calc'!A0",
    kind="minutes",
    date="2016-09-13",
    date_basis="stated",
    published="",
    pages="3",
    where="page 3",
    start=10,
    end=50,
    document_id="d1",
    passage_id="p1",
    sha256="0" * 64,
    file="a.pdf",
    source_url="https://example.org/a_b",
    link="http://localhost/documents/d1?start=10&end=50#quote",
    lead_in="",
    reference="“…” (A Council)",
)


def citations(client: TestClient, question: str = CHANGED) -> list[dict[str, object]]:
    said = client.get("/v1/answer", params={"q": question}).json()
    found: list[dict[str, object]] = said["citations"]
    return found


def exported(client: TestClient, name: str, **asked: str) -> bytes:
    response = client.get(f"/export/{name}", params={"q": CHANGED, **asked})
    assert response.status_code == 200, response.text
    ending = name.rpartition(".")[2]
    assert re.search(rf'filename="[\w-]+\.{ending}"', response.headers["content-disposition"])
    return response.content


def test_csv_holds_the_quotations_exactly(client: TestClient) -> None:
    text = exported(client, "answer.csv").decode("utf-8-sig")
    rows = list(csv.DictReader(StringIO(text, newline="")))
    assert [row["quote"] for row in rows] == [one["quote"] for one in citations(client)]
    assert tuple(rows[0]) == NAMES


def test_json_lines_give_the_place_in_the_document(client: TestClient) -> None:
    lines = exported(client, "answer.jsonl").decode().splitlines()
    for line in map(json.loads, lines):
        text = client.get(f"/v1/documents/{line['document_id']}/text").json()["text"]
        assert text[line["start"] : line["end"]] == line["quote"]
        assert line["link"].startswith("http://")


def test_a_briefing_holds_answer_timeline_quotations_and_references(client: TestClient) -> None:
    paper = docx.Document(BytesIO(exported(client, "answer.docx")))
    said = client.get("/v1/answer", params={"q": CHANGED}).json()
    text = "\n".join(paragraph.text for paragraph in paper.paragraphs)
    assert CHANGED in text
    assert "The record changed over time" in text
    assert "(superseded)" in text
    assert f"How sure: {said['confidence']['level']}." in text
    assert all(reason in text for reason in said["confidence"]["reasons"])
    for citation in said["citations"]:
        assert f"“{citation['quote']}”" in text
        assert citation["document"]["title"] in text
    assert "page 1" not in text  # a text file has none
    assert "no page numbers in the source" in text
    assert all(f"“{one['lead_in']}”" in text for one in said["citations"] if one["lead_in"])
    links = {relation.target_ref for relation in paper.part.rels.values() if relation.is_external}
    assert any("/documents/" in link for link in links)


def test_ris_has_one_record_for_each_document(client: TestClient) -> None:
    text = exported(client, "answer.ris").decode()
    records = [record for record in text.split("\r\n\r\n") if record.strip()]
    assert len(records) == len({one["document"]["id"] for one in citations(client)})  # type: ignore[index]
    for record in records:
        lines = record.splitlines()
        assert lines[0] == "TY  - RPRT"
        assert lines[-1] == "ER  - "
        assert all(re.match(r"[A-Z][A-Z0-9]  - ", line) for line in lines)


def test_bibtex_has_one_entry_for_each_document(client: TestClient) -> None:
    text = exported(client, "answer.bib").decode()
    documents = {one["document"]["id"] for one in citations(client)}  # type: ignore[index]
    assert set(re.findall(r"^@techreport\{(\w+),$", text, re.MULTILINE)) == documents
    assert text.count("{") == text.count("}")


def test_a_refusal_exports_the_nearest_passages_as_such(client: TestClient) -> None:
    paper = docx.Document(BytesIO(exported(client, "answer.docx", q=NOWHERE)))
    text = "\n".join(paragraph.text for paragraph in paper.paragraphs)
    assert "The documents do not say" in text
    assert "they are not an answer" in text


def test_the_passages_of_a_search_are_exported_as_filtered(client: TestClient) -> None:
    lines = exported(client, "search.jsonl", k="3", body="Rutland County Council").splitlines()
    assert len(lines) == 3
    assert {json.loads(line)["body"] for line in lines} == {"Rutland County Council"}


@pytest.mark.parametrize("path", ["/export/answer.exe?q=x", "/export/answer.csv", "/export/x.csv"])
def test_what_cannot_be_exported_is_said(client: TestClient, path: str) -> None:
    response = client.get(path, headers={"accept": "text/html"})
    assert response.status_code in (404, 422)
    assert "What to do" in response.text


def test_no_cell_is_a_formula() -> None:
    [_, row] = csv.reader(StringIO(as_csv([ROW]).removeprefix("\ufeff"), newline=""))
    assert row[NAMES.index("title")] == "'" + ROW.title
    assert row[NAMES.index("quote")] == ROW.quote


def test_grammar_in_a_quotation_is_escaped() -> None:
    bib = as_bibtex([ROW])
    assert r"agreed \& noted, at 50\% \{cost\}" in bib
    assert r"A\_Council" in bib
    assert "month = {9}" in bib
    ris = as_ris([ROW])
    assert "N1  - “It was agreed & noted, at 50% {cost}.” (page 3)" in ris
    assert "DA  - 2016/09/13/" in ris


def test_a_briefing_on_a_dispute_says_whose_words_each_are() -> None:
    with TestClient(create_app(councils_index())) as councils:
        paper = docx.Document(BytesIO(exported(councils, "answer.docx", q=DISPUTED)))
    words = [line for paragraph in paper.paragraphs for line in paragraph.text.split("\n")]
    for body, date, month in ((EASTLEY, "23", "October"), (NORTHAM, "16", "July")):
        said = f"“Consultation on the Meadow Lane clinic would begin in {month} 2016.”"
        assert f"{body}, {date} May 2016: {said}" in words


def test_what_has_no_pages_is_cited_without_one() -> None:
    pageless = replace(ROW, where="no page numbers in the source")
    assert "N1  - “It was agreed & noted, at 50% {cost}.”\r\n" in as_ris([pageless])
    assert "page" not in as_bibtex([pageless])
