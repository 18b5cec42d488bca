"""From blocks to units: each sentence, item and row with its section, role and lead-in."""

from __future__ import annotations

from dataclasses import replace

from indexer.model import Block, BlockKind, Kind, ParsedDocument, Role, Span, Unit
from indexer.segment import roles, rows
from indexer.segment.columns import Columns
from indexer.segment.decisions import decides
from indexer.segment.furniture import is_minutes_label, site_furniture
from indexer.segment.genre import is_action_log, is_deck, records_a_meeting, slide_starts
from indexer.segment.headings import Headings, Path, by_whom, is_debris, is_topic, names_presenter
from indexer.segment.leads import Lead, breaks_in, close_to, decides_on, talks_on
from indexer.segment.long_rows import LONGEST_ROW, parts_of
from indexer.segment.sentences import (
    clauses,
    lacks_full_stops,
    marker_of,
    quotation_closes,
    sentences,
    trimmed,
    with_count,
)
from indexer.segment.talk import concludes, goes_on, names_the_council, speaker_of, voice

_LONGEST_TITLE = 140
_TITLE_LEVEL = 3


def units_of(parsed: ParsedDocument, kind: Kind) -> list[Unit]:
    """Return the units of a document in reading order; site furniture gives none."""
    furniture = site_furniture(parsed.text, parsed.blocks)
    labelled = any(is_minutes_label(parsed.blocks[i].span.of(parsed.text)) for i in furniture)
    in_minutes = kind is Kind.MINUTES and not labelled
    headings = Headings.of(parsed.text, parsed.blocks, furniture, opens=in_minutes)
    reader = _Reader(parsed, kind, headings, in_minutes=in_minutes)
    slides = slide_starts(parsed)
    for i, block in enumerate(parsed.blocks):
        if block.span.start in slides:
            reader.turn_slide()
        if i in furniture:
            reader.pass_over(block)
        else:
            reader.read(block, i)
    return reader.units


class _Reader:
    """Walks through blocks and remembers the section, who has the floor, and the open lists."""

    def __init__(
        self, parsed: ParsedDocument, kind: Kind, headings: Headings, *, in_minutes: bool
    ) -> None:
        self.text = parsed.text
        self.kind = kind
        self.units: list[Unit] = []
        self._path = Path()
        self._headings = headings
        self._place = 0
        self._leads: list[Lead] = []
        self._is_deck = is_deck(kind, parsed.media_type)
        self._is_log = is_action_log(kind, parsed)
        self._in_minutes = in_minutes
        self._records = records_a_meeting(kind, parsed.text)
        self._columns = Columns(parsed.text, records=self._records)
        self._begun = False
        self._speaker: str | None = None
        self._discussed = False
        self._quoting = False
        self._replying = False
        self._last_role = self._spoke_as = self._usual

    def pass_over(self, block: Block) -> None:
        if is_minutes_label(block.span.of(self.text)):
            self._in_minutes = self._begun = True
            self._leads.clear()

    def turn_slide(self) -> None:
        self._leads.clear()
        self._path.clear()
        self._last_role = self._usual

    def read(self, block: Block, place: int) -> None:
        """Read the block at ``place`` in the document."""
        self._place = place
        span = trimmed(self.text, block.span)
        words = span.of(self.text)
        if not words:
            return
        if block.kind not in (BlockKind.ROW, BlockKind.NOTE):
            self._columns.end()
        if block.kind is BlockKind.NOTE:
            self._note(block)
        elif self._is_heading(block, span):
            self._head(block, span)
        elif self._is_to_be_signed(block, words):
            self._end_item()
            self._add(span, Role.TEXT, breaks=True)
            self._last_role = Role.TEXT
        elif block.kind is BlockKind.ROW:
            self._row(block, span)
        elif self._is_a_slide(block, span):
            self._slide(span)
        elif not any(character.isalpha() for character in words):
            self._add(span, self._last_role, breaks=True)
        else:
            self._text(block)

    def _is_heading(self, block: Block, span: Span) -> bool:
        """Say whether a block heads something: the record, an item, or what a member put."""
        words = span.of(self.text)
        heads = self._opens(block) or self._put_by(block, words) is not None
        return heads or self._is_title(block, words)

    def _opens(self, block: Block) -> bool:
        return block.kind is BlockKind.HEADING and self._place in self._headings.opening

    def _put_by(self, block: Block, words: str) -> Role | None:
        return by_whom(words) if self._talks and block.kind is not BlockKind.ROW else None

    def _is_title(self, block: Block, words: str) -> bool:
        if block.kind is BlockKind.HEADING:
            detail = self._last_role is Role.ACTION and roles.is_task_detail(words)
            decided = self._talks and decides(words)
            signed = self._is_to_be_signed(block, words)
            opens = self._talks and self._last_role in roles.TALK and roles.opens_a_list(words)
            other = decided or detail or signed or opens or (self._talks and is_debris(words))
            return not (other or names_presenter(words)) and self._label(words) is None
        if not self._talks or self._quoting or block.kind is BlockKind.ROW:
            return False
        if self._place in self._headings.counted:
            return True
        numbered = block.kind is BlockKind.PARAGRAPH and roles.is_numbered_title(words)
        return numbered or roles.is_shouted_title(words)

    def _is_to_be_signed(self, block: Block, words: str) -> bool:
        """Say whether a line that is set like a title is where the chair signs."""
        return self._talks and block.kind is BlockKind.HEADING and roles.is_signature(words)

    def _is_a_slide(self, block: Block, span: Span) -> bool:
        """Say whether a paragraph is a whole slide whose line ends were lost."""
        plain = self._is_deck and block.kind is BlockKind.PARAGRAPH
        return plain and lacks_full_stops(self.text, span)

    @property
    def _talks(self) -> bool:
        """Whether who speaks is to be told here: in minutes, and not in the agenda above them."""
        return self._records and (self._in_minutes or self.kind is not Kind.MINUTES)

    @property
    def _usual(self) -> Role:
        if self._is_deck:
            return Role.SLIDE
        if self._is_log:
            return Role.ACTION
        return Role.REPORT if self._in_minutes else Role.TEXT

    def _head(self, block: Block, span: Span) -> None:
        """Go under a title; what a member put has his role up to the next paragraph."""
        if self._opens(block):
            self._add(span, Role.TEXT, breaks=True, heading=self._headings.opens_whole)
            return
        put = self._put_by(block, span.of(self.text))
        self._end_item()
        self._begun = self._begun or self._last_role is Role.ATTENDANCE
        self._enter(block, span.of(self.text)[:_LONGEST_TITLE], put=put is not None)
        self._add(span, put or self._usual, breaks=True, heading=True)
        self._last_role = self._usual
        if put:
            self._leads.append(Lead(None, put, None, stays=put in roles.TALK))

    def _end_item(self) -> None:
        self._leads.clear()
        self._quoting = self._discussed = False
        self._speaker = None

    def _enter(self, block: Block, title: str, *, put: bool) -> None:
        level = block.level if block.kind is BlockKind.HEADING else None
        place, headings = self._place, self._headings
        if put or (self._talks and place in headings.counted):
            self._path.enter_counted(level, title, put=put, grouped=place in headings.grouped)
        else:
            topic = place in headings.groups or is_topic(title)
            self._path.enter(level or _TITLE_LEVEL, title, topic=topic)

    def _label(self, words: str) -> Role | None:
        """Return the role that a label gives; outside minutes only a list of people has one."""
        if self._is_deck or self._is_log:
            return None
        if not (self._talks or roles.lists_people(words)):
            return None
        role = roles.label(words)
        return role if self._talks or role is Role.ATTENDANCE else None

    def _note(self, block: Block) -> None:
        """What stands beside the record, as a note does, says nothing of who has the floor."""
        for n, part in enumerate(sentences(self.text, block.span)):
            self._add(part, Role.NOTE, breaks=n == 0)

    def _text(self, block: Block) -> None:
        """Read a paragraph, an item, or a heading that is a label."""
        parts = sentences(self.text, block.span)
        words = block.span.of(self.text)
        opened = self._opened(parts)
        is_item = block.kind is BlockKind.ITEM
        style, count = marker_of(words) if is_item else ("", None)
        key = (style, block.level) if is_item else None
        inherited = self._inherited(words, key, count, opened)
        role = opened or inherited or self._own(words)
        self._speaker = None if opened else self._speaker
        self._replying = role is Role.RESPONSE and inherited is role and self._leads[-1].stays
        held = role in roles.HELD and role in (opened, inherited)
        decided = inherited is Role.RESOLUTION
        first = with_count(self.text, block.span.start, parts[0]) if decided else parts[0]
        self._say([first, *parts[1:]], role, held=held)
        self._lead(block, parts, opened, key)
        if self._last_role is Role.RESOLUTION:
            opens = self._quoting or words.count("“") > words.count("”")
            self._quoting = opens and quotation_closes(self.text, block.span.end)

    def _opened(self, parts: list[Span]) -> Role | None:
        first = parts[0].of(self.text)
        labelled = self._label(first) or (roles.motion_by(first) if self._talks else None)
        if labelled or not self._talks:
            return labelled
        announced = roles.announces(first) if len(parts) == 1 else None
        return announced if announced and not decides(first) else None

    def _inherited(
        self, words: str, key: tuple[str, int] | None, count: int | None, opened: Role | None
    ) -> Role | None:
        """Return the role that an open list gives to a block, and close the lists that end."""
        if concludes(words):
            self._leads.clear()
        elif key is not None:
            close_to(self._leads, key, count)
        elif opened or not self._stays(words):
            self._leads.clear()
        if opened or not self._leads:
            return None
        role = self._leads[-1].role
        if role in roles.HELD and key is not None and breaks_in(words, self._leads[-1]):
            self._leads.clear()
            return None
        return role

    def _stays(self, words: str) -> bool:
        """Say whether a paragraph belongs to the list that is open."""
        if self._quoting or not self._leads:
            return bool(self._leads)
        lead = self._leads[-1]
        if lead.role is Role.ATTENDANCE:
            return lead.stays and (lead.fresh or roles.names_people(words))
        if lead.role is Role.ACTION:
            return (lead.stays and lead.fresh) or roles.is_task_detail(words)
        if lead.role is Role.RESOLUTION:
            return decides_on(lead, words)
        return lead.stays and (lead.fresh or talks_on(words))

    def _own(self, words: str) -> Role:
        """Return the role of a block that no list and no label tells."""
        if self._last_role is Role.ACTION and roles.is_task_detail(words):
            return Role.ACTION
        if not self._talks:
            return self._usual
        if self._in_minutes and not self._begun and self._is_on_top(words):
            return Role.ATTENDANCE if roles.seats(words) else Role.TEXT
        if self._in_minutes and self._stands_apart(words):
            return Role.TEXT
        return self._last_role if goes_on(words) and self._last_role in roles.TALK else self._usual

    def _stands_apart(self, words: str) -> bool:
        """Say whether a block is no part of the proceedings: a signature, the agenda's own."""
        before = self.units[-1] if self.units else None
        if before and roles.is_signature(before.span.of(self.text)) and roles.names_one(words):
            return True
        titled = before is not None and (before.heading or before.role is Role.TEXT)
        return roles.is_signature(words) or roles.is_agenda(words, under_a_title=titled)

    def _is_on_top(self, words: str) -> bool:
        on_top = roles.seats(words) or roles.is_front_matter(words)
        self._begun = not on_top
        return on_top

    def _lead(
        self, block: Block, parts: list[Span], opened: Role | None, key: tuple[str, int] | None
    ) -> None:
        """Open the list that a block introduces; note that the open one has had a paragraph."""
        last = parts[-1].of(self.text)
        listing = roles.introduces(last) and not (key and last.endswith(";"))
        bare = opened is not None and roles.is_bare_label(block.span.of(self.text))
        if not (listing or bare or opened in roles.LISTED):
            if self._leads and key is None:
                self._leads[-1] = replace(self._leads[-1], fresh=False)
            return
        tells = listing and self._last_role is not self._usual
        role = self._last_role if tells else opened
        many = role is Role.RESOLUTION and roles.promises_a_list(last)
        within = listing and self._replying and not opened
        stays = bare or opened in roles.TALK or within or (listing and role in roles.CALLED)
        span = parts[-1] if listing else None
        self._leads.append(Lead(span, role, key, stays, many, fresh=not within))

    def _say(self, parts: list[Span], role: Role, *, held: bool) -> None:
        own = role
        for n, part in enumerate(parts):
            words = part.of(self.text)
            within = roles.label(words) if n and self._talks else None
            if within in roles.WITHIN:
                own, held = within or own, within in roles.HELD
            said = None if held else self._announced(words, n) or self._said(words)
            if said in roles.TALK or said in (Role.RESOLUTION, Role.REPORT):
                own = said or own
            self._put(part, said or own, breaks=n == 0)

    def _announced(self, words: str, n: int) -> Role | None:
        """Return the role of the list that a later sentence of a block introduces."""
        announced = roles.announces(words) if n and self._talks else None
        if announced:
            self._speaker = None
        return None if announced and decides(words) else announced

    def _said(self, words: str) -> Role | None:
        """Return the role of one sentence by its own words, in minutes."""
        if not self._talks or (self._replying and names_the_council(words)):
            return None
        if roles.attends(words):
            return Role.ATTENDANCE
        if decides(words) and not self._replying:
            return Role.RESOLUTION
        if roles.is_task(words) and not self._replying:
            return Role.ACTION
        who = speaker_of(words)
        same = who is not None and who == self._speaker
        before = self._spoke_as if same else self._last_role
        said = voice(words, before, discussed=self._discussed, same=same)
        if said:
            self._speaker, self._spoke_as = who, said
        return said

    def _put(self, part: Span, role: Role, *, breaks: bool) -> None:
        span = next((lead.span for lead in reversed(self._leads) if lead.span), None)
        self._add(part, role, lead_in=span, breaks=breaks)
        self._last_role = role
        self._discussed = self._discussed or role in roles.TALK
        self._begun = self._begun or role in roles.TALK or role is Role.RESOLUTION

    def _row(self, block: Block, span: Span) -> None:
        words = rows.words_of(span.of(self.text))
        if self._talks and any(map(rows.is_prose, words)):
            self._prose_row(block, rows.cells_of(self.text, span))
            return
        under_people = bool(self._leads) and self._leads[-1].role is Role.ATTENDANCE
        self._columns.note(words, block.header, under_people=under_people)
        role = Role.TABLE
        if self._columns.tasks or self._is_log:
            role = Role.ACTION
        elif self._columns.people:
            role = Role.ATTENDANCE
        if role is Role.TABLE and span.end - span.start > LONGEST_ROW:
            for part, label, breaks in parts_of(self.text, rows.cells_of(self.text, span)):
                self._add(part, role, lead_in=label or block.header, breaks=breaks)
        else:
            self._add(span, role, lead_in=block.header, breaks=True)

    def _prose_row(self, block: Block, cells: list[Span]) -> None:
        """Read minutes set in a table: each cell of sentences as a paragraph."""
        header = block.header.of(self.text).split(" | ") if block.header else []
        for n, cell in enumerate(cells):
            part = trimmed(self.text, cell)
            words = part.of(self.text)
            if rows.is_prose(words):
                self._text(Block(BlockKind.PARAGRAPH, part))
            elif words:
                owner = rows.names_owner(words, header[n] if n < len(header) else "")
                self._add(part, Role.ACTION if owner else self._usual, breaks=True)

    def _slide(self, span: Span) -> None:
        """One slide without line ends: its first clause is its title."""
        self._leads.clear()
        parts = clauses(self.text, span)
        self._path.enter(1, parts[0].of(self.text)[:_LONGEST_TITLE])
        self._add(parts[0], Role.SLIDE, breaks=True, heading=len(parts) > 1)
        lead_in: Span | None = None
        for part in parts[1:]:
            self._add(part, Role.SLIDE, lead_in=lead_in, breaks=True)
            if part.of(self.text).endswith(":"):
                lead_in = part

    def _add(
        self,
        span: Span,
        role: Role,
        *,
        lead_in: Span | None = None,
        breaks: bool = False,
        heading: bool = False,
    ) -> None:
        self.units.append(Unit(span, role, self._path.titles, lead_in, breaks, heading))
