"""A name that was found, and the words that begin no name of a body."""

from __future__ import annotations

from dataclasses import dataclass

from indexer.calendar_words import MONTH, WEEKDAY

NOT_NAMES = (
    "The|This|Lead|Chair|Chairman|Director|Officer|Managing|Manager|Report|Minutes|To|From|By|At|"
    "Draft|Final|Appendix|Annex|Item|Agenda|Present|Proposed|Meeting|Member|Members|Meetings|"
    "Councillor|Cllr|Chamber|Clerk|Leader|Mayor|Subject|Summons|Budget|Printed|Statutory|"
    "Special|Annual|Ordinary|Full|Inaugural|Extraordinary|Adjourned|Proceedings|Schedule|Update|"
    f"{MONTH}|{WEEKDAY}"
)


@dataclass(frozen=True, slots=True)
class Named:
    """A name and the short phrase that says how it is known."""

    name: str
    basis: str
