"""From physical lines to blocks: paragraphs rejoined, list items and headings told apart.

The same rules serve text files and PDF pages. A line says where it stands (``left``, ``right``,
in characters or points) and how much white space is above it; ``Measure`` says what a full line
and a paragraph gap look like in this file, found from the file's own lines.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise

from indexer.model import BlockKind
from indexer.parse.assemble import RawBlock, RawPage
from indexer.parse.headings import classify
from indexer.parse.markers import (
    Marker,
    ends_clause,
    ends_linking,
    ends_sentence,
    is_capitals,
    is_decision,
    is_label,
    read_marker,
    starts_lower,
)

_HYPHENS = "-\u00ad\u2010"
_WORD = re.compile(r"[^\W\d_]+")
_WHOLE = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)?(?!-$)", re.M)
_FIGURES = re.compile(r"[\d,.%£€()\s+–-]*\d[\d,.%£€()\s+–-]*")
_SPLIT_NUMBER = re.compile(r"\d-$")
_COUNT = re.compile(r"\(\d{1,3}\)")
_NARROWEST, _WIDEST = 30, 250
_FEWEST_OVER = 0.15
"""Of the lines that could be full: how many have to run over before a file counts as wrapped."""


@dataclass(frozen=True, slots=True)
class Line:
    """One physical line. ``margin`` is where a full line would end; None leaves it to the file.

    ``gap`` is the white space above, in lines. ``size`` is the type size in points, 0 if unknown.
    ``furniture`` marks what is no part of the document's own text, ``title`` a slide's title;
    ``block`` is set where the line is a block already, such as a table's row.
    """

    text: str
    gap: float = 0.0
    left: float = 0.0
    right: float = 0.0
    margin: float | None = None
    size: float = 0.0
    bold: bool = False
    furniture: bool = False
    title: bool = False
    block: RawBlock | None = None

    @property
    def closed(self) -> bool:
        """Say whether nothing may be joined to the line."""
        return self.furniture or self.block is not None


@dataclass(frozen=True, slots=True)
class Measure:
    """What is usual in one file: the width of a full line, and the gap that parts paragraphs.

    ``width`` None means that lines are not wrapped: each is a whole paragraph. ``gaps_tell`` is
    False where every line, and not only every paragraph, is followed by a gap.
    """

    width: float | None
    break_gap: float = 1.0
    gaps_tell: bool = True


@dataclass(slots=True)
class Group:
    """Lines that make up one block, and the marker of the first."""

    lines: list[Line]
    marker: Marker | None = None
    text: str = field(default="", init=False)

    @property
    def bare(self) -> bool:
        """Say whether the group is a list marker still waiting for its text."""
        return self.marker is not None and self.marker.length >= len(self.lines[0].text)


def text_line(text: str, gap: float = 0.0, *, bold: bool = False) -> Line:
    """Return a line of a text file, placed by its characters."""
    body = text.strip()
    indent = len(text) - len(text.lstrip())
    return Line(body, gap, indent, indent + len(body), bold=bold)


def measure(lines: Sequence[Line]) -> Measure:
    """Find how ``lines`` of a text file were wrapped, from where sentences run over their ends."""
    pairs = [
        (a, b)
        for a, b in pairwise(lines)
        if _NARROWEST <= len(a.text) <= _WIDEST
        and not (a.furniture or b.furniture or read_marker(b.text))
    ]
    over = [(a, b) for a, b in pairs if _runs_over(a.text, b.text)]
    if not over or len(over) < _FEWEST_OVER * len(pairs):
        return Measure(None)
    reach = sorted(len(a.text) + 1 + _first_word(b) for a, b in over)
    width = reach[len(reach) // 8]
    spaced = sum(b.gap >= 1 for _, b in over) > 0.6 * len(over)
    return Measure(width, 2.0 if spaced else 1.0, gaps_tell=not spaced)


def lines_to_pages(pages: Sequence[Sequence[Line]], usual: Measure | None = None) -> list[RawPage]:
    """Return each page's lines as blocks; a block that runs on from the page before says so."""
    every = [line for page in pages for line in page]
    usual = usual or measure(every)
    vocabulary = _Vocabulary(every)
    result: list[RawPage] = []
    last: Group | None = None
    for page in pages:
        groups = _group(page, usual)
        for group in groups:
            group.text = join_lines([line.text for line in group.lines], vocabulary)
        blocks = classify(groups)
        body = [i for i, g in enumerate(groups) if not g.lines[0].furniture]
        if body and last and result and _runs_on(last, groups[body[0]], usual):
            _continue_block(blocks, body[0], result)
        if body:
            last = groups[body[-1]]
        result.append(RawPage(blocks))
    return result


def join_lines(texts: Iterable[str], vocabulary: Container[str] = frozenset()) -> str:
    """Join wrapped lines; a word broken by a hyphen is mended where the file knows it whole."""
    parts: list[str] = []
    for text in texts:
        last = parts[-1] if parts else ""
        if last and last[-1] in _HYPHENS and last[-2:-1].isalpha() and text[:1].isalpha():
            parts[-1] = _mend(last, text, vocabulary)
        elif last[-1:] == "-" and last[-2:-1].isdigit() and text[:1].isdigit():
            parts[-1] = last + text
        else:
            parts.append(text)
    return " ".join(parts)


def _mend(first: str, second: str, vocabulary: Container[str]) -> str:
    """Keep a hyphen that belongs to the word, drop one that only marks the line's end."""
    soft = first[-1] == "\u00ad"
    head = _WORD.findall(first[:-1])[-1]
    tail = _WORD.match(second)
    whole = (head + (tail.group() if tail else "")).lower()
    compound = f"{head}-{tail.group() if tail else ''}".lower()
    if compound in vocabulary or second[0].isupper():
        return first[:-1] + "-" + second
    if soft or whole in vocabulary:
        return first[:-1] + second
    return first[:-1] + "-" + second


class _Vocabulary:
    """The words, and words with a hyphen, that stand whole within a line, in lower case.

    They are gathered when first asked for: many a file breaks no word.
    """

    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines = lines

    def __contains__(self, word: object) -> bool:
        return word in self._words

    @cached_property
    def _words(self) -> frozenset[str]:
        return frozenset(_WHOLE.findall("\n".join([line.text for line in self._lines]).lower()))


def _group(page: Sequence[Line], usual: Measure) -> list[Group]:
    groups: list[Group] = []
    for line in page:
        marker = None if line.closed or line.title else read_marker(line.text)
        if groups and _joins(groups[-1], line, marker, usual):
            groups[-1].lines.append(line)
        else:
            groups.append(Group([line], marker))
    return groups


def _runs_over(first: str, second: str) -> bool:
    """Say whether a sentence plainly goes on from one line to the next."""
    unfinished = not ends_sentence(first) and not ends_clause(first)
    return unfinished and second[:1].isalpha() and starts_lower(second)


def _runs_on(last: Group, first: Group, usual: Measure) -> bool:
    """Say whether the paragraph ``last`` goes on with ``first`` on the next page."""
    ending, line = last.lines[-1], first.lines[0]
    if ends_sentence(ending.text) or is_capitals(ending.text):
        return False
    near = replace(line, gap=0.0)
    return _joins(last, near, first.marker, usual)


def _continue_block(blocks: list[RawBlock], at: int, before: list[RawPage]) -> None:
    """Make the block at ``at`` a continuation of the last block of the pages before."""
    previous = next(
        (
            b
            for page in reversed(before)
            for b in reversed(page.blocks)
            if b.kind is not BlockKind.FURNITURE
        ),
        None,
    )
    if previous and previous.kind is not BlockKind.HEADING:
        block = blocks[at]
        blocks[at] = RawBlock(previous.kind, block.text, previous.level, continues=True)


def _joins(group: Group, line: Line, marker: Marker | None, usual: Measure) -> bool:
    """Say whether ``line`` goes on with the block that ``group`` has begun."""
    last = group.lines[-1]
    settled = _settled(group, line, marker, usual)
    if settled is not None:
        return settled
    if _SPLIT_NUMBER.search(last.text) and line.text[:1].isdigit():
        return True
    if len(group.lines) > 1 and _is_fragment(last, line):
        return marker is None
    if _opens(last, line, marker, usual):
        return False
    return _hangs(group, line) or _flows(last, line, usual)


def _hangs(group: Group, line: Line) -> bool:
    """Say whether a line of print hangs under the text of an item that is not at its end."""
    first, last = group.lines[0], group.lines[-1]
    if line.margin is None or group.marker is None or ends_sentence(last.text):
        return False
    return not ends_clause(last.text) and line.left > first.left + 0.6 * max(line.size, 1.0)


def _settled(group: Group, line: Line, marker: Marker | None, usual: Measure) -> bool | None:
    """Decide by the lines' places, kinds and types alone; None where the words must be read."""
    last = group.lines[-1]
    if line.closed or last.closed or line.title != last.title:
        return False
    if group.bare and len(group.lines) == 1:
        return marker is None and line.gap <= usual.break_gap
    if _FIGURES.fullmatch(line.text) and _FIGURES.fullmatch(last.text):
        return line.gap <= usual.break_gap and last.margin is None
    if usual.width is None or _other_style(last, line) or _indented_anew(group, line):
        return False
    if line.gap >= usual.break_gap:
        return marker is None and line.gap <= 1 and _bridges(last, line, usual)
    return None


def _opens(last: Line, line: Line, marker: Marker | None, usual: Measure) -> bool:
    """Say whether a line begins a block of its own: a list item, a label, a decision."""
    midway = _midway(last, line, usual)
    if marker and not (midway and _doubtful(marker, line.text)):
        return True
    if is_label(line.text) and not ends_linking(last.text):
        return True
    return is_decision(line.text) and not midway


def _indented_anew(group: Group, line: Line) -> bool:
    """Say whether the line's indent, on a page of print, begins a new paragraph.

    That is a line back at the marker of an item whose lines hang, and one moved in behind lines
    that were not.
    """
    first, last = group.lines[0], group.lines[-1]
    if line.margin is None:
        return False
    step = 0.6 * max(line.size, 1.0)
    if group.marker and len(group.lines) > 1 and last.left > first.left + step:
        return line.left <= first.left + step / 2
    if len(group.lines) > 1 and line.left > last.left + step and ends_sentence(last.text):
        return abs(last.left - first.left) < step or last.left < first.left
    return False


def _bridges(last: Line, line: Line, usual: Measure) -> bool:
    """Say whether a sentence plainly runs over a gap, as in a scan that saw one too many."""
    return _runs_over(last.text, line.text) and _fills(last, line, usual) >= 0.9


def _is_fragment(last: Line, line: Line) -> bool:
    """Say whether both are crumbs of a line that justified spacing broke into words."""
    crumb = len(last.text.split()) <= 3 and last.text[:1].islower()
    return last.margin is None and crumb and _runs_over(last.text, line.text)


def _doubtful(marker: Marker, text: str) -> bool:
    """Say whether a marker amid a sentence may be no marker: "parts (a) and / (b) of the plan"."""
    if marker.family in {"glyph", "o"}:
        return False
    rest = text[marker.length :]
    return starts_lower(rest) or marker.family in {"decimal", "dash", "bracketed"}


def _midway(last: Line, line: Line, usual: Measure) -> bool:
    """Say whether the sentence is still open at the end of a full line."""
    text = last.text
    if ends_sentence(text) or ends_clause(text) or is_capitals(text):
        return False
    return _fills(last, line, usual) >= 1.0


def _other_style(last: Line, line: Line) -> bool:
    """Say whether type size, weight or capitals set the two lines apart."""
    if last.size and line.size and not 0.9 <= line.size / last.size <= 1.1:
        return True
    lower = starts_lower(line.text)
    if last.bold != line.bold and not lower and not ends_linking(last.text):
        return True
    if is_capitals(last.text) != is_capitals(line.text) and not ends_linking(last.text):
        return len(last.text) > 3 and len(line.text) > 8 and " " in line.text.strip() and not lower
    return False


def _flows(last: Line, line: Line, usual: Measure) -> bool:
    """Say whether the words run on, by the ends of ``last`` and the beginning of ``line``."""
    text, fill = last.text, _fills(last, line, usual)
    broken_word = text[-1] in _HYPHENS and text[-2:-1].isalpha() and fill >= 0.7
    if broken_word or _COUNT.fullmatch(line.text):
        return True
    if ends_sentence(text):
        return fill >= (1.0 if usual.gaps_tell else 1.05) or _abbreviated(text, line, fill)
    if ends_clause(text):
        return fill >= 1.0 and (starts_lower(line.text) or usual.gaps_tell)
    if starts_lower(line.text) or ends_linking(text):
        return fill >= (0.3 if ends_linking(text) else 0.6)
    if is_capitals(text):
        return fill >= 0.7 or (is_capitals(line.text) and not usual.gaps_tell)
    return fill >= (0.8 if _reads_as_prose(text) else 1.0)


def _reads_as_prose(text: str) -> bool:
    """Say whether a line without an end has too many small words for a title."""
    words = re.findall(r"[^\W\d_]{4,}", text)
    return len(words) >= 4 and sum(word[0].isupper() for word in words) < 0.7 * len(words)


def _abbreviated(text: str, line: Line, fill: float) -> bool:
    """Say whether the full stop at the end only shortens a word: "Mr." before a name."""
    return fill >= 0.8 and (starts_lower(line.text) or ends_linking(text))


def _fills(last: Line, line: Line, usual: Measure) -> float:
    """Return how far ``last`` and the next line's first word reach; 1 or more is a full line."""
    width = last.margin if last.margin is not None else usual.width
    if not width:
        return 0.0
    per_character = (last.right - last.left) / max(1, len(last.text))
    start = last.left if last.margin is not None else 0.0
    end = last.right if last.margin is not None else float(len(last.text))
    reach = end + (1 + _first_word(line)) * per_character
    return (reach - start) / max(width - start, 1e-6)


def _first_word(line: Line) -> int:
    return len(line.text.split(maxsplit=1)[0])
