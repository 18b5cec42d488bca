"""The report's page: sound HTML that needs nothing else, with every plot, and nothing unescaped."""

from __future__ import annotations

from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from eval.compare import compare
from eval.outcome import Run
from eval.page import operating_point, render
from eval.selective import Point
from indexer.errors import UsageError
from tests.eval.builders import question
from tests.eval.test_compare import answers, command, kept
from tests.eval.test_metrics import outcome, reply

_VOID = {"meta", "link", "br", "hr", "img", "input"}
_LOADING = {"src", "href", "srcset", "data", "action", "xlink:href"}


class _Checker(HTMLParser):
    """Fails on tags that do not match, and notes what the page would load."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[str] = []
        self.loads: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append(tag)
        self.loads += [f"{tag} {name}" for name, _ in attrs if name in _LOADING]
        if tag not in _VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append(tag)
        self.loads += [f"{tag} {name}" for name, _ in attrs if name in _LOADING]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def checked(page: str) -> _Checker:
    checker = _Checker()
    checker.feed(page)
    checker.close()
    assert checker.open == []
    return checker


def scored(run: Run) -> Run:
    outcomes = [
        replace(o, answered=replace(o.answered, score=n / 10))  # type: ignore[type-var]
        for n, o in enumerate(run.outcomes)
    ]
    return Run(tuple(outcomes), run.k, {"part": "all", "started": "2026"})


def test_the_page_is_sound_and_needs_nothing_else() -> None:
    before, now = scored(answers("noted", "burnt", "noted")), scored(answers(*["noted"] * 3))
    page = render(now, compare(before, now), name="second")
    found = checked(page)
    assert found.loads == []
    for word in ("http:", "https:", "//", "@import", "url(", "<script"):
        assert word not in page, word
    assert found.seen.count("svg") == 5 + 1 + 1 + 2  # kinds, risk, latency, two with changes
    assert "<h1>second</h1>" in page
    assert "q1" in page


def test_a_page_without_a_run_before_has_no_gains() -> None:
    page = render(scored(answers("noted", "burnt")), None, name="first")
    assert checked(page).seen.count("svg") == 7
    assert "Gains and losses" not in page


def test_nothing_of_a_document_or_question_is_taken_for_markup() -> None:
    nasty = "<script>alert(1)</script>"
    one = outcome([], [], question=question(question=nasty), answered=reply(nasty))
    page = render(Run((one,), 10, {"note": nasty}), None, name=nasty)
    checked(page)
    assert "<script" not in page


def test_a_run_in_which_all_failed_still_has_a_page() -> None:
    failed = outcome([], [], search_ms=None, error="ValueError: no")
    page = render(Run((failed,), 10), None, name="broken")
    checked(page)
    assert "ValueError: no" in page
    assert operating_point([failed]) is None


def test_where_the_answers_really_given_stand() -> None:
    given = [
        outcome([], [], number=1, answered=reply("noted")),
        outcome([], [], number=2, answered=reply("burnt")),
        outcome([], [], number=3, answered=reply(None)),
        outcome([], [], number=4, error="x"),
    ]
    assert operating_point(given) == Point(0.5, 0.5)


def test_the_command_writes_the_page(tmp_path: Path) -> None:
    a = kept(tmp_path / "a", answers("noted", "burnt"))
    b = kept(tmp_path / "b", answers("noted", "noted"))
    command("report", b, "--against", a)
    assert "Gains and losses" in (b / "report.html").read_text()
    command("report", a, "--to", tmp_path / "x" / "page.html")
    checked((tmp_path / "x" / "page.html").read_text())
    with pytest.raises(UsageError, match=r"cannot be written.*--to"):
        command("report", a, "--to", b / "report.html" / "page.html")
