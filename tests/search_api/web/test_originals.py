"""A file that is sent as it was says no more of its letters than is so."""

from __future__ import annotations

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from indexer.build import build_index
from search_api.app import create_app

_TEXT = "MINUTES\n\n1. Café\n\nIt was agreed that the café – in the foyer – open in May 2019.\n"


@pytest.mark.parametrize(
    ("letters", "said"), [("utf-8", "text/plain; charset=utf-8"), ("cp1252", "text/plain")]
)
def test_a_text_is_said_to_be_utf8_only_where_it_is(
    tmp_path: Path, letters: str, said: str
) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "cafe.txt").write_bytes(_TEXT.encode(letters))
    build_index(corpus, tmp_path / "index")
    with TestClient(create_app(tmp_path / "index", corpus=corpus)) as client:
        [document] = client.get("/v1/documents").json()["documents"]
        sent = client.get(f"/v1/documents/{document['id']}/file")
        assert "The original file" in client.get(f"/documents/{document['id']}").text
        (corpus / "cafe.txt").unlink()
        assert "The original file" not in client.get(f"/documents/{document['id']}").text
    assert sent.content == _TEXT.encode(letters)
    assert sent.headers["content-type"] == said
