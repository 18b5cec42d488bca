"""The documentation keeps its word: examples run, settings and commands are described."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from indexer import manifest
from indexer.model import Kind, Status
from indexer.parse import SUPPORTED
from minutebook import cli

_ROOT = Path(__file__).parents[1]
_README = (_ROOT / "README.md").read_text(encoding="utf-8")
_CORPUS = (_ROOT / "docs" / "corpus.md").read_text(encoding="utf-8")
_CONSOLE = re.compile(r"```console\n(.*?)```", re.DOTALL)


def _examples() -> list[tuple[str, list[str]]]:
    """Return each command of the README's console blocks with the lines it is said to print."""
    found: list[tuple[str, list[str]]] = []
    for block in _CONSOLE.findall(_README):
        for line in block.splitlines():
            if line.startswith("$ "):
                found.append((line[2:], []))
            elif line.strip():
                found[-1][1].append(line)
    return found


@pytest.mark.parametrize(("command", "said"), _examples())
def test_an_example_of_the_readme_runs_and_prints_what_it_says(
    command: str, said: list[str], sample_index: Path
) -> None:
    words = shlex.split(command)
    assert words[0] == "minutebook"
    done = subprocess.run(
        [sys.executable, "-m", *words],
        cwd=_ROOT,
        env={**os.environ, "MINUTEBOOK_INDEX": str(sample_index)},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    printed = done.stdout.splitlines()
    for line in said:
        assert line in printed


def test_the_readme_has_examples_that_print() -> None:
    assert sum(bool(said) for _, said in _examples()) >= 1
    assert len(_examples()) >= 6


def test_every_command_is_in_the_readme() -> None:
    for name in cli.list_commands(None):  # type: ignore[arg-type]  # the context plays no part
        assert f"minutebook {name}" in _README, name


def test_every_setting_is_in_the_readme() -> None:
    used: set[str] = set()
    for room in ("indexer", "search_api", "eval"):
        for path in (_ROOT / room).rglob("*.py"):
            used |= set(
                re.findall(r"\bMINUTEBOOK_[A-Z_]+[A-Z]\b", path.read_text(encoding="utf-8"))
            )
    assert used
    assert {name for name in used if f"`{name}`" not in _README} == set()


def test_the_manifest_page_knows_every_key_kind_and_format() -> None:
    for key in manifest.KEYS:
        assert f"\n{key} = " in _CORPUS, key
    for value in [*Kind, *Status]:
        assert re.search(rf"# .*\b{value}\b", _CORPUS), value
    for suffix in SUPPORTED:
        assert f"`{suffix}`" in _CORPUS, suffix


def test_the_manifest_of_the_page_is_one(tmp_path: Path) -> None:
    block = re.search(r"```toml\n(.*?)```", _CORPUS, re.DOTALL)
    assert block
    (tmp_path / "manifest.toml").write_text(block[1], encoding="utf-8")
    (entry,) = manifest.read_manifest(tmp_path).values()
    assert entry.committee == "Health and Wellbeing Board"


def test_links_of_the_documentation_lead_somewhere() -> None:
    pages = [_ROOT / "README.md", _ROOT / "CONTRIBUTING.md", *(_ROOT / "docs").rglob("*.md")]
    for page in pages:
        for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), (page.name, target)


def test_every_field_of_the_wire_is_documented() -> None:
    from search_api.wire import responses as wire
    from search_api.wire.document import DocumentJson

    page = (_ROOT / "docs" / "interfaces.md").read_text(encoding="utf-8")
    answer = wire.AnswerResponse.model_fields | wire.SearchResponse.model_fields
    parts = (
        DocumentJson,
        wire.PassageJson,
        wire.HitJson,
        wire.CitationJson,
        wire.VersionJson,
    )
    names = set(answer) | {name for part in parts for name in part.model_fields}
    assert {name for name in names if f"`{name}`" not in page} == set()


def test_every_command_is_in_the_interfaces() -> None:
    page = (_ROOT / "docs" / "interfaces.md").read_text(encoding="utf-8")
    for name in cli.list_commands(None):  # type: ignore[arg-type]  # the context plays no part
        assert f"`minutebook {name}" in page, name
