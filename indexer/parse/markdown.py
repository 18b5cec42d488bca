"""Markdown files: written ones by their structure, ones extracted from PDF by their lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from indexer.model import BlockKind, ParsedDocument
from indexer.parse.assemble import RawBlock, RawPage, assemble
from indexer.parse.encodings import decode
from indexer.parse.extracted import extracted_pages, is_extracted
from indexer.parse.furniture import site_furniture
from indexer.parse.lines import lines_to_pages

if TYPE_CHECKING:
    from markdown_it.token import Token

MEDIA_TYPE = "text/markdown"

_LINK_LINE = re.compile(r"\s*\[[^\]]*\]\([^)]*\)\s*")
_FRONT_MATTER = re.compile(r"\A---\n(?=[\w-]+\s*:).*?\n---\n", re.S)
_BREAKS = re.compile("\r\n?|\f|\v|\u2028|\u2029|\u0085")


def parse_markdown(path: Path) -> ParsedDocument:
    """Read a Markdown file; a link alone on the first line is furniture.

    Raises ``UnreadableFileError`` where the file is empty or holds no text.
    """
    text, warnings = decode(path.read_bytes(), what="a Markdown file")
    text = _BREAKS.sub("\n", text)
    if is_extracted(text):
        pages = lines_to_pages(extracted_pages(text))
        return assemble(pages, media_type=MEDIA_TYPE, warnings=warnings)
    blocks = _blocks(_FRONT_MATTER.sub("", text))
    if blocks and _LINK_LINE.fullmatch(text.lstrip().split("\n", 1)[0]):
        blocks[0] = RawBlock(BlockKind.FURNITURE, blocks[0].text)
    for index in site_furniture([block.text for block in blocks]):
        blocks[index] = RawBlock(BlockKind.FURNITURE, blocks[index].text)
    return assemble(
        [RawPage(blocks)], media_type=MEDIA_TYPE, title=_title(blocks), warnings=warnings
    )


def inline_text(source: str) -> str:
    """Return one line of Markdown as a reader sees it: without emphasis, links and escapes."""
    from markdown_it import MarkdownIt

    tokens = MarkdownIt("commonmark").parseInline(source)
    return " ".join(_plain(token) for token in tokens)


def _blocks(text: str) -> list[RawBlock]:
    from markdown_it import MarkdownIt

    reader = _Reader()
    for token in MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text):
        reader.read(token)
    return reader.blocks


def _title(blocks: Sequence[RawBlock]) -> str | None:
    headings = (b.text for b in blocks if b.kind is BlockKind.HEADING and b.level == 1)
    return next(headings, None)


def _plain(inline: Token) -> str:
    """Return the text of an inline token: its words, code and line ends, pictures by their name."""
    parts: list[str] = []
    for child in inline.children or []:
        if child.type in {"text", "code_inline"}:
            parts.append(child.content)
        elif child.type in {"softbreak", "hardbreak"}:
            parts.append("\n")
        elif child.type == "image":
            parts.append(_plain(child))
        elif child.type == "html_inline" and re.match(r"<br\b", child.content, re.I):
            parts.append("\n")
    return "".join(parts)


class _Reader:
    """Walks the tokens of a Markdown text and writes blocks."""

    def __init__(self) -> None:
        self.blocks: list[RawBlock] = []
        self._numbers: list[int | None] = []
        self._signs: list[str] = []
        self._item_opens = False
        self._heading = 0
        self._cells: list[str] | None = None
        self._in_head = False

    def read(self, token: Token) -> None:
        """Take in the next token."""
        handler = getattr(self, f"_on_{token.type}", None)
        if handler is not None:
            handler(token)

    def _on_heading_open(self, token: Token) -> None:
        self._heading = int(token.tag[1])

    def _on_heading_close(self, _: Token) -> None:
        self._heading = 0

    def _on_bullet_list_open(self, _: Token) -> None:
        self._numbers.append(None)

    def _on_ordered_list_open(self, token: Token) -> None:
        self._numbers.append(int(token.attrGet("start") or 1))
        self._signs.append(token.markup)

    def _on_bullet_list_close(self, _: Token) -> None:
        self._numbers.pop()

    def _on_ordered_list_close(self, _: Token) -> None:
        self._numbers.pop()
        self._signs.pop()

    def _on_list_item_open(self, _: Token) -> None:
        self._item_opens = True

    def _on_inline(self, token: Token) -> None:
        text = _plain(token)
        if self._cells is not None:
            self._cells.append(text)
        elif self._heading:
            self.blocks.append(RawBlock(BlockKind.HEADING, text, self._heading))
        elif self._numbers:
            self.blocks.append(RawBlock(BlockKind.ITEM, self._number() + text, len(self._numbers)))
        else:
            self.blocks.append(RawBlock(BlockKind.PARAGRAPH, text))

    def _number(self) -> str:
        """Return the number to write before an item of a numbered list, once for each item."""
        number = self._numbers[-1]
        if number is None or not self._item_opens:
            self._item_opens = False
            return ""
        self._item_opens = False
        self._numbers[-1] = number + 1
        return f"{number}{self._signs[-1]} "

    def _on_thead_open(self, _: Token) -> None:
        self._in_head = True

    def _on_thead_close(self, _: Token) -> None:
        self._in_head = False

    def _on_tr_open(self, _: Token) -> None:
        self._cells = []

    def _on_tr_close(self, _: Token) -> None:
        text = " | ".join(cell for cell in self._cells or [])
        if text.strip(" |"):
            self.blocks.append(RawBlock(BlockKind.ROW, text, header=self._in_head))
        self._cells = None

    def _on_fence(self, token: Token) -> None:
        self.blocks.append(RawBlock(BlockKind.PARAGRAPH, token.content))

    def _on_code_block(self, token: Token) -> None:
        """Indented lines are seldom code here: what a person moved in is still a paragraph."""
        for part in re.split(r"\n\s*\n", token.content):
            self.blocks.append(RawBlock(BlockKind.PARAGRAPH, part))

    def _on_html_block(self, token: Token) -> None:
        text = re.sub(
            r"<!--.*?-->|<(script|style)\b.*?</\1>|<[^>]+>", " ", token.content, flags=re.S
        )
        if text.strip():
            from html import unescape

            self.blocks.append(RawBlock(BlockKind.PARAGRAPH, unescape(text)))
