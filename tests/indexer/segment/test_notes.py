"""Notes beside the record: a role of their own, the section they belong to, and no floor taken."""

from __future__ import annotations

from indexer.model import BlockKind, Kind, ParsedDocument, Role
from indexer.parse.assemble import RawBlock, RawPage, assemble
from indexer.segment.structure import units_of

_DECK = "application/vnd.openxmlformats-officedocument.presentationml.presentation"


def _units(parsed: ParsedDocument, kind: Kind) -> list[tuple[str, Role, tuple[str, ...]]]:
    return [(u.span.of(parsed.text), u.role, u.section) for u in units_of(parsed, kind)]


def _heading(text: str) -> RawBlock:
    return RawBlock(BlockKind.HEADING, text)


def _note(text: str) -> RawBlock:
    return RawBlock(BlockKind.NOTE, text)


def _said(text: str) -> RawBlock:
    return RawBlock(BlockKind.PARAGRAPH, text)


def test_a_speakers_note_is_a_note_in_the_section_of_its_slide() -> None:
    pages = [
        RawPage([_heading("Next steps"), _said("A plan is due."), _note("It may slip. Say so.")]),
        RawPage([_said("There is no title on this slide."), _note("Pause here.")]),
    ]
    found = _units(assemble(pages, media_type=_DECK), Kind.SLIDES)
    assert found[2:4] == [
        ("It may slip.", Role.NOTE, ("Next steps",)),
        ("Say so.", Role.NOTE, ("Next steps",)),
    ]
    assert found[4][2] == ()
    assert found[5] == ("Pause here.", Role.NOTE, ())


def test_a_footnote_neither_ends_a_list_nor_takes_the_floor() -> None:
    blocks = [
        _said("RESOLVED:-"),
        RawBlock(BlockKind.ITEM, "a) that the report be noted;"),
        _note("It was agreed in March that this would be so."),
        RawBlock(BlockKind.ITEM, "b) that it be sent on."),
    ]
    found = _units(assemble([RawPage(blocks)], media_type="text/plain"), Kind.MINUTES)
    assert [role for _, role, _ in found] == [
        Role.RESOLUTION,
        Role.RESOLUTION,
        Role.NOTE,
        Role.RESOLUTION,
    ]


def test_the_next_page_of_a_document_without_slides_is_in_the_same_section() -> None:
    pages = [RawPage([_heading("Costs"), _said("They rose.")]), RawPage([_said("They fell.")])]
    found = _units(assemble(pages, media_type="application/pdf"), Kind.MINUTES)
    assert found[-1] == ("They fell.", Role.REPORT, ("Costs",))


def test_the_labels_of_a_sites_pages_are_no_sections() -> None:
    blocks = [
        _heading("Decision details"),
        _heading("Nursing contract"),
        _said("The contract is awarded."),
        _said("Accompanying documents:"),
        RawBlock(BlockKind.ITEM, "Report PDF 2 MB"),
        _heading("Decisions of the board"),
        _said("There were none."),
    ]
    found = _units(assemble([RawPage(blocks)], media_type="text/html"), Kind.OTHER)
    assert [text for text, _, _ in found] == [
        "Nursing contract",
        "The contract is awarded.",
        "Decisions of the board",
        "There were none.",
    ]
