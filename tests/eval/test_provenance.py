"""What a run records of itself: enough to explain a figure, and nothing that names anybody."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from eval import provenance


def test_the_commit_is_that_of_this_checkout() -> None:
    root = Path(__file__).parents[2]
    done = subprocess.run(
        ["git", "-C", str(root), "rev-parse", "HEAD"], capture_output=True, text=True, check=False
    )
    if done.returncode:
        pytest.skip("this is no git checkout")
    assert provenance.code()["commit"] == done.stdout.strip()


def test_outside_a_checkout_there_is_no_commit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(provenance, "_ROOT", tmp_path)
    assert provenance.code() == {
        "commit": None,
        "changed": None,
        "sources_sha256": provenance.sources_sha256(),
    }


def test_the_digest_follows_the_sources(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(provenance, "_ROOT", tmp_path)
    (tmp_path / "eval").mkdir()
    seen = {provenance.sources_sha256()}
    for text in ("a = 1", "a = 2"):
        (tmp_path / "eval" / "x.py").write_text(text)
        seen.add(provenance.sources_sha256())
    assert len(seen) == 3


def test_the_machine_is_described_and_not_named() -> None:
    found = provenance.machine()
    assert {"processor", "cores", "memory_gib", "python", "libraries"} <= set(found)
    text = json.dumps(found)
    assert str(Path.home()) not in text
    assert str(Path(__file__).parents[2]) not in text
