"""Real papers, each looked at on the page: what was read of them stays as it was.

The papers are not ours to pass on. A golden file has a line for each block with its page, kind,
level, length, a hash of its text, its first words, and the first words of its heading row.
"""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest

from indexer.model import Block, ParsedDocument, pages_of
from indexer.parse import parse
from tests.indexer.parse.test_office import needs_libreoffice
from tests.indexer.parse.test_real import CONVERTED, folder

GOLDEN = Path(__file__).with_name("golden") / "office"
_WORDS = 4
PAPERS = (
    "boards/files_20141007 ODUG EU PSI Directive Consultation Response.docx",
    "boards/files_20140619 ODUG Meeting minutes.docx",
    "boards/files_Local Public Data Panel_5 Dec 2012 Meeting_Transparency Code Consultation.odp",
    "boards/files_CLG Activities.ppt",
    "boards/files_ODUG Action Log 11 June 2013_10.odt",
    "boards/files_Local Public Data Panel - 1 June MINUTE-ACTIONS final.doc",
    "boards/files_101214 Data Panel Action report.doc",
    "boards/files_Local Public Data Panel_26 Sept 2012 Meeting_Draft TOR_Updated_0.doc",
    "slides/Lori Edwards Suarez.pptx",
    "slides/Andy Evans.pptx",
    "seeds/001_92ce27a457c01830.txt",
    "seeds/002_1e9982000806e431.txt",
)


@pytest.mark.parametrize(
    "paper",
    [
        pytest.param(paper, marks=[needs_libreoffice] if Path(paper).suffix in CONVERTED else [])
        for paper in PAPERS
    ],
)
def test_a_paper_is_read_as_when_it_was_looked_at(paper: str) -> None:
    place, name = paper.split("/", 1)
    path = folder(place) / name
    if not path.exists():
        pytest.skip(f"{paper} is not among the test data")
    found = outline(parse(path))
    golden = GOLDEN / f"{name}.tsv"
    if not golden.exists():
        GOLDEN.mkdir(parents=True, exist_ok=True)
        golden.write_text(found, encoding="utf-8")
        pytest.fail(f"{golden.name} was missing and has been written: look at both, and run again")
    assert found == golden.read_text(encoding="utf-8")


def outline(document: ParsedDocument) -> str:
    """Write a line for each block, from which nobody could restore the document."""
    head = f"{document.media_type}\t{len(document.pages)}\t{len(document.warnings)}"
    return "\n".join([head, *(_line(document, block) for block in document.blocks), ""])


def _line(document: ParsedDocument, block: Block) -> str:
    text = block.span.of(document.text)
    header = _first_words(block.header.of(document.text)) if block.header else ""
    page = pages_of(document.pages, block.span)[0]
    fields = [
        page,
        block.kind.value,
        block.level,
        len(text),
        sha256(text.encode()).hexdigest()[:10],
    ]
    return "\t".join([*map(str, fields), _first_words(text), header]).rstrip()


def _first_words(text: str) -> str:
    return " ".join(text.split()[:_WORDS])
