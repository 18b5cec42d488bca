"""The lists and tables of a document: what introduces them, and what one would read out.

What stands line by line is a table too where its lines take turns: a label, and what it holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from weakref import WeakKeyDictionary

from indexer.model import Block, BlockKind, Span
from indexer.store.lately import Lately
from indexer.store.protocols import StoreReader

LONGEST = 600
"""The most characters that a person would read out."""
_LISTS_KEPT = 50_000
_ENUMERATED = re.compile(r"\(?(?:[ivx]{1,4}|[a-z]|\d{1,2})[.)] [^.]{1,80}[;,](?: (?:and|or))?")
"""A line of a list that was taken for a heading: “ii. Ashby Trust;”."""


@dataclass(frozen=True, slots=True)
class List:
    """What introduces a list or table, where its items stand, and what one would read out."""

    lead: Span
    reach: Span
    whole: Span
    items: int

    def touches(self, span: Span) -> bool:
        """Say whether its introduction or one of its items stands in a span."""
        return self.lead.overlaps(span) or self.reach.overlaps(span)


_known: WeakKeyDictionary[StoreReader, Lately[str, tuple[List, ...]]] = WeakKeyDictionary()
"""The lists of the documents of an open build that were read lately."""


def lists_in(store: StoreReader, document_id: str) -> tuple[List, ...]:
    """Return the lists and tables of a document, in its order."""
    known = _known.setdefault(store, Lately(_LISTS_KEPT, len))
    return known.get(document_id, lambda one: tuple(_lists(store.text(one), store.blocks(one))))


def lists_on_slide(text: str, units: Sequence[Span]) -> Iterator[List]:
    """Yield the lists among the phrases of a slide whose line ends are lost.

    What ends with a colon introduces all that follows, up to the next such phrase.
    """
    leads = [n for n, unit in enumerate(units) if unit.of(text).endswith(":")]
    for first, end in pairwise([*leads, len(units)]):
        items = units[first + 1 : end]
        if items:
            yield _of_items(units[first], items, len(items))


def _lists(text: str, blocks: Sequence[Block]) -> Iterator[List]:
    """Yield the lists and tables of a document that something introduces, in order."""
    run = _Run(None)
    for block in [*blocks, Block(BlockKind.PARAGRAPH, Span(len(text), len(text)))]:
        if block.kind is BlockKind.FURNITURE:
            continue
        words = block.span.of(text).rstrip()
        if not _is_item(words, block, run):
            yield from run.lists()
            run = _Run(_introduction(text, block))
            continue
        if run.items and block.header != run.items[-1].header:
            yield from run.lists()
            run = _Run(None)
        if run.within and run.items and _full(words) != _full(run.items[0].span.of(text)):
            yield from run.lists()
            run = _Run(run.outer, again=True)
        run.lead = run.lead or block.header
        run.items.append(block)
        if words.endswith(":") and block.kind is BlockKind.ITEM:
            yield from run.lists()
            outer = run.outer if run.within else run.lead
            run = _Run(_introduction(text, block), outer, within=True)


@dataclass(slots=True)
class _Run:
    """Items that follow one another; ``within`` says that another list is about them.

    ``again`` says that they go on with a list that another stood within.
    """

    lead: Span | None
    outer: Span | None = None
    within: bool = False
    again: bool = False
    items: list[Block] = field(default_factory=list)

    def lists(self) -> Iterator[List]:
        """Yield what the items make, if something introduces them."""
        if self.lead is not None and self.items:
            count = 0 if self.again else len(self.items)
            yield _of_items(self.lead, [item.span for item in self.items], count)


def _is_item(words: str, block: Block, run: _Run) -> bool:
    """Say whether a block is an item or a row; in a list, a line with its number is one too."""
    if block.kind is BlockKind.ROW:
        return block.header is not None
    return block.kind is BlockKind.ITEM or (
        bool(run.items) and _ENUMERATED.fullmatch(words) is not None
    )


def _full(words: str) -> bool:
    """Say whether an item is a sentence: those of one list are alike in that."""
    return words.rstrip().endswith(".")


def _introduction(text: str, block: Block) -> Span | None:
    """Return the last sentence of a block if it announces a list."""
    words = block.span.of(text)
    if not words.rstrip(" -–").endswith((":", ";")):
        return None
    return Span(block.span.start + (words.rfind(". ") + 2 if ". " in words else 0), block.span.end)


def _of_items(lead: Span, items: Sequence[Span], count: int) -> List:
    return List(lead, Span(items[0].start, items[-1].end), _read_out(lead, items), count)


def _read_out(lead: Span, items: Sequence[Span]) -> Span:
    """Return the list as far as a person would read it out, in whole items."""
    end = items[0].end
    for item in items:
        if item.end - lead.start > LONGEST:
            break
        end = item.end
    return Span(lead.start, end)
