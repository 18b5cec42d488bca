"""What a hit reads on to: nothing twice, nothing lost, and the very text of the document."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.errors import NotFoundError
from indexer.model import Filters, Role
from indexer.store.protocols import Scored, StoreReader
from search_api.ranking.fold import Folded
from search_api.ranking.read_on import joined, parts_of, read_on
from tests.contract.builders import document, plan, record
from tests.contract.memory import MemoryStore
from tests.search_api.records import Record, engine_over

_LONGEST = 800
_TURNS = [Role.COMMENT, Role.RESPONSE]
_TEXTS = st.lists(
    st.integers(1, 500).map(lambda count: "word " * (count // 5) + "end."), max_size=12
)


def _store(*documents: Sequence[str], roles: Sequence[Role] = ()) -> StoreReader:
    store = MemoryStore()
    writer = store.writer(plan())
    for number, texts in enumerate(documents):
        writer.add(record(document(f"d{number}"), texts, roles=roles))
    writer.publish(plan())
    return store.open()


def _ranked(*numbers: int) -> list[Folded]:
    return [Folded(Scored(number, 1.0)) for number in numbers]


def _numbers(store: StoreReader, folded: Sequence[Folded], *roles: Role) -> list[list[int]]:
    """Return the numbers of the passages that each hit shows."""
    known = {one.id: n for n, one in enumerate(store.passages(range(store.count())))}
    return [[known[part.id] for part in each.parts] for each in read_on(store, folded, roles)[0]]


def test_a_hit_reads_on_up_to_a_better_one_and_the_end_of_its_document() -> None:
    store = _store(["One.", "Two.", "Three.", "Four."], ["Five."])
    assert _numbers(store, _ranked(1, 0)) == [[1, 2, 3], [0]]
    assert _numbers(store, _ranked(0, 1)) == [[0, 1, 2, 3]]
    assert _numbers(store, _ranked(2, 4)) == [[2, 3], [4]]


def test_only_roles_that_are_asked_for_are_read_on_to() -> None:
    store = _store(["Asked.", "Answered.", "Asked again."], roles=_TURNS)
    assert _numbers(store, _ranked(0)) == [[0, 1, 2]]
    assert _numbers(store, _ranked(0, 2), Role.COMMENT) == [[0], [2]]


@pytest.mark.parametrize(("role", "shown"), [(Role.TEXT, 2), (Role.TABLE, 1), (Role.ATTENDANCE, 1)])
def test_of_figures_and_names_less_is_shown(role: Role, shown: int) -> None:
    store = _store(["a" * 300, "b" * 300, "c" * 300], roles=[role])
    assert [len(run) for run in _numbers(store, _ranked(0))] == [shown]


@given(st.lists(_TEXTS.filter(bool), min_size=1, max_size=3), st.randoms())
def test_nothing_is_shown_twice_or_lost(documents: list[list[str]], chance: Random) -> None:
    store = _store(*documents, roles=_TURNS)
    numbers = list(range(store.count()))
    chance.shuffle(numbers)
    folded = _ranked(*numbers)
    shown, inside = read_on(store, folded, ())
    parts = [part.id for each in shown for part in each.parts]
    assert len(parts) == len(set(parts)) == store.count()
    assert {each.folded.first.number for each in (*shown, *inside)} == set(numbers)
    assert {each.parts[0].id for each in inside} <= set(parts)
    for first in range(len(folded)):
        some, _ = read_on(store, folded[:first], ())
        assert some == shown[: len(some)], "what is ranked below plays no part"


@given(_TEXTS.filter(bool), st.integers(0, 11))
def test_what_is_shown_is_the_text_of_the_document(texts: list[str], place: int) -> None:
    store = _store(texts, roles=_TURNS)
    [one], _ = read_on(store, _ranked(place % len(texts)), ())
    whole = joined(store.text, one.parts)
    assert whole.text == whole.span.of(store.text(whole.document_id))
    assert whole.text.startswith(one.parts[0].text)
    assert whole.text.endswith(one.parts[-1].text)
    assert whole.role is one.parts[0].role
    assert len(one.parts) == 1 or len(whole.text) <= _LONGEST
    assert parts_of(store, whole.id) == one.parts


@pytest.mark.parametrize("wrong", ["id-d0-0-3", "id-d0-1-9", "id-d0-0-2000", "id-d9-0-4", "none"])
def test_an_id_that_no_hit_can_have_is_not_found(wrong: str) -> None:
    store = _store(["One.", "Two."])
    with pytest.raises(NotFoundError):
        parts_of(store, wrong)


def test_a_question_is_found_with_its_answer(tmp_path: Path) -> None:
    said = (
        "3. WINTER BEDS\n\nA member asked when the beds on Ward 7 would be open again.\n\n"
        "In response, the Director said that this depended on nurses who had still to be found.\n\n"
        "RESOLVED: that the report be noted.\n\n"
        "4. PARKING\n\nThe Commission heard that the car park was full on most mornings."
    )
    with engine_over(tmp_path, [Record("2016-11-03", "Anytown Council", said)]) as engine:
        question = "When would the beds on Ward 7 be open again?"
        first, *others = engine.search(question, k=20).hits
        assert "A member asked" in first.passage.text
        assert "still to be found" in first.passage.text
        assert "PARKING" not in first.passage.text
        assert first.roles[:2] == (Role.COMMENT, Role.RESPONSE)
        every = engine.search(question, k=20)
        assert len(every.hits) == every.total, "k means k: what is inside comes again, last"
        alone = engine.search(question, k=20, filters=Filters(role=(Role.COMMENT,))).hits
        assert {role for hit in alone for role in hit.roles} == {Role.COMMENT}
        assert all(hit.score <= first.score for hit in others)
