"""HTML pages: the document's blocks, with the site's menus and controls set aside as furniture."""

from __future__ import annotations

import re
from pathlib import Path

from bs4 import BeautifulSoup
from bs4.element import CData, NavigableString, PreformattedString, Tag

from indexer.errors import UnreadableFileError
from indexer.model import BlockKind, ParsedDocument
from indexer.parse.assemble import RawBlock, RawPage, assemble
from indexer.parse.encodings import decode_page
from indexer.parse.furniture import site_furniture
from indexer.parse.html_lists import Counter, counter_of
from indexer.parse.html_site import Site, has_inside
from indexer.parse.html_tables import is_title, table_parts
from indexer.parse.markers import (
    ends_sentence,
    is_decision,
    plain_marker,
    read_marker,
    split_at_line_ends,
)
from indexer.parse.number_forms import raised
from indexer.parse.tables import BULLET, row_blocks

MEDIA_TYPE = "text/html"

_BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset"
    " figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr html legend li main menu nav ol p"
    " pre search section summary table tbody td tfoot th thead tr ul".split()
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_LISTS = frozenset({"ul", "ol", "dir", "menu"})
_MEETING = re.compile(r"Meeting of .{3,200}?\b(?:19|20)\d\d\b", re.I)
_FILE = re.compile(r"\.(?:pdf|docx?|xlsx?|pptx?|odt|ods|rtf|csv|zip)(?:[?#]|$)", re.I)
_FILE_CAPTION = re.compile(
    r"(?:supporting|accompanying|additional|background|attached|related|linked) "
    r"(?:documents?|papers|files|publications)\s*:?",
    re.I,
)
_SIZE = re.compile(r"\s*\(?\b(?:PDF|DOCX?|XLSX?|PPTX?)\b,?\s*[\d.,]+ ?[KM]B\)?$")
_COPYRIGHT = re.compile(r"(?:©|\(c\)|copyright\b).{0,160}$", re.I)
_DEEPEST, _LAST_BLOCKS = 120, 3
_LONGEST_TERM, _LONGEST_MEANING, _LONGEST_TITLE = 80, 200, 220


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
    root = soup.body or soup
    walker = _Walker(Site(root))
    walker.walk(root)
    walker.flush()
    blocks = walker.blocks
    for index in _around(blocks) | _lists_of_files(blocks, walker.files) | _closing(blocks):
        blocks[index] = RawBlock(BlockKind.FURNITURE, blocks[index].text)
    return assemble(
        [RawPage(blocks)], media_type=MEDIA_TYPE, title=_title(soup, blocks), warnings=warnings
    )


def _around(blocks: list[RawBlock]) -> set[int]:
    """Return the blocks that the site put around the document, by their words and place."""
    own = [i for i, block in enumerate(blocks) if block.kind is not BlockKind.FURNITURE]
    return {own[i] for i in site_furniture([blocks[i].text for i in own])}


def _closing(blocks: list[RawBlock]) -> set[int]:
    """Return the notice of copyright at the page's end."""
    last = range(max(0, len(blocks) - _LAST_BLOCKS), len(blocks))
    return {i for i in last if _COPYRIGHT.match(blocks[i].text.strip()) and i > 0}


def _lists_of_files(blocks: list[RawBlock], files: set[int]) -> set[int]:
    """Return the captions over lists of files to fetch, and those lists."""
    found: set[int] = set()
    for i, block in enumerate(blocks):
        if _FILE_CAPTION.fullmatch(block.text.strip()):
            end = i + 1
            while end < len(blocks) and end in files:
                end += 1
            found |= set(range(i, end)) if end > i + 1 else set()
    return found


def _title(soup: BeautifulSoup, blocks: list[RawBlock]) -> str | None:
    title = soup.title.get_text(" ").strip() if soup.title else ""
    headings = (b.text for b in blocks if b.kind is BlockKind.HEADING and b.level == 1)
    return title or next(headings, None)


class _Walker:
    """Walks the page in order, gathers running text, and closes a block at each block element."""

    def __init__(self, site: Site, *, within: int = 0, depth: int = 0) -> None:
        self.blocks: list[RawBlock] = []
        self.files: set[int] = set()
        """The blocks that are links to files."""
        self._page = site
        self._text: list[str] = []
        self._kind = BlockKind.PARAGRAPH
        self._level = 1
        self._counters: list[Counter] = []
        self._site = within
        self._depth = depth
        self._cells = 0
        self._number = ""
        self._raised = self._kept = False
        self._file_letters = 0
        self._term: int | None = None
        self._met = False

    def walk(self, element: Tag) -> None:
        """Take in everything under ``element``; of what is nested too deeply, only the words."""
        self._depth += 1
        for child in element.children:
            if isinstance(child, Tag) and self._depth > _DEEPEST:
                self._say(child.get_text(" "))
            elif isinstance(child, Tag):
                self._enter(child)
            elif not isinstance(child, NavigableString):
                continue
            elif isinstance(child, CData) or not isinstance(child, PreformattedString):
                self._say(str(child))
        self._depth -= 1

    def flush(self) -> None:
        """Close the block at hand."""
        if not self._text:
            return
        text = "".join(self._text)
        self._text.clear()
        letters = sum(not c.isspace() for c in _SIZE.sub("", text.rstrip()))
        is_file = self._file_letters >= 0.5 * max(1, letters)
        self._file_letters = 0
        if self._kind is BlockKind.HEADING:
            text = _SIZE.sub("", text.replace("\n", " "))
        for part in _lines(text):
            if is_file:
                self.files.add(len(self.blocks))
            self._put(part)

    def _say(self, text: str) -> None:
        said = text if self._kept else _spaced(text)
        self._text.append(raised(said) if self._raised else said)

    def _enter(self, tag: Tag) -> None:
        name = tag.name.lower()
        if self._page.is_unseen(tag):
            return
        if name == "br":
            self._text.append("\n")
        elif name == "img":
            self._text.append(" ")
        elif name == "table":
            self.flush()
            self._table(tag)
        elif name in _BLOCKS:
            self.flush()
            self._block(tag, name)
        else:
            self._inline(tag, name)

    def _inline(self, tag: Tag, name: str) -> None:
        site, raised, start = self._site, self._raised, len(self._text)
        if name == "sup" and not tag.get_text().strip(" 0123456789[]()*"):
            self._raised = True
        if name == "span" and self._page.is_site(tag, name):
            self.flush()
            self._site += 1
        self.walk(tag)
        if name == "a" and _FILE.search(str(tag.get("href", ""))):
            self._file_letters += sum(not c.isspace() for c in "".join(self._text[start:]))
        if self._site != site:
            self.flush()
        self._site, self._raised = site, raised

    def _block(self, tag: Tag, name: str) -> None:
        """Walk a block element; what it says of kind and depth holds until its end."""
        before = self._kind, self._level, self._site, self._kept
        self._open(tag, name)
        if name in _LISTS:
            self._counters.append(counter_of(tag, name))
        if self._page.is_site(tag, name):
            self._site += 1
        if name == "dd" and self._defines(tag):
            self._define(tag)
        else:
            self.walk(tag)
        self.flush()
        if name in _LISTS:
            self._counters.pop()
        if name == "dt" and self.blocks:
            self._term = len(self.blocks) - 1
        self._kind, self._level, self._site, self._kept = before

    def _open(self, tag: Tag, name: str) -> None:
        if name in _HEADINGS:
            self._kind, self._level = BlockKind.HEADING, _HEADINGS[name]
        elif name in {"li", "dd"}:
            self._kind, self._level = BlockKind.ITEM, max(1, len(self._counters))
            if name == "li" and self._counters:
                self._number = self._counters[-1].next(tag)
        elif name == "dt":
            self._kind = BlockKind.PARAGRAPH
        elif name in {"p", "div"} and self._titles(tag):
            self._kind, self._level = BlockKind.HEADING, 4
        self._kept = self._kept or name == "pre"

    def _titles(self, tag: Tag) -> bool:
        """Say whether a paragraph is a title by its class and by its length."""
        if not is_title(tag) or has_inside(tag, _BLOCKS):
            return False
        text = tag.get_text(" ").strip()
        return len(text) < _LONGEST_TITLE and not ends_sentence(text)

    def _defines(self, meaning: Tag) -> bool:
        """Say whether a term and what follows it are short enough to be one line of a list."""
        if self._term is None or self._term != len(self.blocks) - 1:
            return False
        short = self._page.letters(meaning) <= _LONGEST_MEANING
        return short and not has_inside(meaning, _BLOCKS) and not self._site

    def _define(self, meaning: Tag) -> None:
        term, text = self.blocks[-1].text.strip(), self._flat(meaning)
        if text and len(term) <= _LONGEST_TERM:
            joined = f"{term} {text}" if term.endswith((":", "?")) else f"{term} | {text}"
            kind = BlockKind.PARAGRAPH if term.endswith((":", "?")) else BlockKind.ROW
            self.blocks[-1] = RawBlock(kind, joined)
        elif text:
            self.blocks.append(RawBlock(BlockKind.ITEM, text))

    def _flat(self, tag: Tag) -> str:
        """Return the words of a cell or a meaning on one line."""
        inner = _Walker(self._page, within=self._site, depth=self._depth)
        inner.walk(tag)
        inner.flush()
        several = len(inner.blocks) > 1
        texts = (
            BULLET + block.text
            if several and block.kind is BlockKind.ITEM and not read_marker(block.text)
            else block.text
            for block in inner.blocks
        )
        return " ".join(" ".join(texts).split())

    def _put(self, text: str) -> None:
        number, self._number = self._number, ""
        if self._site and not self._is_the_meeting(text):
            self.blocks.append(RawBlock(BlockKind.FURNITURE, number + text))
        elif self._kind is BlockKind.PARAGRAPH and read_marker(text) and not is_decision(text):
            self._put_marked(text)
        else:
            kind = BlockKind.PARAGRAPH if self._site else self._kind
            own = "" if number and read_marker(text) else number
            self.blocks.append(RawBlock(kind, own + text, self._level))

    def _put_marked(self, text: str) -> None:
        """Write an item; a number alone in its cell belongs to what stands beside it."""
        marker = read_marker(text)
        alone = marker is not None and marker.length >= len(text) and not marker.is_bullet
        if alone and self._cells:
            self._leave_number()
            self._number = f"{text} "
        else:
            self.blocks.append(RawBlock(BlockKind.ITEM, plain_marker(text)))

    def _is_the_meeting(self, text: str) -> bool:
        """Say whether this is the line, though a link, that tells which meeting it was, once."""
        if self._met or not _MEETING.match(text):
            return False
        self._met = True
        return True

    def _table(self, table: Tag) -> None:
        site = self._site
        caption = table.find("caption", recursive=False)
        if isinstance(caption, Tag) and not self._page.is_unseen(caption):
            self._put(self._flat(caption))
        self._site += self._page.is_site(table, "table")
        for part in table_parts(table, self._page, self._flat):
            self._cells += 1
            for cell in part.cells:
                self._block(cell, "div")
            self._cells -= 1
            self._leave_number()
            for block in row_blocks(part.rows):
                lone = len(part.rows) == 1 and part.rows[0].header
                block.kind = BlockKind.FURNITURE if self._site or lone else block.kind
                self.blocks.append(block)
        self._site = site

    def _leave_number(self) -> None:
        """Write a number that nothing stands beside after all."""
        if self._number.strip():
            self.blocks.append(RawBlock(BlockKind.ITEM, self._number.strip()))
            self._number = ""


def _lines(text: str) -> list[str]:
    """Part text at its line ends; one that begins with a list marker is a line of its own."""
    parts: list[str] = []
    run: list[str] = []
    for line in text.split("\n"):
        if run and read_marker(line.strip()):
            parts += split_at_line_ends("\n".join(run))
            run = []
        run.append(line)
    return parts + split_at_line_ends("\n".join(run))


def _spaced(text: str) -> str:
    """Return text of the page with its own line ends as spaces: only elements end a line."""
    return re.sub(r"[ \t\r\n\f\v\u2028\u2029\u0085]+", " ", text)
