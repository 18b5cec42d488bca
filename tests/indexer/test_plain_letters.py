"""Accents left out: every letter in its place, and names found however they are written."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from indexer.plain_letters import plain_letters
from search_api.answer.naming import names_apart
from search_api.english import stem, stems_of


@given(st.text())
def test_no_letter_moves_and_a_second_time_changes_nothing(text: str) -> None:
    plain = plain_letters(text)
    assert len(plain) == len(text)
    assert plain_letters(plain) == plain
    assert all(one == other or other.isascii() for one, other in zip(text, plain, strict=True))


@given(st.text(alphabet="abcáàâäãåéèêëíìîïñóòôöõúùûüýÿŵŷŴŶÁÇç"))
def test_what_is_left_is_what_stands_under_the_marks(text: str) -> None:
    apart = unicodedata.normalize("NFD", text)
    assert plain_letters(text) == "".join(c for c in apart if not unicodedata.combining(c))


def test_a_name_has_one_stem_with_and_without_accents() -> None:
    assert stem("Pleanála") == stem("Pleanala")
    assert stems_of("Ynys Môn, Łódź; Ceallaigh") == stems_of("Ynys Mon, Lodz; Ceallaigh")
    assert plain_letters("Straße, æther") == "Straße, æther"


def test_a_name_of_two_words_stands_together_however_it_is_written() -> None:
    asked = "What did Bord Pleanala decide?"
    named = frozenset(stems_of("Bord Pleanala"))
    assert names_apart(asked, named, ["An Bord Pleanála will decide."], "") == ()
    assert names_apart(asked, named, ["The Bord met. Pleanála came."], "") == ("Bord Pleanala",)
