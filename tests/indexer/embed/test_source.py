"""A model is found on this machine or not at all, and known by what decides its vectors."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from indexer.embed.source import canonical_name, deciding_files, fingerprint, resolve
from indexer.errors import UsageError

ROOT = Path(__file__).parents[3]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    modules = [{"path": ""}, {"path": "1_Pooling"}, {"path": "2_Normalize"}]
    files = {
        "modules.json": json.dumps(modules),
        "config.json": "{}",
        "model.safetensors": "weights",
        "pytorch_model.bin": "the same weights",
        "tokenizer.json": "{}",
        "vocab.txt": "words",
        "README.md": "read me",
        "1_Pooling/config.json": "{}",
        "onnx/model.onnx": "another form",
    }
    for name, content in files.items():
        path = tmp_path / "model" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return tmp_path / "model"


def test_the_bundled_model_has_two_names_and_one_fingerprint() -> None:
    short, long = "all-MiniLM-L6-v2", "sentence-transformers/all-MiniLM-L6-v2"
    assert resolve(short) == resolve(long)
    assert canonical_name(long) == canonical_name(short) == short
    assert canonical_name("another") == "another"
    assert len(fingerprint(resolve(short))) == 64


def test_a_folder_is_a_model(folder: Path) -> None:
    assert resolve(str(folder)) == folder.resolve()


@pytest.mark.parametrize("name", ["no-such-model", "no/such/model at all", "../nowhere", "org/x"])
def test_an_unknown_name_names_the_remedy(name: str) -> None:
    with pytest.raises(UsageError, match="nothing is downloaded") as caught:
        resolve(name)
    assert "all-MiniLM-L6-v2" in caught.value.remedy


def test_a_folder_of_another_kind_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"no modules\.json"):
        resolve(str(tmp_path))


def test_only_what_decides_the_vectors_counts(folder: Path) -> None:
    assert [path.relative_to(folder).as_posix() for path in deciding_files(folder)] == [
        "1_Pooling/config.json",
        "config.json",
        "model.safetensors",
        "modules.json",
        "tokenizer.json",
    ]
    before = fingerprint(folder)
    (folder / "README.md").write_text("changed", encoding="utf-8")
    (folder / "onnx" / "model.onnx").unlink()
    assert fingerprint(folder) == before
    assert fingerprint(folder.rename(folder.with_name("moved"))) == before


@pytest.mark.parametrize(
    "name", ["1_Pooling/config.json", "config.json", "model.safetensors", "tokenizer.json"]
)
def test_a_change_that_matters_changes_the_fingerprint(folder: Path, name: str) -> None:
    before = fingerprint(folder)
    (folder / name).write_text("changed", encoding="utf-8")
    assert fingerprint(folder) != before


def test_a_model_in_the_hubs_cache_is_found_by_name(folder: Path, tmp_path: Path) -> None:
    cached = tmp_path / "hub" / "models--org--name"
    (cached / "refs").mkdir(parents=True)
    (cached / "refs" / "main").write_text("abc", encoding="utf-8")
    (cached / "snapshots").mkdir()
    folder.rename(cached / "snapshots" / "abc")
    script = "import sys; from indexer.embed.source import resolve; print(resolve('org/name'))"
    found = subprocess.run(
        [sys.executable, "-c", script],
        env=os.environ | {"HF_HUB_CACHE": str(tmp_path / "hub"), "PYTHONPATH": str(ROOT)},
        check=True,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert Path(found.stdout.strip()) == cached / "snapshots" / "abc"
