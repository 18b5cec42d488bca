"""Which part, dev or test, a gold question belongs to. The rules are fixed; nobody tunes on test.

Two rules, because the gold files differ. The sample corpus has five documents, so its
questions are halved within each document and kind. Over the shared data the split is by document,
so that nothing learnt about a dev document helps with a test question.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence

from eval.gold import PARTS, GoldQuestion


def halve(questions: Sequence[GoldQuestion]) -> list[str]:
    """Return the part of each question, in order: the one that has fewer of its like so far.

    "Its like" is first the questions on the same documents of the same kind and answerability,
    then those on the same documents, then those of the same kind, then all; where all tie, the
    SHA-256 of the id decides (even: dev). Questions added at the end never move the older ones.
    """
    counts: Counter[tuple[object, str]] = Counter()
    parts = []
    for question in questions:
        documents = tuple(sorted(question.documents))
        likes: tuple[object, ...] = (
            (documents, question.kind, question.answerable),
            documents,
            question.kind,
            None,
        )
        part = _fewer(likes, counts) or _by_hash(question.id)
        counts.update((like, part) for like in likes)
        parts.append(part)
    return parts


def _fewer(likes: Iterable[object], counts: Counter[tuple[object, str]]) -> str | None:
    dev, test = PARTS
    for like in likes:
        difference = counts[like, dev] - counts[like, test]
        if difference:
            return dev if difference < 0 else test
    return None


def _by_hash(text: str) -> str:
    return PARTS[int(hashlib.sha256(text.encode()).hexdigest(), 16) % 2]


def part_of_document(sha256: str) -> str:
    """Return the part of a document of the shared data: dev where its SHA-256 is even."""
    return PARTS[int(sha256, 16) % 2]
