"""What a build holds, said once for each build: choices, examples, bodies, years, what is amiss."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path

from indexer.errors import MinutebookError
from indexer.model import BuildInfo, Document, Kind, Passage, Role
from indexer.store.format import BUILT, current_folder
from search_api.engine import Engine
from search_api.results import AnswerStatus
from search_api.web.cards import Facts, facts
from search_api.web.form import Choices, choices_from
from search_api.web.line import Bar, bars_of
from search_api.web.plain_dates import plain_date
from search_api.web.words import KINDS

_EXAMPLES = 4
_TRIED = 8
_READ = 12
_STARTING_POINTS = 6
_ASKED = {
    Role.RESOLUTION: "What was agreed about {}?",
    Role.ACTION: "Who must do what about {}?",
    Role.COMMENT: "What did members say about {}?",
}
_NUMBERING = re.compile(r"^[\W\d]*(?:[a-z][.)]\s+)?|[\s:.–-]+$", re.IGNORECASE)
_ROUTINE = re.compile(
    r"\b(?:apolog\w*|declarations?|minutes|attendance|membership|welcome|introduction|any other|"
    r"business|next meeting|date of|chair|present|agenda|item|matters arising|actions?|motions?|"
    r"adjourn\w*|other matters?|for the|cllr|councillor|mr|mrs|ms|dr|director|officer|"
    r"votes|manager|executive)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Holder:
    """A body (and committee), how many documents it has, and when their first and last are from."""

    body: str
    committee: str
    documents: int
    span: str


@dataclass(frozen=True, slots=True)
class Overview:
    """What the pages say of a build as a whole."""

    info: BuildInfo
    choices: Choices
    examples: tuple[str, ...]
    start: tuple[Facts, ...]
    more: int
    kinds: tuple[tuple[str, int], ...]
    holders: tuple[Holder, ...]
    bars: tuple[Bar, ...]
    undated: int
    bodiless: int
    warned: tuple[Facts, ...]


def overview_of(engine: Engine) -> Overview:
    """Gather it; a second's work at most, of a build of any size."""
    documents = engine.store.documents()
    kinds = Counter(document.kind for document in documents)
    return Overview(
        info=engine.store.info,
        choices=choices_from(documents),
        examples=tuple(_examples(engine, documents)),
        start=tuple(facts(document) for document in documents[:_STARTING_POINTS]),
        more=max(0, len(documents) - _STARTING_POINTS),
        kinds=tuple((KINDS[kind], kinds[kind]) for kind in Kind if kinds[kind]),
        holders=tuple(_holders(documents)),
        bars=tuple(bars_of(document.date.edtf for document in documents)),
        undated=sum(document.date.edtf is None for document in documents),
        bodiless=sum(document.body is None for document in documents),
        warned=tuple(facts(document) for document in documents if document.warnings),
    )


def built_when(index: Path) -> str:
    """Say when the current build was made, "" where it does not say."""
    try:
        record = json.loads((current_folder(index) / BUILT).read_text("utf-8"))
        made = datetime.fromisoformat(record["built"])
    except (OSError, ValueError, KeyError, TypeError, MinutebookError):
        return ""
    return f"{plain_date(made.date().isoformat())}, {made:%H:%M} UTC"


def _holders(documents: Sequence[Document]) -> Iterator[Holder]:
    groups: dict[tuple[str, str], list[Document]] = {}
    for document in documents:
        groups.setdefault((document.body or "", document.committee or ""), []).append(document)
    for (body, committee), members in sorted(groups.items()):
        if body or committee:
            yield Holder(body, committee, len(members), _years(members))


def _years(documents: Sequence[Document]) -> str:
    years = [bar.year for bar in bars_of(document.date.edtf for document in documents)]
    if not years:
        return "dates not known"
    return str(years[0]) if years[0] == years[-1] else f"{years[0]} to {years[-1]}"


def _examples(engine: Engine, documents: Sequence[Document]) -> Iterator[str]:
    """Yield questions about matters of this collection that the record answers."""
    found = 0
    for question in islice(dict.fromkeys(_questions(engine, documents)), _TRIED):
        if engine.answer(question, k=1).status is not AnswerStatus.NOT_FOUND:
            yield question
            found += 1
        if found == _EXAMPLES:
            return


def _questions(engine: Engine, documents: Sequence[Document]) -> Iterator[str]:
    """Yield a short form to be explained, and questions made of headings from here and there."""
    shorts = Counter(acronym.short for acronym in engine.store.acronyms())
    yield from (f"What does {short} stand for?" for short, _ in shorts.most_common(1))
    minutes = [document for document in documents if document.kind is Kind.MINUTES] or documents
    spread = minutes[:: max(1, len(minutes) // _READ)][:_READ]
    each = [_of_document(engine.store.document_passages(document.id)) for document in spread]
    for turn in range(_TRIED):
        for questions in each:
            yield from questions[turn : turn + 1]


def _of_document(passages: Sequence[Passage]) -> list[str]:
    """Return questions about what was talked of in a document, what was talked of most first."""
    roles: dict[str, Counter[Role]] = {}
    for passage in passages:
        matter = _matter(passage.section[-1]) if passage.section else None
        if matter and passage.role in _ASKED:
            roles.setdefault(matter, Counter())[passage.role] += 1
    ranked = sorted(roles.items(), key=lambda one: -one[1].total())
    each = [
        [_ASKED[role].format(matter) for role, _ in counts.most_common()]
        for matter, counts in ranked
    ]
    return [
        questions[place]
        for place in range(len(_ASKED))
        for questions in each[:2]
        if place < len(questions)
    ]


def _matter(heading: str) -> str | None:
    """Return a heading as what a question is about, None where it is routine or no matter."""
    whole = " ".join(heading.split())
    plain = _NUMBERING.sub("", re.split(r"[:(–]| - ", whole)[0].strip())
    if not 2 <= len(plain.split()) <= 8 or _ROUTINE.search(whole) or re.search(r"\d", plain):
        return None
    if plain.isupper():
        plain = plain.capitalize()
    return f"the {plain[0].lower()}{plain[1:]}" if _is_common(plain.split()) else plain


def _is_common(words: Sequence[str]) -> bool:
    """Say whether a heading reads as plain words rather than as a name."""
    return not any(word[:1].isupper() for word in words[1:])
