"""Promises of segmentation: nothing lost, nothing twice, nothing longer than the model reads."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.model import Block, BlockKind, Kind, ParsedDocument
from indexer.parse.assemble import RawBlock, RawPage, assemble
from indexer.segment import segment
from indexer.segment.furniture import site_furniture

_WORDS = st.sampled_from(
    "Members the Board agreed asked that funding 2016 £40m would STP Officers responded a) "
    "RESOLVED: Minutes: (LLR). Next steps: and, consultation; AGREED ACTION Chair in "
    "response".split()
)
_TEXTS = st.lists(_WORDS, min_size=1, max_size=40).map(" ".join)
_BLOCKS = st.builds(RawBlock, st.sampled_from(list(BlockKind)), _TEXTS, st.integers(1, 3))
_PAGES = st.lists(st.builds(RawPage, st.lists(_BLOCKS, max_size=8)), min_size=1, max_size=4)


def _words(texts: Sequence[str]) -> list[int]:
    return [len(text.split()) for text in texts]


def _outside(parsed: ParsedDocument) -> list[Block]:
    furniture = site_furniture(parsed.text, parsed.blocks)
    return [block for i, block in enumerate(parsed.blocks) if i not in furniture]


@settings(deadline=None)
@given(_PAGES, st.sampled_from(list(Kind)), st.integers(8, 60))
def test_every_word_of_the_record_is_in_exactly_one_passage(
    pages: list[RawPage], kind: Kind, budget: int
) -> None:
    parsed = assemble(pages, media_type="text/plain")
    passages = segment("d", parsed, kind, _words, budget)
    covered = [0] * len(parsed.text)
    for passage in passages:
        for i in range(passage.span.start, passage.span.end):
            covered[i] += 1
    assert max(covered, default=0) <= 1
    for block in _outside(parsed):
        words = block.span.of(parsed.text)
        inside = [covered[i] for i in range(block.span.start, block.span.end)]
        missed = "".join(c for c, n in zip(words, inside, strict=True) if not n and c.isalnum())
        assert len(missed) <= 1, (words, missed)


@settings(deadline=None)
@given(_PAGES, st.sampled_from(list(Kind)), st.integers(8, 60))
def test_passages_stand_in_the_text_within_the_budget(
    pages: list[RawPage], kind: Kind, budget: int
) -> None:
    parsed = assemble(pages, media_type="text/plain")
    passages = segment("d", parsed, kind, _words, budget)
    assert [p.span for p in passages] == sorted(p.span for p in passages)
    for passage in passages:
        assert passage.span.of(parsed.text) == passage.text
        assert passage.text == passage.text.strip() != ""
        assert len(passage.text.split()) <= budget
        assert passage.id == f"d-{passage.span.start}-{passage.span.end}"
        assert 1 <= passage.pages[0] <= passage.pages[1] <= len(parsed.pages)
        assert passage.units
        for unit in passage.units:
            assert passage.span.start <= unit.start < unit.end <= passage.span.end
        if passage.lead_in:
            assert not passage.lead_in.overlaps(passage.span)


@settings(deadline=None)
@given(_PAGES, st.sampled_from(list(Kind)))
def test_furniture_is_in_no_passage(pages: list[RawPage], kind: Kind) -> None:
    parsed = assemble(pages, media_type="text/plain")
    furniture = [parsed.blocks[i].span for i in site_furniture(parsed.text, parsed.blocks)]
    for passage in segment("d", parsed, kind, _words, 50):
        assert not any(passage.span.overlaps(span) for span in furniture)


def test_a_long_list_carries_its_lead_in_to_every_part() -> None:
    items = [RawBlock(BlockKind.ITEM, f"{n}) That measure number {n} be taken.") for n in range(9)]
    lead = RawBlock(BlockKind.PARAGRAPH, "The following steps were planned:")
    parsed = assemble([RawPage([lead, *items])], media_type="text/plain")
    passages = segment("d", parsed, Kind.MINUTES, _words, 20)
    assert len(passages) > 2
    assert passages[0].text.startswith("The following steps were planned:")
    for passage in passages[1:]:
        assert passage.lead_in is not None
        assert passage.lead_in.of(parsed.text) == "The following steps were planned:"


def test_a_row_knows_the_headings_of_its_columns() -> None:
    rows = [
        RawBlock(BlockKind.ROW, "Directorate | 2024-25 | 2025-26", header=True),
        *(RawBlock(BlockKind.ROW, f"Service {n} | {n}.5 | {n}.7") for n in range(12)),
    ]
    parsed = assemble([RawPage(rows)], media_type="text/plain")
    *_, last = segment("d", parsed, Kind.REPORT, _words, 24)
    assert last.role == "table"
    assert last.lead_in is not None
    assert last.lead_in.of(parsed.text) == "Directorate | 2024-25 | 2025-26"


def test_one_word_longer_than_the_budget_is_cut_and_not_lost() -> None:
    def characters(texts: Sequence[str]) -> list[int]:
        return [len(text.replace(" ", "")) for text in texts]

    word = "x" * 95
    parsed = assemble([RawPage([RawBlock(BlockKind.PARAGRAPH, word)])], media_type="text/plain")
    passages = segment("d", parsed, Kind.OTHER, characters, 20)
    assert "".join(passage.text for passage in passages) == word
    assert max(len(passage.text) for passage in passages) <= 20
