"""Where the papers of a pack begin: along its outline, else by their first pages.

A file is left whole unless it is plainly a pack: at least two papers, each beginning on a page of
its own, on most of the file's pages.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from indexer.model import OutlineEntry, ParsedDocument
from indexer.packs.openings import (
    Opening,
    Sheet,
    is_agenda,
    names_a_meeting,
    names_a_pack,
    openings,
    says_pack,
    sheets_of,
)

_PAGED = "application/pdf"
_FEWEST_PAPERS = 2
_OWN_PAGES = 0.75
_LOOKS = 0.5
_LEADING_SHARE = 0.5
_LAST_OF_A_FRONT = 3
_FILE = re.compile(r"\.(?:pdf|docx?|xlsx?|pptx?|od[tsp]|rtf)$", re.I)
_FRONT = re.compile(
    r"^(?:\d+[a-z]?[ ._-]*)?(?:public |the )?"
    r"(?:agenda(?! item)|(?:agenda )?front ?sheet|summons|notice of meeting)\b",
    re.I,
)
_ITEM = re.compile(r"^(?:agenda )?(?:item )?\d{1,3}[a-z]?[.:)]?\s+\S", re.I)
_PAPER = re.compile(
    r"\b(?:minutes|agenda|appendix|appendices|annex|enclosure|encl?|report|reports|update|paper|"
    r"briefing|presentation|supplement|addendum|terms of reference|motion|amendment)\b",
    re.I,
)
_ATTACHED = re.compile(r"\b(?:appendix|annexe?|enclosure|encl?|attachment|minutes)\b", re.I)
_ANNEXED = re.compile(r"(?:appendix|annexe?|enclosure|encl?|attachment)\b", re.I)
_BARE = re.compile(r"^(?:appendix|annexe?|enclosure|encl?|attachment)\.?(?:\s+\w{1,4})?$", re.I)


@dataclass(frozen=True, slots=True)
class Start:
    """The page on which a part begins, and what its paper is called where something says so."""

    page: int
    title: str | None = None
    front: bool = False
    """True where no paper begins but the pack itself: its cover and agenda."""


def starts_in(parsed: ParsedDocument) -> list[Start]:
    """Return where the parts begin, the first at page 1; nothing for a file that is no pack."""
    if parsed.media_type != _PAGED or len(parsed.pages) <= _FEWEST_PAPERS - 1:
        return []
    sheets = sheets_of(parsed)
    opened = openings(sheets)
    papers = _by_outline(parsed, sheets, opened) or _by_first_pages(opened)
    leading = papers[0].page - 1 if papers else 0
    if len(papers) < _FEWEST_PAPERS or leading > _LEADING_SHARE * len(parsed.pages):
        return []
    return ([Start(1, front=True)] if leading else []) + papers


def _by_first_pages(opened: Sequence[Opening]) -> list[Start]:
    return [Start(opening.page, opening.title) for opening in opened]


def _by_outline(
    parsed: ParsedDocument, sheets: Sequence[Sheet], opened: Sequence[Opening]
) -> list[Start]:
    """Return the papers that the outline names, or nothing where it is one of sections."""
    entries = _level_of_papers(parsed.outline)
    front = _front(entries, sheets)
    papers = [entry for entry in entries if front is None or entry.page > front.page]
    pages = [entry.page for entry in papers]
    if pages != sorted(pages) or len(set(pages)) < _OWN_PAGES * len(pages):
        return []
    named_pack = names_a_pack(sheets[0]) or says_pack(parsed.title)
    by_title = front is not None or named_pack
    pages_opened = {opening.page for opening in opened}
    looking = [entry for entry in papers if _looks(entry, pages_opened, by_title=by_title)]
    enough = named_pack or len(looking) >= max(_FEWEST_PAPERS, _LOOKS * len(papers))
    return _starts(parsed.outline, papers) if enough and papers else []


def _level_of_papers(outline: Sequence[OutlineEntry]) -> list[OutlineEntry]:
    """Return the entries of the outermost level that has more than one."""
    for level in sorted({entry.level for entry in outline}):
        entries = [entry for entry in outline if entry.level == level]
        if len(entries) >= _FEWEST_PAPERS:
            return entries
    return []


def _front(entries: Sequence[OutlineEntry], sheets: Sequence[Sheet]) -> OutlineEntry | None:
    """Return the entry of the meeting's agenda, where the file begins with one."""
    first = entries[0] if entries else None
    if first is None or first.page > _LAST_OF_A_FRONT:
        return None
    sheet = sheets[first.page - 1]
    titled = _FRONT.search(first.title) is not None and names_a_meeting(sheet)
    return first if titled or is_agenda(sheet) else None


def _looks(entry: OutlineEntry, opened: set[int], *, by_title: bool) -> bool:
    """Say whether an entry is a paper's; its words alone say so only behind an agenda."""
    if entry.page in opened or _FILE.search(entry.title):
        return True
    return by_title and bool(_ITEM.search(entry.title) or _PAPER.search(entry.title))


def _starts(outline: Sequence[OutlineEntry], papers: Sequence[OutlineEntry]) -> list[Start]:
    """Return one start for each page that a paper, or what is attached to one, begins on."""
    level = papers[0].level
    wanted = set(papers)
    starts: dict[int, Start] = {}
    above: OutlineEntry | None = None
    for entry in outline:
        if entry in wanted or _is_attached(entry, level):
            title = f"{above.title}: {entry.title}" if above and _bare(entry) else entry.title
            starts.setdefault(entry.page, Start(entry.page, _FILE.sub("", title)))
        if entry in wanted and not _ANNEXED.match(entry.title):
            above = entry
    return [starts[page] for page in sorted(starts) if page >= papers[0].page]


def _is_attached(entry: OutlineEntry, level: int) -> bool:
    return entry.level == level + 1 and _ATTACHED.search(entry.title) is not None


def _bare(entry: OutlineEntry) -> bool:
    return _BARE.match(entry.title) is not None
