"""What a document is, where no manifest says: title, body, kind and date, each with its basis.

Everything inferred is marked so. What the text does not show stays unknown: a guess at a body or
a day would end in somebody's letter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from indexer.corpus import Source
from indexer.dates import DateMention, bounds, find_dates
from indexer.manifest import Entry
from indexer.model import (
    Block,
    BlockKind,
    Dating,
    Document,
    Kind,
    ParsedDocument,
    Status,
)
from indexer.segment.furniture import site_furniture
from indexer.segment.sentences import lacks_full_stops

_HEAD_CHARACTERS = 2500
_LONGEST_TITLE = 200
_KIND_WORDS = (
    (Kind.PACK, r"\b(?:reports? pack|agenda pack|document pack|public pack)\b"),
    (Kind.MINUTES, r"\bminutes\b"),
    (Kind.SLIDES, r"\b(?:slides?|presentation)\b"),
    (Kind.AGENDA, r"\bagenda\b"),
    (Kind.LETTER, r"\bletter\b"),
    (Kind.PLAN, r"\b(?:plan|strategy)\b"),
    (Kind.REPORT, r"\b(?:report|update|review|statement|paper|appendix|annex)\b"),
)
_NAME = (
    r"(?!(?:The|This|Lead|Chair|Director|Officer|Managing|Manager|Report|Minutes|To|From|By|At)\b)"
    r"[A-Z][A-Za-z’'.-]+"
)
_JOINED = rf"{_NAME}(?:(?: |, | and |, and | & | of | upon | for ){_NAME}){{0,7}}"
_COMMITTEE = re.compile(
    rf"\b({_JOINED} (?:Committee|Commission|Panel|Board|SPC|Cabinet|Forum))\b(?! of )"
)
_BODY = re.compile(
    rf"\b((?:NHS )?{_JOINED} (?:City and County Council|County Council|City Council|"
    r"Borough Council|District Council|Council|Clinical Commissioning Groups?|CCGs?|"
    r"(?:NHS )?(?:Foundation )?Trust|Integrated Care (?:Board|System|Partnership)|Health Board)"
    rf"|Healthwatch {_NAME})\b"
)
_GENERIC_BODIES = frozenset(
    {"council", "trust", "ccg", "ccgs"}
    | {f"{sort} council" for sort in ("the", "city", "county", "borough", "district", "full")}
)
_OPENING = re.compile(
    r"^(?:(?:The|Minutes|Proceedings|Agenda|Report|Notes|Special|Annual|Monthly|Adjourned|Ordinary|"
    r"Full|Draft|Meetings?)\b ?(?:(?:of|at|to|for|from) )?(?:the )?)+"
)
_MEETS = re.compile(
    r"\b(?:held|meeting|minutes|date|mon|tues|wednes|thurs|fri|satur|sun)(?:day)?\b",
    re.IGNORECASE,
)
_PROSE = re.compile(r"[.:;,-]$|[a-z]\. [A-Z]")
_REPORT_NUMBER = re.compile(r"\bNo\.? ?\d+/((?:19|20)\d{2})\b")
_WEIGHTS = {"day": 3, "month": 2, "season": 2, "year": 1, "years": 0}


def describe(source: Source, parsed: ParsedDocument) -> Document:
    """Return the document's record: the manifest's word first, then the text's, then the name's."""
    entry = source.entry
    head = _head(parsed)
    kind = entry.kind or _kind(source, parsed)
    found = {
        "title": _title(source, parsed, head),
        "body": _body(head, source.file),
        "committee": _committee(head, source.file),
    }
    stated = {"title": entry.title, "body": entry.body, "committee": entry.committee}
    inferred = [name for name, value in stated.items() if value is None and found[name]]
    inferred += [] if entry.kind else ["kind"]
    inferred += [] if entry.date else ["date"]
    return Document(
        id=source.document_id,
        title=entry.title or found["title"] or source.file,
        body=entry.body or found["body"],
        committee=entry.committee or found["committee"],
        area=entry.area,
        kind=kind,
        status=entry.status or Status.UNKNOWN,
        date=_stated(entry) or _inferred_date(source, parsed, head),
        published=Dating(entry.published, entry.published_basis or "stated in the manifest")
        if entry.published
        else Dating(None, "not known"),
        file=source.file,
        media_type=parsed.media_type,
        pages=len(parsed.pages),
        source_url=entry.source_url,
        sha256=source.sha256,
        duplicates=source.duplicates,
        warnings=parsed.warnings,
        inferred=tuple(inferred),
    )


def _stated(entry: Entry) -> Dating | None:
    if entry.date is None:
        return None
    return Dating(entry.date, entry.date_basis or "stated in the manifest")


def _own_blocks(parsed: ParsedDocument) -> list[Block]:
    furniture = site_furniture(parsed.text, parsed.blocks)
    return [block for i, block in enumerate(parsed.blocks) if i not in furniture]


def _head(parsed: ParsedDocument) -> str:
    """Return the document's beginning, its own words only, a block on each line."""
    lines: list[str] = []
    size = 0
    for block in _own_blocks(parsed):
        lines.append(block.span.of(parsed.text))
        size += len(lines[-1])
        if size > _HEAD_CHARACTERS:
            break
    return "\n".join(lines)[:_HEAD_CHARACTERS]


def _name_words(file: str) -> str:
    return re.sub(r"[_\s]+", " ", PurePosixPath(file).stem)


def _kind(source: Source, parsed: ParsedDocument) -> Kind:
    labels = {block.span.of(parsed.text).strip().lower() for block in parsed.blocks}
    if labels & {"minutes:", "minutes"}:
        return Kind.MINUTES
    deck = "presentation" in parsed.media_type or "powerpoint" in parsed.media_type
    if deck or _looks_like_slides(parsed):
        return Kind.SLIDES
    first = " ".join(block.span.of(parsed.text) for block in _own_blocks(parsed)[:4])[:400]
    for words in (_name_words(source.file), first):
        for kind, pattern in _KIND_WORDS:
            if re.search(pattern, words, re.IGNORECASE):
                return kind
    return Kind.OTHER


def _looks_like_slides(parsed: ParsedDocument) -> bool:
    """Say whether most of the text is paragraphs without sentences' ends: a deck, transcribed."""
    own = _own_blocks(parsed)
    phrases = [
        len(block.span.of(parsed.text))
        for block in own
        if block.kind is BlockKind.PARAGRAPH and lacks_full_stops(parsed.text, block.span)
    ]
    return len(phrases) >= 3 and sum(phrases) > 0.6 * sum(len(b.span.of(parsed.text)) for b in own)


def _title(source: Source, parsed: ParsedDocument, head: str) -> str:
    if parsed.title and len(parsed.title) <= _LONGEST_TITLE:
        return parsed.title
    for block in _own_blocks(parsed)[:5]:
        words = block.span.of(parsed.text)
        if _can_be_a_title(block, words):
            return words
    first = head.split("\n", 1)[0]
    if 8 <= len(first) <= 120 and not _PROSE.search(first):
        return first
    return _name_words(source.file)


def _can_be_a_title(block: Block, words: str) -> bool:
    right_size = 8 <= len(words) <= _LONGEST_TITLE
    return block.kind is BlockKind.HEADING and right_size and not words.endswith((":", ";", ","))


def _body(head: str, file: str) -> str | None:
    for words in _titles(head, file):
        for match in _BODY.finditer(words):
            name = _OPENING.sub("", match[1]).strip()
            if name.lower() not in _GENERIC_BODIES:
                return name
    return None


def _committee(head: str, file: str) -> str | None:
    for words in _titles(head, file):
        if match := _COMMITTEE.search(words):
            return _OPENING.sub("", match[1]).strip()
    return None


def _titles(head: str, file: str) -> Iterator[str]:
    """Yield the file's name and the lines of the head that are titles.

    A body that is named in a sentence is as often the one reported on as the one that reports.
    """
    for line in [_name_words(file), *head.split("\n")]:
        if line.isupper() or (len(line) <= _LONGEST_TITLE and not _PROSE.search(line)):
            yield _in_title_case(line)


def _in_title_case(line: str) -> str:
    """Give a line of capitals the form of names, so that one pattern finds bodies in both."""
    return _recased(line) if line.isupper() else line


def _recased(line: str) -> str:
    joining = {"And", "Of", "The", "In", "On", "At", "For"}
    words = line.title().replace("Nhs", "NHS").replace("Ccg", "CCG").split(" ")
    return " ".join(word.lower() if word in joining else word for word in words)


def _inferred_date(source: Source, parsed: ParsedDocument, head: str) -> Dating:
    return (
        _date_in_head(head)
        or _date_in_name(_name_words(source.file))
        or _date_from_mentions(parsed)
        or Dating(None, "not stated in the document")
    )


def _date_in_head(head: str) -> Dating | None:
    """A day beside the words of a meeting, at the end of a title, or alone on its line."""
    for line in head.split("\n")[:30]:
        for mention in find_dates(line):
            last = len(line) < _LONGEST_TITLE and line.endswith(mention.span.of(line))
            short = len(line) < len(mention.span.of(line)) + 60 and not _PROSE.search(line)
            alone = last or short
            if mention.precision == "day" and (_MEETS.search(line) or alone):
                words = mention.span.of(line)
                return Dating(mention.edtf, f"read from the text: “{words}”")
    return None


def _date_in_name(name: str) -> Dating | None:
    mentions = sorted(find_dates(name), key=lambda m: -_WEIGHTS[m.precision])
    if not mentions:
        return None
    words = mentions[0].span.of(name)
    return Dating(mentions[0].edtf, f"read from the file's name: “{words}”")


def _date_from_mentions(parsed: ParsedDocument) -> Dating | None:
    """The year to which most of the text's exact dates belong, marked as uncertain."""
    weights: dict[int, int] = {}
    for block in _own_blocks(parsed):
        words = block.span.of(parsed.text)
        for mention in find_dates(words):
            year = _year(mention)
            weights[year] = weights.get(year, 0) + _WEIGHTS[mention.precision]
        for match in _REPORT_NUMBER.finditer(words):
            weights[int(match[1])] = weights.get(int(match[1]), 0) + 3
    if not weights or not max(weights.values()):
        return None
    year = min(weights, key=lambda y: (-weights[y], y))
    return Dating(f"{year}?", f"inferred: most dates that the text mentions are of {year}")


def _year(mention: DateMention) -> int:
    return bounds(mention.edtf)[0].year
