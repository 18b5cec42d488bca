"""A paper of a pack as scripts and people meet it: its facts, its file, its pages, its copies."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from indexer.build import build_index
from indexer.store.local import open_reader
from search_api.app import create_app
from search_api.printed import results as printed
from tests.indexer.packs.builders import MINUTES_TITLE, PACK_TITLE, UPDATE, pack_pdf, paper_pdf


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    corpus = tmp_path_factory.mktemp("pack") / "corpus"
    corpus.mkdir()
    pack_pdf(corpus / "pack.pdf", title=PACK_TITLE)
    paper_pdf(corpus / "stp.pdf", UPDATE)
    build_index(corpus, corpus.parent / "index")
    return corpus


@pytest.fixture(scope="module")
def client(folder: Path) -> Iterator[TestClient]:
    with TestClient(create_app(folder.parent / "index", corpus=folder)) as client:
        yield client


@pytest.fixture
def documents(client: TestClient) -> list[dict[str, Any]]:
    listed: list[dict[str, Any]] = client.get("/v1/documents").json()["documents"]
    return listed


def test_each_paper_is_a_document_with_its_place(documents: list[dict[str, Any]]) -> None:
    assert [(each["file"], each["part"] and each["part"]["pages"]) for each in documents] == [
        ("pack.pdf", [1, 1]),
        ("pack.pdf", [2, 3]),
        ("pack.pdf", [7, 8]),
        ("stp.pdf", None),
    ]
    assert documents[1]["part"] == {"title": PACK_TITLE, "pages": [2, 3], "of": 8}
    (also_in,) = documents[3]["also_in"]
    assert (also_in["file"], also_in["pages"]) == ("pack.pdf", [4, 6])
    assert also_in["sha256"] == documents[0]["sha256"]


def test_the_file_of_a_paper_is_the_pack(
    client: TestClient, documents: list[dict[str, Any]], folder: Path
) -> None:
    for document in documents:
        sent = client.get(f"/v1/documents/{document['id']}/file")
        assert sent.content == (folder / document["file"]).read_bytes()


def test_a_hit_opens_the_viewer_at_its_words_and_page(client: TestClient) -> None:
    found = client.get("/v1/search", params={"q": "Why had the walk-in centre in Oakham closed?"})
    hit = found.json()["hits"][0]
    assert hit["document"]["title"] == MINUTES_TITLE
    assert hit["passage"]["pages"] in ([2], [2, 3])
    text = client.get(f"/v1/documents/{hit['document']['id']}/text").json()["text"]
    passage = hit["passage"]
    assert text[passage["start"] : passage["end"]] == passage["text"]
    assert hit["repeats"] == []
    page = client.get(hit["link"])
    assert page.status_code == 200
    assert "Pages 2 to 3 of the 8 in the pack" in page.text
    assert "/original#page=2" in page.text


def test_a_person_reads_where_else_a_paper_stands(
    client: TestClient, documents: list[dict[str, Any]], folder: Path
) -> None:
    assert "Also in pack.pdf, pages 4 to 6" in client.get(f"/documents/{documents[3]['id']}").text
    store = open_reader(folder.parent / "index")
    try:
        listed = printed.documents(store.documents(), store.info)
    finally:
        store.close()
    assert "also in pack.pdf, pages 4 to 6" in listed
    assert f"pages 7 to 8 of the 8 in the pack “{PACK_TITLE}”" in listed
