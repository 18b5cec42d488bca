"""What happened to each gold question in a run: everything the measures need, and no engine."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated

from pydantic import PlainSerializer

from eval.gold import GoldQuestion
from eval.judge import CitationVerdict
from search_api.results import Signs

Names = Annotated[frozenset[str], PlainSerializer(sorted, return_type=list[str])]
"""A set that is always written in one order, so that two runs can be compared line by line."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """One passage of a ranking; ``holds`` numbers the evidence quotes that it holds, from 0."""

    passage_id: str
    document_sha256: str
    rank: int
    score: float
    holds: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Answered:
    """What was answered, and what is right about it."""

    status: str
    answer: str | None
    citations: tuple[CitationVerdict, ...]
    versions_shown: Names
    grounding: float
    took_ms: float
    confidence: str | None = None
    """In words, how well the record bears the answer out."""
    score: float | None = None
    """How sure the answer is of itself, refused or not: greater is surer."""
    reasons: tuple[str, ...] = ()
    """Why the answer is as sure as it is, each a sentence."""
    signs: Signs | None = None
    """What its confidence was read off; None where a server answered."""

    @property
    def refused(self) -> bool:
        """Say whether the record was said not to answer."""
        return self.status == "not_found"


@dataclass(frozen=True, slots=True)
class Outcome:
    """One question's ranking and answer. Where a step failed, ``error`` says why.

    ``relevant`` holds every passage of the index that holds evidence, found or not, and
    ``unplaced`` counts the evidence quotes that the index does not have.
    """

    question: GoldQuestion
    gold: str
    relevant: Names
    unplaced: int
    ranking: tuple[Ranked, ...] = ()
    search_ms: float | None = None
    answered: Answered | None = None
    error: str | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """All outcomes of a run, and what produced them."""

    outcomes: tuple[Outcome, ...]
    k: int
    about: dict[str, object] = field(default_factory=dict)
