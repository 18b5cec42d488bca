"""The measure of roles, held to figures counted by hand; and the labels, held to their rules."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner

from eval.gold import PARTS
from eval.roles.cli import default_labels, roles_command
from eval.roles.labels import Label, LabelsError, load_labels
from eval.roles.measure import Outcome, RoleScore, figures, judge
from indexer.corpus import read_corpus
from indexer.errors import UsageError
from indexer.model import Role

SHARED_DATA = Path(__file__).parents[3] / "shared" / "data"
LEAST_MACRO_F1 = 0.89
"""What was reached on these labels, less its noise: see docs/evaluation.md."""
LARGEST_PDF = 200_000

MINUTES = """\
# Minutes

The Director presented the report.

Members asked about parking.

The Director replied that it was free.

RESOLVED that the report be noted.
"""
DIGEST = hashlib.sha256(MINUTES.encode()).hexdigest()


def _outcome(right: Role, told: Role | None, document: str = "a") -> Outcome:
    label = Label(document * 64, "Words", right, "dev")
    return Outcome(label, "f.txt", told, told)


def test_precision_recall_and_f1_are_as_counted_by_hand() -> None:
    comment, response = Role.COMMENT, Role.RESPONSE
    outcomes = [
        _outcome(comment, comment),
        _outcome(comment, comment),
        _outcome(comment, response),
        _outcome(comment, None),
        _outcome(response, response),
        _outcome(response, comment, "b"),
    ]
    result = figures(outcomes, lambda outcome: outcome.unit)
    assert result.roles == (
        RoleScore(comment, precision=2 / 3, recall=2 / 4, f1=4 / 7, labelled=4, told=3),
        RoleScore(response, precision=1 / 2, recall=1 / 2, f1=1 / 2, labelled=2, told=2),
    )
    assert result.macro_f1.value == pytest.approx((4 / 7 + 1 / 2) / 2)
    assert result.accuracy == pytest.approx(3 / 6)
    assert (result.n, result.documents) == (6, 2)


def test_a_role_that_is_never_told_scores_nothing() -> None:
    result = figures([_outcome(Role.ACTION, Role.REPORT)], lambda outcome: outcome.unit)
    assert result.roles == (RoleScore(Role.ACTION, 0.0, 0.0, 0.0, 1, 0),)
    assert result.macro_f1.value == 0.0


def _line(**fields: object) -> str:
    label = {"sha256": DIGEST, "anchor": "Members asked", "role": "comment", "part": "dev"}
    return json.dumps({**label, **fields})


def _file(tmp_path: Path, *lines: str) -> Path:
    path = tmp_path / "labels.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_labels_are_put_to_a_document_as_a_build_reads_it(tmp_path: Path) -> None:
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents" / "minutes.md").write_text(MINUTES, encoding="utf-8")
    labels = load_labels(
        _file(
            tmp_path,
            _line(),
            _line(anchor="The Director", role="report"),
            _line(anchor="The Director", nth=2, role="comment"),
            _line(anchor="No such words", role="action"),
        )
    )
    outcomes = judge(labels, tmp_path / "documents")
    assert [outcome.unit for outcome in outcomes] == ["comment", "report", "response", None]
    assert [outcome.passage for outcome in outcomes] == ["comment", "report", "response", None]
    assert {outcome.file for outcome in outcomes} == {"minutes.md"}


def test_an_absent_document_is_an_error_that_names_it(tmp_path: Path) -> None:
    (tmp_path / "other.txt").write_text("Other words.", encoding="utf-8")
    with pytest.raises(UsageError, match=DIGEST[:12]):
        judge([Label(DIGEST, "Members", Role.COMMENT, "dev")], tmp_path)


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("{", "JSON"),
        ("[]", "object"),
        ('{"sha256": ""}', "Missing: anchor, part, role"),
        (_line(extra=1), "Unknown: extra"),
        (_line(sha256="ABC"), "64 hexadecimal"),
        (_line(anchor="…"), "first words"),
        (_line(anchor="word " * 40), "at most 100"),
        (_line(role="chair"), "role is one of"),
        (_line(part="train"), "part is one of"),
        (_line(nth=0), "counts from 1"),
        (_line(note=1), "note is a text"),
    ],
)
def test_a_fault_is_named_by_its_line(tmp_path: Path, line: str, fault: str) -> None:
    with pytest.raises(LabelsError, match=f"labels.jsonl:2: .*{fault}"):
        load_labels(_file(tmp_path, _line(anchor="Another place"), line))


def test_a_place_is_labelled_once_and_a_document_is_in_one_part(tmp_path: Path) -> None:
    path = _file(tmp_path, _line(), _line(), _line(anchor="Other words", part="test"))
    with pytest.raises(LabelsError) as raised:
        load_labels(path)
    assert "labels.jsonl:2: The same place is labelled on line 1." in str(raised.value)
    assert "labels.jsonl:3: The document is in the other part" in str(raised.value)


def test_the_command_prints_figures_and_errors(tmp_path: Path) -> None:
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents" / "minutes.md").write_text(MINUTES, encoding="utf-8")
    path = _file(tmp_path, _line(), _line(anchor="RESOLVED that", role="action"))
    arguments = ["--documents", str(tmp_path / "documents"), "--labels", str(path)]
    shown = CliRunner().invoke(roles_command, [*arguments, "--errors"])
    assert shown.exit_code == 0
    assert "macro F1 0.500" in shown.output
    assert "action told as resolution: RESOLVED that (minutes.md)" in shown.output
    found = json.loads(CliRunner().invoke(roles_command, [*arguments, "--json"]).output)
    assert found["units"]["accuracy"] == 0.5
    assert [wrong["label"] for wrong in found["wrong"]] == ["action"]


def test_the_projects_labels_hold_every_role_in_both_parts() -> None:
    labels = load_labels(default_labels())
    counts = Counter((label.part, label.role) for label in labels)
    for part in PARTS:
        for role in {label.role for label in labels}:
            assert counts[part, role] >= 15, (part, role)
    assert len({label.sha256 for label in labels}) >= 100
    assert max(len(label.anchor.split()) for label in labels) <= 9


def _quick_to_read(labels: list[Label]) -> list[Label]:
    """Return the labels of the documents that are no large PDF, so that the gate takes seconds."""
    small = {
        source.sha256
        for source in read_corpus(SHARED_DATA).sources
        if source.path.suffix != ".pdf" or source.path.stat().st_size < LARGEST_PDF
    }
    return [label for label in labels if label.sha256 in small]


@pytest.mark.skipif(not SHARED_DATA.is_dir(), reason="the shared test data is not beside us")
def test_roles_are_told_as_well_as_they_were() -> None:
    labels = _quick_to_read(load_labels(default_labels()))
    assert len(labels) > 400
    outcomes = judge(labels, SHARED_DATA)
    for told in (
        figures(outcomes, lambda outcome: outcome.unit),
        figures(outcomes, lambda outcome: outcome.passage),
    ):
        assert told.macro_f1.value >= LEAST_MACRO_F1, told.roles
