"""The split is a fixed rule: balanced, and blind to what is added later."""

from __future__ import annotations

from eval.split import halve, part_of_document
from tests.eval.builders import question, sha


def test_questions_of_one_kind_go_to_both_parts_pair_by_pair() -> None:
    parts = halve([question(id=f"q{n}") for n in range(6)])
    assert all({parts[n], parts[n + 1]} == {"dev", "test"} for n in (0, 2, 4))


def test_a_document_s_lone_kinds_are_balanced_too() -> None:
    parts = halve([question(id=f"q{n}", kind=k) for n, k in enumerate(["when", "who", "why"])])
    assert parts[0] != parts[1]


def test_questions_added_at_the_end_move_no_other() -> None:
    old = [question(id=f"q{n}", documents=(sha(str(n % 3)),)) for n in range(20)]
    new = [question(id=f"n{n}", kind="who") for n in range(5)]
    assert halve([*old, *new])[:20] == halve(old)


def test_a_document_s_part_is_its_parity() -> None:
    assert part_of_document("f" * 63 + "e") == "dev"
    assert part_of_document("0" * 63 + "1") == "test"
