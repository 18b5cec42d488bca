"""Word documents: the body in its order, with headings, lists and tables as the file marks them."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import docx
from docx.opc.exceptions import OpcError

from indexer.errors import UnreadableFileError
from indexer.model import BlockKind, ParsedDocument
from indexer.parse.assemble import RawBlock, assemble
from indexer.parse.docx_styles import Place, Styles, loses_its_end
from indexer.parse.docx_tables import table_parts
from indexer.parse.docx_text import (
    Piece,
    W,
    Words,
    children,
    drop_stand_ins,
    is_on,
    notes_in,
    words_of,
)
from indexer.parse.graphics import graphic_blocks, part_of, read_xml
from indexer.parse.headings import classify
from indexer.parse.lines import Group, Line, Measure, lines_to_pages
from indexer.parse.markers import ends_clause, ends_sentence, plain_marker, split_at_line_ends
from indexer.parse.package import BROKEN, check_package, damaged
from indexer.parse.tables import row_blocks
from indexer.parse.titles import borne_out

if TYPE_CHECKING:
    from docx.document import Document
    from docx.opc.part import Part
    from lxml.etree import _Element as Element

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

_BROKEN: tuple[type[Exception], ...] = (OpcError, *BROKEN)
_LONGEST_HEADING, _LONGEST_SENTENCE = 250, 110
_LONGEST_LABEL = 5
_LONGEST_CAPTION, _CAPTION_LEVEL = 100, 3
_LEAD_IN = re.compile(
    r"\b(?:that|to|by|for|of|are|is|was|were|includ(?:e|es|ed|ing)|follow(?:s|ing))\s*:$", re.I
)
_WRAPPERS = frozenset(
    f"{W}{name}" for name in "sdt sdtContent ins moveTo customXml smartTag".split()
)
_CHANGES = tuple(f"{W}{name}" for name in ("ins", "del", "moveFrom", "moveTo"))
_HIDDEN = "Hidden text was left out."
_CHANGED = (
    "The file holds tracked changes: what was inserted was read as part of the text, "
    "what was deleted was not."
)
_ATTACHED = "A document that is embedded in this one was left out; index it as a file of its own."


def parse_docx(path: Path) -> ParsedDocument:
    """Read a Word document. It has one page: where its pages turn is for the printer to say.

    Raises ``UnreadableFileError`` where the file is empty, locked, damaged or something else.
    """
    check_package(path, "docx")
    document = _open(path)
    drop_stand_ins(document.element.body)
    reader = _Reader(document)
    own = _first_page(document)
    if own is not None:
        reader.walk(own)
    reader.walk(document.element.body)
    reader.end()
    lines = [*_furniture(document, "header"), *reader.lines, *_furniture(document, "footer")]
    page = lines_to_pages([lines], Measure(None))[0]
    body = "\n".join(line.text for line in lines)
    return assemble(
        [page],
        media_type=MEDIA_TYPE,
        title=borne_out(document.core_properties.title, body),
        warnings=sorted(reader.warnings),
    )


def _open(path: Path) -> Document:
    try:
        return docx.Document(str(path))
    except _BROKEN:
        if _is_template(path):
            raise UnreadableFileError(
                "The file is a Word template or is saved in the strict form of Open XML.",
                "Save it as a Word document (DOCX) and index that.",
            ) from None
        raise damaged() from None


def _is_template(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as package:
            types = package.read("[Content_Types].xml")
            if b"template.main+xml" in types or b"macroEnabled" in types:
                return True
            with package.open("word/document.xml") as body:
                return b"purl.oclc.org/ooxml" in body.read(4096)
    except BROKEN:
        return False


class _Reader:
    """Walks through the body and writes down a line for each paragraph and row."""

    def __init__(self, document: Document) -> None:
        self.lines: list[Line] = []
        self.warnings: set[str] = set()
        self._document = document
        self._styles = Styles(_root(document, "styles"), _root(document, "numbering"))
        self._styles.number(document.element.body)
        self._notes = dict(_notes(document))
        self._due: dict[str, None] = {}
        self._carried: list[Piece] = []
        self._gap = 1.0
        self._caption: int | None = None
        self._last: tuple[Place, int] | None = None
        if _is_changed(document.element.body):
            self.warnings.add(_CHANGED)

    def walk(self, container: Element) -> None:
        """Take in the paragraphs and tables under ``container`` in their order."""
        for child in children(container):
            if child.tag == f"{W}p":
                self._paragraph(child)
            elif child.tag == f"{W}tbl":
                self._table(child)
            elif child.tag in _WRAPPERS:
                self.walk(child)
            elif child.tag == f"{W}altChunk":
                self.warnings.add(_ATTACHED)

    def end(self) -> None:
        """Write the notes that are left, also those that nothing refers to."""
        self._say_notes([*self._due, *self._notes])

    def _paragraph(self, paragraph: Element) -> None:
        words = words_of(paragraph)
        words.pieces[:0] = self._carried
        self._carried = []
        if words.hidden:
            self.warnings.add(_HIDDEN)
        if loses_its_end(paragraph) and _has_next(paragraph):
            self._carried = words.pieces
        elif words.text.strip():
            self._say(paragraph, words)
            self._gap = 0.0
        else:
            self._gap = 1.0
        for box in words.boxes:
            self.walk(box)
        for graphic in words.graphics:
            self._graphic(graphic)
        self._due |= dict.fromkeys(words.notes)

    def _say(self, paragraph: Element, words: Words) -> None:
        """Write a paragraph as what its style says, or leave it to its looks."""
        text = _flat(words.text)
        label = self._styles.label(paragraph)
        level = self._styles.heading_level(paragraph)
        place = self._styles.place(paragraph)
        bold = self._styles.is_bold(paragraph, words.pieces) and not _introduces(text)
        if self._styles.is_contents(paragraph):
            self._put(Line(text, furniture=True))
        elif level is not None:
            kind = BlockKind.HEADING if _may_head(text) else BlockKind.PARAGRAPH
            self._put(_ready(kind, label + text, level if kind is BlockKind.HEADING else 1))
        elif place is not None:
            self._item(label, text, place, bold=bold)
        else:
            size = self._styles.size(paragraph, words.pieces)
            italic = self._styles.is_italic(paragraph, words.pieces)
            self._caption = len(self.lines) if italic and len(text) <= _LONGEST_CAPTION else None
            for part in split_at_line_ends(label + words.text):
                self._by_looks(Line(_flat(part), self._gap, bold=bold, size=size))

    def _by_looks(self, line: Line) -> None:
        """Leave a line to its looks, but for words that open a list: they head nothing."""
        if _LEAD_IN.search(line.text):
            self._put(_ready(BlockKind.PARAGRAPH, line.text))
        else:
            self._put(line)

    def _item(self, label: str, text: str, place: Place, *, bold: bool) -> None:
        """Write a list item; a numbered one that is bold and alone in its list is a heading."""
        follows = self._last == (place, len(self.lines) - 1)
        if follows:
            last = self.lines[-1]
            self.lines[-1] = _ready(BlockKind.ITEM, last.text, place.level)
        self._last = (place, len(self.lines))
        if bold and place.counts and not follows and _looks_like_heading(text):
            self._put(_ready(BlockKind.HEADING, label + text, 1 + place.level))
        else:
            self._put(_ready(BlockKind.ITEM, label + plain_marker(text), place.level))

    def _head_table(self) -> None:
        """Make a heading of the short line in italics that stands right above a table."""
        if self._caption is not None and self._caption == len(self.lines) - 1:
            text = self.lines[-1].text
            if not ends_sentence(text) and not ends_clause(text):
                self.lines[-1] = _ready(BlockKind.HEADING, text, _CAPTION_LEVEL)

    def _table(self, table: Element) -> None:
        self._head_table()
        for part in table_parts(table, self._styles):
            for cell in part.cells:
                self.walk(cell)
            for block in row_blocks(part.rows):
                self._put(Line(block.text, block=block))
        self._due |= dict.fromkeys(notes_in(table))
        self._gap = 1.0

    def _graphic(self, reference: Element) -> None:
        part = self._document.part.related_parts.get(part_of(reference))
        for block in graphic_blocks(part.blob) if part is not None else ():
            self._put(Line(_flat(block.text), block=block))

    def _put(self, line: Line) -> None:
        if line.block is None or line.block.kind is BlockKind.HEADING:
            self._say_notes([*self._due])
            self._due = {}
        if line.text:
            self.lines.append(line)

    def _say_notes(self, names: list[str]) -> None:
        """Write notes, each once: where no list or table is open that they would part."""
        for name in names:
            text = self._notes.pop(name, "")
            if text:
                self.lines.append(_ready(BlockKind.NOTE, text))


def _ready(kind: BlockKind, text: str, level: int = 1) -> Line:
    """Return a line that is a block already: nothing about it is left to its looks."""
    return Line(text, block=RawBlock(kind, text, level))


def _flat(text: str) -> str:
    return " ".join(text.split())


def _may_head(text: str) -> bool:
    """Say whether a paragraph in a heading's style is one: minutes number whole texts with it."""
    if len(text) > _LONGEST_SENTENCE and ends_sentence(text):
        return False
    return len(text) <= _LONGEST_HEADING


def _introduces(text: str) -> bool:
    """Say whether words in front of a list are too many for its title."""
    return text.endswith(":") and len(text.split()) > _LONGEST_LABEL


def _looks_like_heading(text: str) -> bool:
    block = classify([_group(Line(text, bold=True))])[0]
    return block.kind is BlockKind.HEADING


def _group(line: Line) -> Group:
    group = Group([line])
    group.text = line.text
    return group


def _first_page(document: Document) -> Element | None:
    """Return the header of the first page where it stands on that alone: it may be the title."""
    section = next(document.element.body.iter(f"{W}sectPr"), None)
    if section is None or is_on(section, "titlePg") is not True:
        return None
    for reference in section.findall(f"{W}headerReference"):
        if reference.get(f"{W}type") == "first":
            return _read(document.part.related_parts.get(part_of(reference)))
    return None


def _furniture(document: Document, kind: str) -> Iterator[Line]:
    """Yield the texts of the headers or footers, each once."""
    said: set[str] = set()
    first = _first_page(document) if kind == "header" else None
    own = {_flat(words_of(p).text) for p in first.iter(f"{W}p")} if first is not None else set()
    for reference in document.element.body.iter(f"{W}{kind}Reference"):
        root = _read(document.part.related_parts.get(part_of(reference)))
        for paragraph in root.iter(f"{W}p") if root is not None else ():
            text = _flat(words_of(paragraph).text)
            if text and text not in said | own:
                said.add(text)
                yield Line(text, furniture=True)


def _notes(document: Document) -> Iterator[tuple[str, str]]:
    """Yield the footnotes and endnotes; the lines that part them from the text are none."""
    for kind in ("footnote", "endnote"):
        root = _root(document, f"{kind}s")
        for note in root.iter(f"{W}{kind}") if root is not None else ():
            if note.get(f"{W}type", "normal") == "normal":
                text = _flat(" ".join(words_of(p).text for p in note.iter(f"{W}p")))
                yield f"{kind} {note.get(f'{W}id', '')}", text


def _is_changed(body: Element) -> bool:
    """Say whether the body holds changes that were tracked and neither accepted nor refused."""
    return (
        next(body.iter(*(f"{W}{n}" for n in ("ins", "del", "moveFrom", "moveTo"))), None)
        is not None
    )


def _has_next(paragraph: Element) -> bool:
    following = paragraph.getnext()
    return following is not None and following.tag == f"{W}p"


def _root(document: Document, kind: str) -> Element | None:
    return _read(_related(document, kind))


def _read(part: Part | None) -> Element | None:
    return read_xml(part.blob) if part is not None else None


def _related(document: Document, kind: str) -> Part | None:
    """Return the part of the package that stands in this relation to the body."""
    for relation in document.part.rels.values():
        if relation.reltype.endswith(f"/{kind}") and not relation.is_external:
            part: Part = relation.target_part
            return part
    return None
