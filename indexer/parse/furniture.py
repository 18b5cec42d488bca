"""What stands on the page and is no part of the document: page numbers, running heads, menus."""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.parse.markers import ends_sentence

_PAGE_NUMBER = re.compile(
    r"[\s*_|–—-]*(?:page\s*)?(?:\d{1,4}|[ivxl]{1,6})(?:\s*(?:of|/)\s*\d{1,4})?[\s*_|–—.-]*", re.I
)
_ALPHABET_MENU = re.compile(r"(?:[A-Z](?:\s+|\s*[|·]\s*)){8,}[A-Z]?")
_CAPTION = re.compile(
    r"(?:supporting documents|related documents|similar documents|related pages|bookmark this page"
    r"|share this page|print this page|back to top|skip to (?:main )?content|you are here"
    r"|accept (?:all )?cookies|cookie (?:settings|preferences|policy))\s*:?(?:\s*(?:none|home))?",
    re.I,
)
_PRINTERS_MARK = re.compile(
    r"(?:this (?:pdf|document|file) (?:was|is) )?"
    r"(?:created|produced|generated|printed|converted) (?:with|by|using) .*pdf.*"
    r"(?:www\.|https?:|regist|trial|evaluation|demo|printer|version|software).*",
    re.I,
)
_LONGEST_MARK = 160
_LIST_CAPTION = re.compile(r"(?:similar|related|recommended|more) (?:documents?|pages?)\s*:?", re.I)
_END_OF_LIST = re.compile(
    r"(?:transcription|transcript|minutes|text|summary|description)\s*:", re.I
)
_EDGE_LINES = 4
_FEWEST_PAGES = 3
_MOST_LINKS = 40


def is_page_number(text: str) -> bool:
    """Say whether a line holds nothing but a page's number."""
    return bool(_PAGE_NUMBER.fullmatch(text)) and len(text) <= 24


def is_alphabet_menu(text: str) -> bool:
    """Say whether a line is an index of letters from a web page: A B C D …"""
    return bool(_ALPHABET_MENU.fullmatch(text.strip()))


def is_caption(text: str) -> bool:
    """Say whether a line is the caption of a web page's own controls."""
    return bool(_CAPTION.fullmatch(text.strip()))


def repeated_lines(pages: Sequence[Sequence[str]]) -> set[tuple[int, int]]:
    """Return (page, line) of the lines at the pages' edges that come back from page to page.

    Numbers count as equal. A line has to stand among the first or last four of its page, and so
    on at least three pages and on two in five of them (so that odd and even pages may differ). Of
    two pages only, the very first and the very last lines count.
    """
    places: dict[tuple[bool, str], list[tuple[int, int]]] = {}
    for number, lines in enumerate(pages):
        for index in _edges(len(lines)):
            key = re.sub(r"\d+", "#", re.sub(r"\s+", " ", lines[index])).strip().lower()
            if key:
                top = index < len(lines) / 2
                places.setdefault((top, key), []).append((number, index))
    filled = sum(1 for lines in pages if lines)
    if filled == 2:
        return _outermost(pages)
    needed = max(_FEWEST_PAGES, 0.4 * filled)
    found: set[tuple[int, int]] = set()
    for (_, key), spots in places.items():
        if len({page for page, _ in spots}) >= needed and _may_repeat(key):
            found.update(spots)
    return _connected(found, pages)


def page_number_lines(pages: Sequence[Sequence[str]]) -> set[tuple[int, int]]:
    """Return (page, line) of first and last lines that count the pages in step with them."""
    spots: dict[int, list[tuple[int, int]]] = {}
    for number, lines in enumerate(pages):
        for index in {0, len(lines) - 1} if lines else set():
            value = re.search(r"\d+", lines[index])
            if value and is_page_number(lines[index]):
                spots.setdefault(int(value.group()) - number, []).append((number, index))
    found: set[tuple[int, int]] = set()
    for offset, where in spots.items():
        if len(where) > 1 or offset == 1:
            found.update(where)
    return found


def printers_marks(pages: Sequence[Sequence[str]]) -> set[tuple[int, int]]:
    """Return (page, line) of what a program that wrote the file says of itself at pages' edges."""
    return {
        (number, index)
        for number, lines in enumerate(pages)
        for index in _edges(len(lines))
        if len(lines[index]) <= _LONGEST_MARK and _PRINTERS_MARK.fullmatch(lines[index].strip())
    }


def site_furniture(texts: Sequence[str]) -> set[int]:
    """Return which of a web page's ``texts``, in order, the page put around the document.

    That is an index of letters and the breadcrumb under it, captions of the page's controls with
    the links under them at the end, and a list of other documents up to the label that ends it.
    """
    found: set[int] = set()
    for i, text in enumerate(texts):
        if i in found:
            continue
        if is_alphabet_menu(text):
            found.update(range(i, i + 1 + _breadcrumb(texts, i + 1)))
        elif _LIST_CAPTION.fullmatch(text.strip()):
            found.update(range(i, _end_of_list(texts, i)))
        elif is_caption(text):
            found.update(range(i, i + 1 + _trailing_links(texts, i + 1)))
    return found


def _outermost(pages: Sequence[Sequence[str]]) -> set[tuple[int, int]]:
    """Return the first and last lines of two pages up to one that is not the same on both.

    Page numbers, which count on, may stand among them.
    """
    first, second = (number for number, lines in enumerate(pages) if lines)
    shorter = min(len(pages[first]), len(pages[second]))
    found: set[tuple[int, int]] = set()
    for order in (range(_EDGE_LINES), range(-1, -_EDGE_LINES - 1, -1)):
        for at in list(order)[: shorter - 1]:
            one, other = pages[first][at], pages[second][at]
            same = one == other and _may_repeat(one.lower())
            if not (same or _counts_on(one, other)):
                break
            found |= {(page, at % len(pages[page])) for page in (first, second)}
    return found


def _counts_on(line: str, below: str) -> bool:
    """Say whether two lines are the numbers of a page and of the next."""
    if not (is_page_number(line) and is_page_number(below)):
        return False
    one, other = (re.search(r"\d+", text) for text in (line, below))
    return bool(one and other and int(other.group()) == int(one.group()) + 1)


def _edges(count: int) -> list[int]:
    if count <= 2 * _EDGE_LINES:
        return list(range(count))
    return [*range(_EDGE_LINES), *range(count - _EDGE_LINES, count)]


def _may_repeat(key: str) -> bool:
    """Leave out what minutes say again and again: a sentence, a bare marker."""
    return len(key) <= 240 and bool(re.search(r"[^\W\d_]{3}", key)) and not key.endswith((";", ":"))


def _connected(found: set[tuple[int, int]], pages: Sequence[Sequence[str]]) -> set[tuple[int, int]]:
    """Keep the lines that reach the page's edge with nothing but furniture between."""
    kept: set[tuple[int, int]] = set()
    for number, lines in enumerate(pages):
        for order in (range(len(lines)), range(len(lines) - 1, -1, -1)):
            for index in order:
                if (number, index) in found:
                    kept.add((number, index))
                elif not is_page_number(lines[index]):
                    break
    return kept


def _breadcrumb(texts: Sequence[str], at: int) -> int:
    """Count the short lines after a menu, down to the page's own first title."""
    if at + 1 >= len(texts):
        return 0
    here, after = texts[at], texts[at + 1]
    short = len(here) < 60 and not ends_sentence(here) and not here.isupper()
    return int(short and len(after) < 80 and not ends_sentence(after))


def _end_of_list(texts: Sequence[str], start: int) -> int:
    """Return where a list of other documents ends: at the label that opens the text itself.

    Without such a label only the caption counts: better to keep a list than to lose a document.
    """
    for i in range(start + 1, len(texts)):
        if _END_OF_LIST.fullmatch(texts[i].strip()):
            label_is_site = not texts[i].strip().lower().startswith("minutes")
            return i + int(label_is_site)
    return start + 1


def _trailing_links(texts: Sequence[str], at: int) -> int:
    """Count the short texts from ``at`` to the end: file names and sizes, links of the site."""
    rest = texts[at : at + _MOST_LINKS + 1]
    links = all(len(text) < 120 and not ends_sentence(text) for text in rest)
    return len(rest) if links and len(rest) <= _MOST_LINKS else 0
