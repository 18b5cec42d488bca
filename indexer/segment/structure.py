"""From blocks to units: each sentence, item and row with its section, role and lead-in."""

from __future__ import annotations

from indexer.model import Block, BlockKind, Kind, ParsedDocument, Role, Span, Unit
from indexer.segment.furniture import is_minutes_label, site_furniture
from indexer.segment.roles import introduces, is_bare_label, opening, voice
from indexer.segment.sentences import clauses, lacks_full_stops, sentences, trimmed

_LONGEST_TITLE = 140
_DECKS = ("presentation", "powerpoint")


def units_of(parsed: ParsedDocument, kind: Kind) -> list[Unit]:
    """Return the units of a document in reading order; site furniture gives none."""
    furniture = site_furniture(parsed.text, parsed.blocks)
    labelled = any(is_minutes_label(parsed.blocks[i].span.of(parsed.text)) for i in furniture)
    reader = _Reader(parsed.text, kind, in_minutes=kind is Kind.MINUTES and not labelled)
    slides = _slide_starts(parsed)
    for i, block in enumerate(parsed.blocks):
        if block.span.start in slides:
            reader.turn_slide()
        if i in furniture:
            reader.pass_over(block)
        else:
            reader.read(block)
    return reader.units


def _slide_starts(parsed: ParsedDocument) -> set[int]:
    """Return where slides begin: one without a title is not part of the slide before it."""
    if not any(name in parsed.media_type for name in _DECKS):
        return set()
    return {page.span.start for page in parsed.pages}


class _Reader:
    """Walks through blocks and remembers the section, who has the floor, and the open list."""

    def __init__(self, text: str, kind: Kind, *, in_minutes: bool) -> None:
        self.text = text
        self.kind = kind
        self.units: list[Unit] = []
        self._path: list[tuple[int, str]] = []
        self._lead_in: Span | None = None
        self._floor: Role | None = None
        self._waits_for_paragraph = False
        self._in_minutes = in_minutes
        self._last_role = self._usual

    def pass_over(self, block: Block) -> None:
        if is_minutes_label(block.span.of(self.text)):
            self._in_minutes = True
            self._close_list()

    def turn_slide(self) -> None:
        self._close_list()
        self._path.clear()
        self._last_role = self._usual

    def read(self, block: Block) -> None:
        span = trimmed(self.text, block.span)
        if span.end == span.start:
            return
        if block.kind is BlockKind.HEADING and opening(span.of(self.text)) is None:
            self._head(block, span)
        elif block.kind is BlockKind.ROW:
            self._add(span, Role.TABLE, lead_in=block.header, breaks=True)
        elif block.kind is BlockKind.NOTE:
            self._note(block)
        elif block.kind is BlockKind.ITEM:
            self._item(block)
        elif self._is_a_slide(block, span):
            self._slide(span)
        else:
            self._paragraph(block)

    def _is_a_slide(self, block: Block, span: Span) -> bool:
        """Say whether a paragraph is a whole slide whose line ends were lost."""
        deck = self.kind is Kind.SLIDES and block.kind is BlockKind.PARAGRAPH
        return deck and lacks_full_stops(self.text, span)

    @property
    def _usual(self) -> Role:
        if self.kind is Kind.SLIDES:
            return Role.SLIDE
        return Role.REPORT if self._in_minutes else Role.TEXT

    def _head(self, block: Block, span: Span) -> None:
        self._close_list()
        self._enter(block.level, span)
        self._add(span, self._usual, breaks=True, heading=True)
        self._last_role = self._usual

    def _enter(self, level: int, title: Span) -> None:
        self._path = [part for part in self._path if part[0] < level]
        self._path.append((level, title.of(self.text)[:_LONGEST_TITLE]))

    def _close_list(self) -> None:
        self._lead_in, self._floor, self._waits_for_paragraph = None, None, False

    def _note(self, block: Block) -> None:
        """What stands beside the record, as a note does, says nothing of who has the floor."""
        for n, part in enumerate(sentences(self.text, block.span)):
            self._add(part, Role.NOTE, breaks=n == 0)

    def _item(self, block: Block) -> None:
        self._say(sentences(self.text, block.span), self._floor or self._usual)

    def _paragraph(self, block: Block) -> None:
        parts = sentences(self.text, block.span)
        role = opening(parts[0].of(self.text)) or opening(block.span.of(self.text))
        if role is None and self._waits_for_paragraph:
            self._waits_for_paragraph = False
            self._say(parts, self._floor or self._usual)
        else:
            self._close_list()
            self._say(parts, role or self._usual)
            self._floor = role
            self._waits_for_paragraph = role is not None and is_bare_label(
                block.span.of(self.text), role
            )
        if introduces(parts[-1].of(self.text)):
            self._lead_in = parts[-1]

    def _say(self, parts: list[Span], role: Role) -> None:
        own = role
        for n, part in enumerate(parts):
            if role not in (Role.RESOLUTION, Role.ACTION, Role.ATTENDANCE, Role.SLIDE):
                own = voice(part.of(self.text), self._last_role) or own
            self._add(part, own, lead_in=self._lead_in, breaks=n == 0)
            self._last_role = own

    def _slide(self, span: Span) -> None:
        """One slide without line ends: its first clause is its title."""
        self._close_list()
        parts = clauses(self.text, span)
        self._enter(1, parts[0])
        self._add(parts[0], Role.SLIDE, breaks=True, heading=len(parts) > 1)
        for part in parts[1:]:
            self._add(part, Role.SLIDE, lead_in=self._lead_in, breaks=True)
            if part.of(self.text).endswith(":"):
                self._lead_in = part

    def _add(
        self,
        span: Span,
        role: Role,
        *,
        lead_in: Span | None = None,
        breaks: bool = False,
        heading: bool = False,
    ) -> None:
        section = tuple(title for _, title in self._path)
        self.units.append(Unit(span, role, section, lead_in, breaks, heading))
