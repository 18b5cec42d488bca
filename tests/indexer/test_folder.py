"""A paper that gives no body has its folder's, where all others there are one body's."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from indexer.bodies import NO_BODIES
from indexer.build import BuildReport, build_index
from indexer.describe.folder import Voice, bodies_of_folders, of_its_folder, voice_of
from indexer.describe.named import Named
from indexer.store.local import open_reader
from tests.indexer.test_describe import described

ASHBY = "Ashby County Council"
GIVEN = [("2025/a.txt", Voice(ASHBY)), ("2025/b.txt", Voice(ASHBY))]


def _body(text: str, *others: tuple[str, Voice], file: str = "2025/c.txt") -> str | None:
    *_, named = bodies_of_folders([*(others or GIVEN), (file, voice_of(None, text))])
    return named.name if named else None


@pytest.mark.parametrize(
    "text",
    [
        "The Council owes £3m. The Council will repay it, and the Council has a plan.",
        "A grant to ACC of £3m.",
        "A report of Ashby County Council.",
        "ACC borrows, as ACC did when Birch Borough Council lent to it.",
        "The Council Tax. " + "The Council borrows. " * 20 + "Birch Borough Council lent £3m.",
    ],
)
def test_a_text_that_speaks_as_one_of_the_folders_body_is_its(text: str) -> None:
    assert _body(text) == ASHBY


@pytest.mark.parametrize(
    "text",
    [
        "The debt is £3m.",
        "The Council owes £3m.",
        "The Council Tax, the Council Tax and the Council Tax rise.",
        "The Council owes £3m. The Council pays Birch Borough Council. The Council agreed.",
        "ACC and Birch Borough Council agreed.",
        "The Trust was formed. The Trust has a board. The Trust meets.",
    ],
)
def test_a_text_that_says_too_little_or_names_others_is_nobodys(text: str) -> None:
    assert _body(text) is None


def test_a_folder_of_two_bodies_or_of_one_paper_gives_none() -> None:
    text = "ACC owes £3m."
    assert _body(text, *GIVEN, ("2025/d.txt", Voice("Birch Borough Council"))) is None
    assert _body(text, GIVEN[0]) is None
    assert _body(text, *GIVEN, file="2024/c.txt") is None


def test_a_silent_paper_goes_with_a_folder_that_is_mostly_one_bodys() -> None:
    told = [*GIVEN, ("2025/d.txt", voice_of(None, "ACC")), ("2025/e.txt", voice_of(None, "ACC"))]
    assert _body("Borrowing | 3.0", *told) == ASHBY
    assert _body("Birch Borough Council | 3.0", *told) is None
    silent = [(f"2025/{n}.txt", voice_of(None, "")) for n in range(4)]
    assert _body("Borrowing | 3.0", *told, *silent) is None


def test_who_gives_a_body_keeps_it() -> None:
    assert bodies_of_folders([*GIVEN, ("2025/c.txt", Voice(ASHBY))]) == [None] * 3
    assert voice_of(ASHBY, "Birch Borough Council") == Voice(ASHBY)


def test_a_trust_is_known_by_its_sort_and_its_initials() -> None:
    trust = "Ashby Hospitals NHS Trust"
    given = [("a.txt", Voice(trust)), ("b.txt", Voice(trust))]
    assert _body("AHNT has 24 beds.", *given, file="c.txt") == trust
    assert (
        _body("The Trust has beds, the Trust said. The Trust met.", *given, file="c.txt") == trust
    )
    board = "Ashby Integrated Care Board"
    given = [("a.txt", Voice(board)), ("b.txt", Voice(board))]
    assert _body("Ashby ICB met.", *given, file="c.txt") == board


def test_the_record_says_how_the_body_is_known() -> None:
    document = described("c.txt", "Borrowing")
    assert document.body is None
    named = Named(ASHBY, "for a reason")
    found = of_its_folder(document, named, NO_BODIES)
    assert (found.body, found.area) == (ASHBY, "Ashby")
    assert {"body", "area"} <= set(found.inferred)
    assert dict(found.bases)["body"] == "for a reason"
    stated = replace(document, body="Birch Borough Council")
    assert of_its_folder(stated, named, NO_BODIES) == stated
    assert of_its_folder(document, None, NO_BODIES) == document


def _bodies(index: Path) -> dict[str, str | None]:
    with closing(open_reader(index)) as reader:
        return {document.file: document.body for document in reader.documents()}


def test_a_build_follows_what_its_folders_say(tmp_path: Path) -> None:
    corpus, index = tmp_path / "corpus", tmp_path / "index"
    (corpus / "pack").mkdir(parents=True)

    def write(name: str, text: str) -> BuildReport:
        (corpus / name).write_text(text, encoding="utf-8")
        return build_index(corpus, index)

    (corpus / "pack" / "m.txt").write_text(f"{ASHBY}\n\nMinutes of 3 May 2025\n", encoding="utf-8")
    (corpus / "pack" / "n.txt").write_text(f"{ASHBY}\n\nMinutes of 4 May 2025\n", encoding="utf-8")
    write("pack/x.txt", "Appendix C\n\nACC owes £3m on its schools.\n")
    assert _bodies(index)["pack/x.txt"] == ASHBY
    assert write("elsewhere.txt", "Notes\n\nACC owes nothing.\n").embedded == 1
    assert _bodies(index)["elsewhere.txt"] is None
    write("pack/o.txt", "Birch Borough Council\n\nMinutes of 5 May 2025\n")
    assert _bodies(index)["pack/x.txt"] is None
