"""What comes after a good passage: the next one, and the answer to it a little further on."""

from __future__ import annotations

import pytest

from indexer.model import Passage, Role, Span
from search_api.asked.kinds import QuestionKind
from search_api.ranking.following import REACH, answering, continued, following
from tests.contract.builders import document, plan, record
from tests.contract.memory import MemoryStore

_DECIDED = answering(QuestionKind.DECISION)


def _passage(role: Role, section: str = "Item 3", of: str = "d") -> Passage:
    return Passage("p", of, "Words.", Span(0, 6), role, (section,), (1, 1))


def _raised(*roles: Role, last_section: str = "Item 3") -> list[float]:
    """Score the first passage 1 and the rest 0, and return all as they are raised."""
    passages = {n: _passage(role) for n, role in enumerate(roles)}
    passages[len(roles) - 1] = _passage(roles[-1], last_section)
    total = {n: float(n == 0) for n in passages}
    return list(continued(total, passages, _DECIDED, 0.3, 0.6).values())


def test_the_next_passage_is_raised_and_others_are_not() -> None:
    assert _raised(Role.REPORT, Role.COMMENT, Role.COMMENT) == pytest.approx([1, 0.3, 0])


def test_a_resolution_is_raised_past_the_debate() -> None:
    debate = [Role.COMMENT] * (REACH - 1)
    assert _raised(Role.REPORT, *debate, Role.RESOLUTION)[-1] == pytest.approx(0.6)
    assert _raised(Role.REPORT, *debate, Role.COMMENT, Role.RESOLUTION)[-1] == 0
    assert _raised(Role.REPORT, *debate, Role.RESOLUTION, last_section="Item 4")[-1] == 0


def test_nothing_is_raised_above_what_it_follows_or_by_another_document() -> None:
    passages = {0: _passage(Role.REPORT, of="other"), 1: _passage(Role.RESOLUTION)}
    assert continued({0: 1.0, 1: 0.0}, passages, _DECIDED, 0.3, 0.6) == {0: 1.0, 1: 0.0}
    same = {n: _passage(Role.RESOLUTION) for n in range(2)}
    assert continued({0: 0.2, 1: 0.5}, same, _DECIDED, 0.3, 0.6) == {0: 0.2, 1: 0.5}


def test_only_the_next_one_of_the_document_is_read_unless_a_role_is_wanted() -> None:
    store = MemoryStore()
    writer = store.writer(plan())
    for name in ("a", "b"):
        writer.add(record(document(name), ["One.", "Two.", "Three."]))
    writer.publish(plan())
    reader = store.open()
    known = {n: reader.passages([n])[0] for n in (0, 2)}
    assert list(following(reader, [0, 2], known, (), frozenset())) == [1]
    role = reader.passages([1])[0].role
    other = next(one for one in Role if one is not role)
    assert following(reader, [0], {0: known[0]}, [other], frozenset()) == {}
