"""Questions to try: of matters of the collection, each asked before it is offered.

Asking them takes as long as a few answers, so it is done once for each build, in a thread of its
own, and nobody waits for it: a page shows them when they are there.
"""

from __future__ import annotations

import logging
import re
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from itertools import islice

from indexer.errors import MinutebookError
from indexer.model import Document, Kind, Passage, Role
from search_api.engine import Engine
from search_api.results import Answer, AnswerStatus

_log = logging.getLogger(__name__)

_EXAMPLES = 4
_TRIED = 8
_READ = 12
_ASKED = {
    Role.RESOLUTION: "What was agreed about {}?",
    Role.ACTION: "Who must do what about {}?",
    Role.COMMENT: "What did members say about {}?",
}
_MEANING = "What does"
_NUMBERING = re.compile(r"^[\W\d]*(?:[a-z][.)]\s+)?|[\s:.–-]+$", re.IGNORECASE)
_ROUTINE = re.compile(
    r"\b(?:apolog\w*|declarations?|minutes|attendance|membership|welcome|introduction|any other|"
    r"business|next meeting|date of|chair|present|agenda|item|matters arising|actions?|motions?|"
    r"adjourn\w*|other matters?|for the|cllr|councillor|mr|mrs|ms|dr|director|officer|"
    r"votes|manager|executive)\b",
    re.IGNORECASE,
)


class Examples:
    """The questions to try of the build that serves; safe between threads."""

    def __init__(self, lend: Callable[[], AbstractContextManager[Engine]]) -> None:
        """``lend`` gives the engine that serves now for as long as it is used."""
        self._lend = lend
        self._lock = threading.Lock()
        self._known: tuple[str, tuple[str, ...]] = ("", ())
        self._thread: threading.Thread | None = None
        self._stopped = threading.Event()

    def at_hand(self, build: str) -> tuple[str, ...]:
        """Return the questions of a build, none yet where they are still being looked for."""
        with self._lock:
            known, questions = self._known
            if known == build:
                return questions
            if self._stopped.is_set() or (self._thread and self._thread.is_alive()):
                return ()
            self._thread = threading.Thread(target=self._gather, name="questions to try")
            self._thread.start()
        return ()

    def wait(self, seconds: float | None = None) -> None:
        """Wait until nothing is being looked for."""
        if self._thread:
            self._thread.join(seconds)

    def close(self) -> None:
        """Stop after the question in hand."""
        self._stopped.set()
        self.wait()

    def _gather(self) -> None:
        found: list[str] = []
        try:
            with self._lend() as engine:
                for question in examples(engine):
                    found.append(question)
                    if self._stopped.is_set():
                        return
                build = engine.store.info.id
        except MinutebookError as error:
            _log.warning("No questions to try could be found: %s", error)
            return
        with self._lock:
            self._known = build, tuple(found)


def examples(engine: Engine) -> Iterator[str]:
    """Yield questions about matters of this collection that the record answers."""
    found = 0
    for question in islice(dict.fromkeys(_questions(engine, engine.store.documents())), _TRIED):
        answer = engine.answer(question, k=1)
        if answer.status is not AnswerStatus.NOT_FOUND and _explains(answer):
            yield question
            found += 1
        if found == _EXAMPLES:
            return


def _explains(answer: Answer) -> bool:
    """Say whether an answer to what a short form stands for holds a meaning that is known of it."""
    if not answer.question.startswith(_MEANING):
        return True
    words = _plainly(answer.answer or "")
    return any(_plainly(acronym.long) in words for acronym in answer.result.acronyms)


def _plainly(words: str) -> str:
    return " ".join(words.replace("&", "and").casefold().split())


def _questions(engine: Engine, documents: Sequence[Document]) -> Iterator[str]:
    """Yield a short form to be explained, and questions made of headings from here and there."""
    shorts = Counter(acronym.short for acronym in engine.store.acronyms())
    yield from (f"{_MEANING} {short} stand for?" for short, _ in shorts.most_common(1))
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
    if not _is_common(plain.split()):
        return plain
    first, _, rest = plain.partition(" ")
    article = "" if first.lower() in ("the", "a", "an") else "the "
    return f"{article}{first if first.isupper() and len(first) > 1 else first.lower()} {rest}"


def _is_common(words: Sequence[str]) -> bool:
    """Say whether a heading reads as plain words rather than as a name."""
    return not any(word[:1].isupper() for word in words[1:])
