"""The gold of the project: every quote stands in its document, and the parts are as documented."""

from __future__ import annotations

import hashlib
import re
import zipfile
from collections import Counter
from functools import cache
from html import unescape
from pathlib import Path

import pypdfium2
import pytest

from eval.gold import GoldQuestion, load_gold
from eval.metrics import answer_accuracy
from eval.places import places, squash
from eval.split import halve, part_of_document

ROOT = Path(__file__).parents[2]
SEEDS = load_gold(ROOT / "eval" / "gold" / "seeds.jsonl")
SHARED = load_gold(ROOT / "eval" / "gold" / "shared.jsonl")
BOARDS = load_gold(ROOT / "eval" / "gold" / "boards.jsonl")
MINUTES = load_gold(ROOT / "eval" / "gold" / "minutes.jsonl")
PAPERS = load_gold(ROOT / "eval" / "gold" / "papers.jsonl")
AGAIN = load_gold(ROOT / "eval" / "gold" / "again.jsonl")
MIXED = load_gold(ROOT / "eval" / "gold" / "mixed.jsonl")
OF_SHARED_DATA = [*SHARED, *BOARDS, *PAPERS, *MINUTES, *MIXED]
SHARED_DATA = ROOT.parent / "shared" / "data"
OFFICE_TEXT = {
    ".docx": r"word/document\.xml",
    ".pptx": r"ppt/slides/slide\d+\.xml",
    ".odt": r"content\.xml",
    ".odp": r"content\.xml",
}
OLE_OFFICE = frozenset({".doc", ".ppt"})


@cache
def seed_texts() -> dict[str, str]:
    texts = {}
    for path in (ROOT / "corpus" / "documents").iterdir():
        content = path.read_bytes()
        text = " ".join(content.decode("utf-8", errors="replace").split())
        texts[hashlib.sha256(content).hexdigest()] = text
    return texts


@cache
def source_text(path: Path) -> str:
    if path.suffix == ".pdf":
        document = pypdfium2.PdfDocument(path)
        try:
            return "\n".join(page.get_textpage().get_text_range() for page in document)
        finally:
            document.close()
    if path.suffix in OLE_OFFICE:
        content = path.read_bytes()  # Its text stands in it as it is, in one of two encodings.
        return "\n".join(content.decode(code, errors="ignore") for code in ("cp1252", "utf-16-le"))
    if path.suffix in OFFICE_TEXT:
        with zipfile.ZipFile(path) as office:
            names = [n for n in office.namelist() if re.fullmatch(OFFICE_TEXT[path.suffix], n)]
            markup = "\n".join(office.read(name).decode() for name in names)
        return unescape(re.sub(r"<[^>]+>", "", markup))
    return path.read_text(encoding="utf-8")


@pytest.mark.parametrize("question", [*SEEDS, *AGAIN], ids=lambda q: q.id)
def test_quotes_of_the_seeds_stand_in_their_documents(question: GoldQuestion) -> None:
    assert set(question.documents) <= set(seed_texts())
    for evidence in question.evidence:
        assert evidence.quote in seed_texts()[evidence.document]


@pytest.mark.skipif(not SHARED_DATA.is_dir(), reason="the shared test data is not beside us")
@pytest.mark.parametrize("question", OF_SHARED_DATA, ids=lambda q: q.id)
def test_quotes_of_the_shared_data_stand_in_their_documents(question: GoldQuestion) -> None:
    assert len(question.files) == len(question.documents)
    for file, sha256 in zip(question.files, question.documents, strict=True):
        assert hashlib.sha256((SHARED_DATA / file).read_bytes()).hexdigest() == sha256
    files = dict(zip(question.documents, question.files, strict=True))
    for evidence in question.evidence:
        text = squash(source_text(SHARED_DATA / files[evidence.document]))
        assert places(evidence.quote, text), evidence.quote


@pytest.mark.parametrize("question", [*SEEDS, *AGAIN, *OF_SHARED_DATA], ids=lambda q: q.id)
def test_the_evidence_itself_would_score_as_an_answer(question: GoldQuestion) -> None:
    if question.answerable:
        quotes = " ; ".join(evidence.quote for evidence in question.evidence)
        assert answer_accuracy(question, quotes) == 1


def test_the_seeds_are_halved_by_the_rule() -> None:
    assert [question.part for question in SEEDS] == halve(SEEDS)
    assert [question.part for question in AGAIN] == halve(AGAIN)
    parts = Counter((question.part, question.answerable) for question in SEEDS)
    assert abs(parts["dev", True] - parts["test", True]) <= 2
    assert abs(parts["dev", False] - parts["test", False]) <= 1


def test_the_shared_gold_is_split_by_document() -> None:
    for question in OF_SHARED_DATA:
        assert {part_of_document(sha256) for sha256 in question.documents} == {question.part}


def test_the_gold_is_as_large_as_promised() -> None:
    assert len(SEEDS) >= 70
    assert len(SHARED) >= 120
    assert len(BOARDS) >= 120
    assert len(PAPERS) >= 100
    assert len(MINUTES) >= 100
    assert len(AGAIN) >= 100
    assert len(MIXED) >= 90
    assert sum(not question.answerable for question in SEEDS) >= 15
    assert sum(not question.answerable for question in SHARED) >= 25
    assert sum(not question.answerable for question in BOARDS) >= 30
    assert sum(not question.answerable for question in PAPERS) >= 20
    assert sum(not question.answerable for question in MINUTES) >= 20
    assert sum(not question.answerable for question in AGAIN) >= 20
    assert sum(not question.answerable for question in MIXED) >= 20
    kinds = Counter(question.kind for question in [*SEEDS, *SHARED])
    assert len(kinds) == 14
    assert min(kinds.values()) >= 5


def test_shared_quotes_are_short_and_ids_are_unique() -> None:
    assert all(len(e.quote) <= 200 for question in OF_SHARED_DATA for e in question.evidence)
    ids = [question.id for question in [*SEEDS, *AGAIN, *OF_SHARED_DATA]]
    assert len(ids) == len(set(ids))


def test_no_document_of_the_boards_gold_is_asked_about_in_the_shared_gold() -> None:
    asked = Counter(sha256 for question in BOARDS for sha256 in question.documents)
    assert not set(asked) & {sha256 for question in SHARED for sha256 in question.documents}
    assert max(asked.values()) <= 5


def test_the_new_gold_asks_about_documents_that_no_other_gold_asks_about() -> None:
    asked = Counter(sha256 for question in PAPERS for sha256 in question.documents)
    others = {sha256 for question in [*SEEDS, *SHARED, *BOARDS] for sha256 in question.documents}
    assert not set(asked) & others
    assert len(asked) >= 35
    assert max(asked.values()) <= 4
