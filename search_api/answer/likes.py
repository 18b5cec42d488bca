"""Words for one thing, in a question and in a record: "chairs", "Chairman"; "cost", "price"."""

from __future__ import annotations

from search_api.english import stem as stem_word
from search_api.english import stems_of

_LIKE = (
    "start begin began begun commence launch",
    "end finish complete conclude close",
    "open opening reopen",
    "close closed closure shut",
    "submission submit submitted resubmission",
    "cost price",
    "build built construct construction",
    "move relocate transfer",
    "chair chairman chairwoman chairperson",
    "lead leader led",
    "approve approval",
    "pay paid payment repay repayment",
    "attend attendee",
    "decide decided decision",
    "elect elected election",
    "appoint appointed appointment",
    "resign resigned resignation",
    "retire retired retirement",
    "refuse refused refusal reject rejection",
    "extend extended extension",
    "reduce reduced reduction",
    "complain complained complaint",
    "respond responded response respondent",
    "grow grew growth",
    "lose lost loss",
    "choose chose chosen choice",
    "buy bought purchase",
    "die died death",
    "arrive arrival",
    "recruit recruitment",
    "spend spent spending",
    "hold held",
    "sell sold",
    "send sent",
    "public formal",
)
_USUAL = {
    "Britain": "UK",
    "British": "UK",
    "UK": "United Kingdom",
    "Lib": "Liberal",
    "Dem": "Democrat",
    "Tory": "Conservative",
    "Met": "Metropolitan",
    "govt": "government",
    "dept": "department",
    "CEO": "chief executive",
    "MP": "member of parliament",
}
"""What anybody takes a word to stand for, and no record explains."""
USUAL = {
    stem_word(short): frozenset(stems_of(long)) - {stem_word("of")}
    for short, long in _USUAL.items()
}
_GROUPS = [frozenset(stem_word(word) for word in group.split()) for group in _LIKE]


def with_like(words: str) -> set[str]:
    """Return the stems of some words, and of those that mean the same."""
    stems = set(stems_of(words))
    return stems.union(*(group for group in _GROUPS if stems & group))
