"""HTML pages: the document's blocks, with the site's menus and controls set aside as furniture."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from bs4 import BeautifulSoup
from bs4.element import CData, NavigableString, PreformattedString, Tag

from indexer.errors import UnreadableFileError
from indexer.model import BlockKind, ParsedDocument
from indexer.parse.assemble import RawBlock, RawPage, assemble
from indexer.parse.encodings import decode_page
from indexer.parse.furniture import site_furniture
from indexer.parse.markers import (
    is_decision,
    plain_marker,
    read_marker,
    split_at_line_ends,
)

MEDIA_TYPE = "text/html"

_SITE = frozenset({"nav", "header", "footer", "aside", "form", "menu", "button", "dialog"})
_SITE_ROLES = frozenset({"navigation", "banner", "contentinfo", "search", "complementary", "menu"})
_UNSEEN = frozenset(
    "script style template noscript head iframe object svg math canvas audio video select option"
    " input textarea link meta".split()
)
_BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset"
    " figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr html legend li main menu nav ol p"
    " pre section summary table tbody td tfoot th thead tr ul".split()
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_LISTS = frozenset({"ul", "ol", "dir", "menu"})
_FEWEST_LINKS = 3


def parse_html(path: Path) -> ParsedDocument:
    """Read an HTML page. The title is the page's ``<title>`` or, failing that, its first ``<h1>``.

    Raises ``UnreadableFileError`` where the file is empty or holds no readable element.
    """
    data = path.read_bytes()
    if not data.strip(b"\x00\t\n\v\f\r \xef\xbb\xbf"):
        raise UnreadableFileError(
            "The file is empty.", "Check that it was downloaded in full, or remove it."
        )
    text, warnings = decode_page(data)
    soup = BeautifulSoup(text, "lxml")
    if soup.find(True) is None:
        raise UnreadableFileError(
            "The file is named like a web page but holds no HTML.",
            "Give it the ending of its real format, or save the page again from the browser.",
        )
    walker = _Walker()
    walker.walk(soup.body or soup)
    walker.flush()
    blocks = walker.blocks
    for index in _around(blocks):
        blocks[index] = RawBlock(BlockKind.FURNITURE, blocks[index].text)
    return assemble(
        [RawPage(blocks)], media_type=MEDIA_TYPE, title=_title(soup, blocks), warnings=warnings
    )


def _around(blocks: list[RawBlock]) -> set[int]:
    """Return the blocks that the site put around the document, by their words and place."""
    own = [i for i, block in enumerate(blocks) if block.kind is not BlockKind.FURNITURE]
    return {own[i] for i in site_furniture([blocks[i].text for i in own])}


def _title(soup: BeautifulSoup, blocks: list[RawBlock]) -> str | None:
    title = soup.title.get_text(" ").strip() if soup.title else ""
    headings = (b.text for b in blocks if b.kind is BlockKind.HEADING and b.level == 1)
    return title or next(headings, None)


class _Walker:
    """Walks the page in order, gathers running text, and closes a block at each block element."""

    def __init__(self) -> None:
        self.blocks: list[RawBlock] = []
        self._text: list[str] = []
        self._kind = BlockKind.PARAGRAPH
        self._level = 1
        self._lists = 0
        self._site = 0
        self._linked = 0

    def walk(self, element: Tag) -> None:
        """Take in everything under ``element``."""
        for child in element.children:
            if isinstance(child, Tag):
                self._enter(child)
            elif not isinstance(child, NavigableString):
                continue
            elif isinstance(child, CData) or not isinstance(child, PreformattedString):
                self._text.append(_spaced(child))

    def flush(self) -> None:
        """Close the block at hand."""
        text = "".join(self._text)
        self._text.clear()
        if self._kind is BlockKind.HEADING:
            text = text.replace("\n", " ")
        for part in split_at_line_ends(text):
            self._put(part)

    def _enter(self, tag: Tag) -> None:
        name = tag.name.lower()
        if name in _UNSEEN or _is_hidden(tag):
            return
        if name == "br":
            self._text.append("\n")
        elif name == "img":
            self._text.append(" ")
        elif name == "table" and not _is_layout(tag):
            self.flush()
            self._table(tag)
        elif name in _BLOCKS:
            self.flush()
            self._block(tag, name)
            self.flush()
        else:
            self.walk(tag)

    def _block(self, tag: Tag, name: str) -> None:
        """Walk a block element; what it says of kind and depth holds until its end."""
        before = self._kind, self._level, self._lists, self._site
        if name in _LISTS:
            self._lists += 1
        if _is_site(tag, name) or (name in _LISTS | {"div", "p", "table"} and _is_menu(tag)):
            self._site += 1
        if name in _HEADINGS:
            self._kind, self._level = BlockKind.HEADING, _HEADINGS[name]
        elif name in {"li", "dd"}:
            self._kind, self._level = BlockKind.ITEM, max(1, self._lists)
        elif name == "dt":
            self._kind = BlockKind.PARAGRAPH
        self.walk(tag)
        self.flush()
        self._kind, self._level, self._lists, self._site = before

    def _put(self, text: str) -> None:
        if self._site:
            self.blocks.append(RawBlock(BlockKind.FURNITURE, text))
        elif self._kind is BlockKind.PARAGRAPH and read_marker(text) and not is_decision(text):
            self.blocks.append(RawBlock(BlockKind.ITEM, plain_marker(text)))
        else:
            self.blocks.append(RawBlock(self._kind, text, self._level))

    def _table(self, table: Tag) -> None:
        caption = table.find("caption")
        if isinstance(caption, Tag):
            self._put(caption.get_text(" ", strip=True))
        rows = list(_rows(table))
        opened = False
        for index, row in enumerate(rows):
            cells = row.find_all(["td", "th"], recursive=False)
            texts = [re.sub(r"\s+", " ", _cell_text(cell)).strip() for cell in cells]
            if not any(texts):
                continue
            if self._site or _is_menu(table):
                self.blocks.append(RawBlock(BlockKind.FURNITURE, " | ".join(texts)))
                continue
            header = index == 0 and len(rows) > 1 and _is_header(row, cells)
            self.blocks.append(
                RawBlock(BlockKind.ROW, " | ".join(texts), header=header, opens=not opened)
            )
            opened = True


def _spaced(text: NavigableString) -> str:
    """Return text of the page with its own line ends as spaces: only elements end a line."""
    return re.sub(r"[ \t\r\n\f\v\u2028\u2029\u0085]+", " ", str(text))


def _cell_text(cell: Tag) -> str:
    for line_end in cell.find_all("br"):
        line_end.replace_with(" ")
    return cell.get_text(" ") if cell.find(["p", "div", "li"]) else cell.get_text("")


def _rows(table: Tag) -> Iterator[Tag]:
    """Yield the rows of this table, and not those of tables within it."""
    for row in table.find_all("tr"):
        if row.find_parent("table") is table:
            yield row


def _is_header(row: Tag, cells: list[Tag]) -> bool:
    parent = row.parent
    return (parent is not None and parent.name == "thead") or all(c.name == "th" for c in cells)


def _is_layout(table: Tag) -> bool:
    """Say whether a table only places parts of the page: it holds tables, or one cell a row."""
    if str(table.get("role", "")) == "presentation" or table.find("table") is not None:
        return True
    widest = max((len(r.find_all(["td", "th"], recursive=False)) for r in _rows(table)), default=0)
    return widest < 2 or table.find(["h1", "h2", "h3", "ul", "ol"]) is not None


def _is_hidden(tag: Tag) -> bool:
    style = str(tag.get("style", "")).replace(" ", "").lower()
    return "display:none" in style or tag.has_attr("hidden")


def _is_site(tag: Tag, name: str) -> bool:
    """Say whether an element is by its name or role no part of the document.

    A header or footer within an article is the document's own.
    """
    if name in {"header", "footer"}:
        return tag.find_parent(["article", "main", "section"]) is None
    return name in _SITE or str(tag.get("role", "")).lower() in _SITE_ROLES


def _is_menu(tag: Tag) -> bool:
    """Say whether nearly all the text of an element, in three links or more, is links."""
    links = tag.find_all("a", href=True)
    if len(links) < _FEWEST_LINKS or tag.find(["h1", "h2", "h3"]) is not None:
        return False
    linked = sum(_letters(link.get_text()) for link in links)
    return linked >= 0.85 * max(1, _letters(tag.get_text()))


def _letters(text: str) -> int:
    return sum(not c.isspace() for c in text)
