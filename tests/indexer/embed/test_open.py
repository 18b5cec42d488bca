"""A model is exported once, opened again without torch, and refused where it is another."""

from __future__ import annotations

import json
import logging
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from indexer.embed.open import open_embedder, open_recorded
from indexer.embed.openvino_runtime import META_FILE, MODEL_FILE, OpenVinoEmbedder
from indexer.embed.sentence_transformers_runtime import SentenceTransformersEmbedder
from indexer.embed.source import DEFAULT_MODEL
from indexer.errors import ModelMismatchError, UsageError
from tests.indexer.embed.conftest import TINY_TOKENS

ROOT = Path(__file__).parents[3]
WORDS = ["a", "board", "the clinic closed", "q" * (TINY_TOKENS - 2)]

SECOND_START = """
import sys
seen = []
sys.addaudithook(lambda event, args: seen.append(event) if event.startswith("socket.") else None)
from pathlib import Path
from indexer.embed.open import open_embedder, open_recorded
cache = Path(sys.argv[1])
embedder = open_embedder("sentence-transformers/all-MiniLM-L6-v2", cache)
assert open_recorded(embedder.identity, cache).embed(["waiting times"]).shape == (1, 384)
heavy = {"torch", "transformers", "sentence_transformers", "openvino_telemetry.main"}
assert not heavy & sys.modules.keys(), heavy & sys.modules.keys()
assert seen == [], seen
"""


def test_the_second_start_needs_no_torch_and_tells_nobody(
    bundled: OpenVinoEmbedder, cache: Path, tmp_path: Path
) -> None:
    assert bundled.identity.name == DEFAULT_MODEL
    environment = os.environ | {"HOME": str(tmp_path), "PYTHONPATH": str(ROOT)}
    subprocess.run(
        [sys.executable, "-W", "error", "-c", SECOND_START, str(cache)],
        env=environment,
        check=True,
        timeout=120,
    )
    assert list(tmp_path.iterdir()) == [], "something was left in the home folder"


def test_an_export_leaves_nothing_half_done(bundled: OpenVinoEmbedder, cache: Path) -> None:
    assert (cache / bundled.identity.fingerprint / META_FILE).is_file()
    assert [path.name for path in cache.iterdir() if path.name.endswith(".partial")] == []


def test_another_kind_of_model_goes_through_both_paths(tiny_first: Path, tmp_path: Path) -> None:
    exported = open_embedder(str(tiny_first), tmp_path)
    general = SentenceTransformersEmbedder(tiny_first, name="tiny")
    assert isinstance(exported, OpenVinoEmbedder)
    assert exported.identity.dimensions == general.identity.dimensions == 32
    assert exported.identity.max_tokens == general.identity.max_tokens == TINY_TOKENS
    assert exported.count_tokens(WORDS) == general.count_tokens(WORDS)
    vectors = exported.embed(WORDS)
    assert np.sum(vectors * general.embed(WORDS), axis=1).min() > 0.999
    assert vectors[0] @ vectors[1] < 0.999, "the vectors do depend on the text"
    in_context, _ = exported.read_in_context([f"z {WORDS[0]}", WORDS[1]], [2, 0])
    whole = exported.embed([f"z {WORDS[0]}", WORDS[1]])
    assert np.allclose(in_context, whole, atol=1e-5), "its first token stands for the whole text"
    for embedder in (exported, general):
        with pytest.raises(ValueError, match="longer"):
            embedder.embed(["q" * (TINY_TOKENS - 1)])


def test_a_model_that_cannot_be_exported_still_runs(
    tiny_max: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        embedder = open_embedder(str(tiny_max), tmp_path)
    assert isinstance(embedder, SentenceTransformersEmbedder)
    assert "it pools by max" in caplog.text
    assert list(tmp_path.iterdir()) == []
    again = open_recorded(embedder.identity, tmp_path)
    assert np.array_equal(again.embed(WORDS), embedder.embed(WORDS))


def test_a_cache_that_cannot_be_written_costs_speed_and_no_more(
    tiny_first: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("", encoding="utf-8")
    with caplog.at_level(logging.WARNING):
        embedder = open_embedder(str(tiny_first), blocked)
    assert isinstance(embedder, SentenceTransformersEmbedder)
    assert "cannot be written" in caplog.text


@pytest.mark.parametrize("file", [META_FILE, MODEL_FILE])
def test_a_damaged_export_is_made_again(
    tiny_first: Path, tmp_path: Path, file: str, caplog: pytest.LogCaptureFixture
) -> None:
    first = open_embedder(str(tiny_first), tmp_path)
    (tmp_path / first.identity.fingerprint / file).write_text("{}", encoding="utf-8")
    with caplog.at_level(logging.WARNING):
        second = open_embedder(str(tiny_first), tmp_path)
    assert "is made again" in caplog.text
    assert second.identity == first.identity
    assert np.sum(second.embed(WORDS) * first.embed(WORDS), axis=1).min() > 0.99999


def test_all_cores_work_on_one_question_and_each_on_texts_of_its_own(
    tiny_first: Path, tmp_path: Path
) -> None:
    indexing = open_embedder(str(tiny_first), tmp_path, threads=2)
    asking = open_recorded(indexing.identity, tmp_path, threads=2)
    assert isinstance(indexing, OpenVinoEmbedder)
    assert isinstance(asking, OpenVinoEmbedder)
    assert (indexing.threads, indexing.at_once) == (2, 2)
    assert (asking.threads, asking.at_once) == (2, 1)


def test_what_was_exported_serves_without_its_source(tiny_first: Path, tmp_path: Path) -> None:
    source = tmp_path / "source"
    shutil.copytree(tiny_first, source)
    identity = open_embedder(str(source), tmp_path / "models").identity
    shutil.rmtree(source)
    served = open_recorded(identity, tmp_path / "models")
    assert served.identity == identity
    with pytest.raises(ModelMismatchError, match="cannot be opened"):
        open_recorded(identity, tmp_path / "elsewhere")


def test_a_model_other_than_the_recorded_one_is_refused(tiny_first: Path, tmp_path: Path) -> None:
    source = tmp_path / "source"
    shutil.copytree(tiny_first, source)
    identity = open_embedder(str(source), tmp_path / "models").identity
    settings = json.loads((source / "1_Pooling" / "config.json").read_text(encoding="utf-8"))
    settings["pooling_mode"] = "mean"
    (source / "1_Pooling" / "config.json").write_text(json.dumps(settings), encoding="utf-8")
    with pytest.raises(ModelMismatchError) as caught:
        open_recorded(identity, tmp_path / "elsewhere")
    changed = open_embedder(str(source), tmp_path / "elsewhere").identity
    assert changed.fingerprint != identity.fingerprint
    assert identity.fingerprint in caught.value.what
    assert changed.fingerprint in caught.value.what
    assert "minutebook index" in caught.value.remedy


def test_other_dimensions_are_refused(bundled: OpenVinoEmbedder, cache: Path) -> None:
    with pytest.raises(ModelMismatchError, match="385 dimensions"):
        open_recorded(replace(bundled.identity, dimensions=385), cache)


def test_a_model_that_is_not_here_is_not_fetched(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="nothing is downloaded"):
        open_embedder("no-such/model", tmp_path)
