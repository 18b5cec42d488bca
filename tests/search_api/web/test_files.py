"""What became of each file, for scripts and for people: nothing is lost without a word."""

from __future__ import annotations

import html
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from fastapi.testclient import TestClient

from indexer.build import build_index
from indexer.store.files import Result
from search_api.app import create_app
from tests.indexer.packs.builders import PACK_TITLE, UPDATE, pack_pdf, paper_pdf

FILES = {
    "guessed.txt": Result.WARNED,
    "notes.xlsx": Result.SKIPPED,
    "pack.pdf": Result.READ,
    "paper.pdf": Result.READ,
    "paper_copy.pdf": Result.SAME,
    "scan <b>.pdf": Result.SKIPPED,
}


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write files that are read, read with a doubt, copies, and not read."""
    folder = tmp_path_factory.mktemp("files") / "corpus"
    folder.mkdir()
    pack_pdf(folder / "pack.pdf", title=PACK_TITLE)
    paper_pdf(folder / "paper.pdf", UPDATE)
    (folder / "paper_copy.pdf").write_bytes((folder / "paper.pdf").read_bytes())
    (folder / "guessed.txt").write_bytes("The cost was £40 – no less.".encode("cp1252"))
    (folder / "notes.xlsx").write_bytes(b"PK\x03\x04")
    (folder / "scan <b>.pdf").write_bytes(b"%PDF-1.4 broken")
    build_index(folder, folder.parent / "index")
    return folder


@pytest.fixture(scope="module")
def client(corpus: Path) -> Iterator[TestClient]:
    with TestClient(create_app(corpus.parent / "index", corpus=corpus)) as client:
        yield client


def told(client: TestClient, **asked: Any) -> dict[str, Any]:
    response = client.get("/v1/files", params=asked)
    assert response.status_code == 200, response.text
    found: dict[str, Any] = response.json()
    return found


def test_every_file_of_the_folder_is_told_with_what_became_of_it(
    client: TestClient, corpus: Path
) -> None:
    found = told(client)
    assert {one["file"]: one["outcome"] for one in found["files"]} == FILES
    assert {path.name for path in corpus.iterdir()} == set(FILES)
    assert found["total"] == len(FILES)
    assert found["counts"] == {
        "read": 2, "read with warnings": 1, "same as another file": 1, "skipped": 2,
    }  # fmt: skip
    by_name = {one["file"]: one for one in found["files"]}
    assert len(by_name["pack.pdf"]["documents"]) == 3
    assert by_name["paper_copy.pdf"]["reasons"] == ["paper.pdf"]
    assert by_name["paper_copy.pdf"]["documents"] == by_name["paper.pdf"]["documents"]
    assert by_name["guessed.txt"]["reasons"]
    for name in ("notes.xlsx", "scan <b>.pdf"):
        assert by_name[name]["reasons"]
        assert by_name[name]["remedy"].endswith(".")
        assert by_name[name]["documents"] == []


def test_files_can_be_chosen_by_outcome_and_name(client: TestClient) -> None:
    skipped = told(client, outcome="skipped")
    assert [one["file"] for one in skipped["files"]] == ["notes.xlsx", "scan <b>.pdf"]
    assert skipped["counts"]["read"] == 2, "counts are of all files"
    either = told(client, outcome=["skipped", "same as another file"], file="P")
    assert [one["file"] for one in either["files"]] == ["paper_copy.pdf", "scan <b>.pdf"]
    chosen = told(client, fields="files.file")
    assert set(chosen) == {"files", "index"}


def test_a_cursor_leads_through_all_of_them_once(client: TestClient) -> None:
    names: list[str] = []
    response = client.get("/v1/files", params={"limit": 2})
    while True:
        found = response.json()
        names += [one["file"] for one in found["files"]]
        if found["next"] is None:
            break
        assert 'rel="next"' in response.headers["link"]
        response = client.get("/v1/files", params={"limit": 2, "cursor": found["next"]})
    assert names == sorted(FILES)


def test_a_cursor_of_another_list_is_refused(client: TestClient) -> None:
    cursor = told(client, limit=1)["next"]
    documents = client.get("/v1/documents", params={"limit": 1}).json()["next"]
    for asked in ({"cursor": cursor, "outcome": "read"}, {"cursor": documents}, {"cursor": "x"}):
        assert client.get("/v1/files", params=asked).status_code == 404
        assert client.get("/files", params=asked).status_code == 404
    assert client.get("/v1/files", params={"outcome": "lost"}).status_code == 422


def test_what_a_client_has_is_not_sent_again(client: TestClient) -> None:
    tag = client.get("/v1/files").headers["etag"]
    assert client.get("/v1/files", headers={"If-None-Match": tag}).status_code == 304


def test_a_person_sees_each_file_why_and_what_to_do(client: TestClient) -> None:
    soup = BeautifulSoup(client.get("/files").text, "html.parser")
    rows = {row.th.get_text(): row for row in soup.select("tbody tr") if row.th}
    assert set(rows) == set(FILES), "names are shown as they are, and run nothing"
    assert "What to do" in rows["notes.xlsx"].get_text()
    assert len(rows["pack.pdf"].select("a")) == 3
    for row in rows.values():
        for link in row.select("a"):
            assert client.get(str(link["href"])).status_code == 200
    links = {link.get_text(): str(link["href"]) for link in soup.select(".sorts a")}
    assert set(links) == {
        "All files: 6",
        "Read: 2",
        "Read, with a warning: 1",
        "The same as another file: 1",
        "Could not be read: 2",
    }
    only = client.get(links["Could not be read: 2"]).text
    assert "notes.xlsx" in only
    assert "pack.pdf" not in only


def test_a_name_that_no_file_has_is_said_and_shown_safely(client: TestClient) -> None:
    response = client.get("/files", params={"file": "<script>"})
    assert html.escape("<script>") in response.text
    assert "<script>" not in response.text.split("</head>")[1]
    assert "No file fits." in response.text


@pytest.mark.parametrize("asked", [{"x": "1"}, {"outcome": "lost"}])
def test_what_the_page_does_not_know_is_refused(client: TestClient, asked: dict[str, str]) -> None:
    assert client.get("/files", params=asked).status_code == 422


def test_the_lists_of_documents_and_about_lead_to_it(client: TestClient) -> None:
    for path in ("/documents", "/about"):
        assert 'href="/files' in client.get(path).text
