"""PDF files made to hurt: each gets an outcome, and the healthy file among them is read."""

from __future__ import annotations

import random
import re
from pathlib import Path

from indexer.errors import UnreadableFileError
from indexer.model import ParsedDocument
from indexer.parse import parse
from indexer.parse.isolate import parse_all
from tests.indexer.parse import builders, hostile

_SECONDS = 6.0
_SLOW = frozenset(
    "form-pair form-doubling many-marks many-paths many-text many-boxes many-spread many-clip "
    "pages-15000 bomb-zeros bomb-text bomb-text-twice cmap-long image-30000 annotations".split()
)
"""They are read or cut off as well, each only after seconds of its own."""
_READABLE = (
    "tree-kids-twice", "tree-labels-surrogate", "tree-title-surrogate", "tree-title-loop",
    "tables-xref-prev-itself", "tables-nested-dicts-100000", "tables-length-itself",
    "content-box-negative", "content-box-nan", "content-rotate-odd", "fonts-cmap-cut",
    "guises-header-late", "guises-javascript", "guises-attachment-bomb", "guises-line-ends",
)  # fmt: skip
_REASONS = {
    "guises-empty": "is empty",
    "guises-nul": "is empty",
    "guises-html": "is not a PDF",
    "guises-header-only": "damaged or was cut short",
    "tree-kids-itself": "None of the PDF's pages can be read",
    "tree-pages-100000": "100,000 pages",
    # It grows until one limit or the other ends it: which, the processor's speed decides.
    "content-form-itself": "longer than 6 seconds|more memory than is allowed",
}


def test_every_file_gets_its_own_outcome(tmp_path: Path) -> None:
    paths = hostile.write_all(tmp_path, each=4, without=_SLOW)
    paths.insert(len(paths) // 2, builders.columns_pdf(tmp_path / "healthy.pdf"))
    found = dict(parse_all(paths, workers=2, seconds=_SECONDS, memory_bytes=2 << 30))
    assert list(found) == paths
    by_name = {path.stem: outcome for path, outcome in found.items()}
    assert by_name["healthy"] == parse(tmp_path / "healthy.pdf")
    for outcome in found.values():
        if isinstance(outcome, UnreadableFileError):
            assert outcome.what.endswith(".")
            assert outcome.remedy.endswith(".")
            assert "does not know" not in outcome.what
        else:
            assert outcome.text.isprintable() or "\n" in outcome.text
            outcome.text.encode()
            " ".join(page.label or "" for page in outcome.pages).encode()
    for name in _READABLE:
        outcome = by_name[name]
        assert isinstance(outcome, ParsedDocument), name
        assert "The board agreed the plan." in outcome.text
    for name, reason in _REASONS.items():
        refused = by_name[name]
        assert isinstance(refused, UnreadableFileError), name
        assert re.search(reason, refused.what), name


def test_the_same_seed_gives_the_same_bytes() -> None:
    whole = hostile.document(hostile.one_page())
    for bend in (hostile.cut, hostile.flipped, hostile.rearranged, hostile.renumbered):
        first, second = (list(bend(whole, random.Random(7), 3)) for _ in range(2))
        assert first == second
        assert len(set(first)) > 1
