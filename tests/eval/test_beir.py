"""Public collections through the real pipeline: a tiny one, and SciFact where it is at hand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import eval.cli
from eval.beir import build as beir_build
from eval.beir.build import Shape, build, first_window, parse
from eval.beir.dataset import BeirDocument, load
from eval.beir.search import DEPTH, documents_of, prepared, score
from indexer.embed.open import open_embedder
from indexer.embed.protocol import Embedder
from indexer.errors import UsageError
from indexer.progress import Silent
from indexer.store.local import open_reader
from indexer.store.protocols import Scored

CORPUS = {
    "bees": ("Bees", "Bees make honey and pollinate flowers in the garden."),
    "beds": ("Hospital beds", "The hospital closed forty beds on its wards last winter."),
    "buses": ("", "The bus to the station runs every ten minutes.\nIt is late on Sundays."),
    "nothing": ("", " "),
}
QUERIES = {"q1": "how many hospital beds were closed", "q2": "when does the bus run", "q3": "x"}
QRELS = "query-id\tcorpus-id\tscore\nq1\tbeds\t1\nq2\tbuses\t1\nq2\tbees\t0\nq3\tbees\t0\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "tiny"
    (path / "qrels").mkdir(parents=True)
    rows: list[dict[str, str]] = [
        {"_id": key, "title": title, "text": text} for key, (title, text) in CORPUS.items()
    ]
    (path / "corpus.jsonl").write_text("\n".join(map(json.dumps, rows)))
    rows = [{"_id": key, "text": text} for key, text in QUERIES.items()]
    (path / "queries.jsonl").write_text("\n".join(map(json.dumps, rows)))
    (path / "qrels" / "test.tsv").write_text(QRELS)
    return path


@pytest.fixture(scope="module")
def embedder(sample_index: Path) -> Embedder:
    return open_embedder("all-MiniLM-L6-v2", sample_index / "models")


@pytest.fixture
def use_embedder(embedder: Embedder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("eval.beir.cli.open_embedder", lambda *_: embedder)


def command(*words: object) -> str:
    runner = CliRunner()
    done = runner.invoke(eval.cli.cli, [str(word) for word in words], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.output


def test_a_collection_is_read_and_a_question_without_an_answer_left_out(folder: Path) -> None:
    collection = load(folder, "test")
    assert collection.name == "tiny"
    assert [document.id for document in collection.documents] == list(CORPUS)
    assert list(collection.queries) == ["q1", "q2"]
    assert collection.relevant["q2"] == {"buses": 1, "bees": 0}


@pytest.mark.parametrize(
    ("file", "text", "what"),
    [
        ("corpus.jsonl", '{"_id": "a"}\n{"_id": ', r"corpus.jsonl:2: the line is not JSON"),
        ("corpus.jsonl", '{"_id": "a"}\n{"_id": "a"}', r"corpus.jsonl:2: .* stands on line 1"),
        ("corpus.jsonl", '{"title": "a"}', r"corpus.jsonl:1: .* an _id"),
        ("corpus.jsonl", "\n", "holds nothing"),
        ("qrels/test.tsv", "h\nq1\tbeds", r"test.tsv:2: the line is not query-id"),
        ("qrels/test.tsv", "h\nq9\tbeds\t1", r"test.tsv:2: 'q9' is not in queries.jsonl"),
        ("qrels/test.tsv", "h\nq1\tbods\t1", r"test.tsv:2: 'bods' is not in corpus.jsonl"),
        ("qrels/test.tsv", "h\nq1\tbeds\t0", "judges no document relevant"),
    ],
)
def test_bad_files_are_named_with_their_line(folder: Path, file: str, text: str, what: str) -> None:
    (folder / file).write_text(text)
    with pytest.raises(UsageError, match=what):
        load(folder, "test")


def test_a_missing_split_is_named(folder: Path) -> None:
    with pytest.raises(UsageError, match=r"train.tsv cannot be read.*--split"):
        load(folder, "train")


def test_a_document_is_its_title_and_its_lines() -> None:
    parsed = parse(BeirDocument("x", "A  title", "One line.\n\nAnother\tline."))
    assert parsed.text == "A title\nOne line.\nAnother line."
    assert [block.span.of(parsed.text) for block in parsed.blocks] == parsed.text.split("\n")
    assert [str(block.kind) for block in parsed.blocks] == ["heading", "paragraph", "paragraph"]


def test_the_first_window_is_all_that_fits_and_no_more(embedder: Embedder) -> None:
    assert first_window("a short text", embedder) == "a short text"
    text = " ".join(f"pneumonoultramicroscopic{n}" for n in range(200))
    window = first_window(text, embedder)
    limit = embedder.identity.max_tokens - beir_build.MARKERS
    assert text.startswith(window)
    following = text[: len(window) + 1 + len("pneumonoultramicroscopic999")]
    assert embedder.count_tokens([window])[0] <= limit < embedder.count_tokens([following])[0]
    embedder.embed([window])


@pytest.mark.usefixtures("use_embedder")
@pytest.mark.parametrize("shape", [[], ["--whole"]])
def test_every_mode_finds_what_is_meant(folder: Path, tmp_path: Path, shape: list[str]) -> None:
    index, out = tmp_path / "index", tmp_path / "out"
    printed = command("beir", folder, "--index", index, "--out", out, "--json", *shape)
    found: dict[str, Any] = json.loads(printed)
    assert set(found["modes"]) == {"dense", "words", "fused"}
    for scores in found["modes"].values():
        assert scores["ndcg@10"]["value"] == scores["recall@100"]["value"] == 1
        assert scores["mrr@10"]["n"] == 2
    assert found["about"]["index"]["documents"] == 3  # One has no words.
    assert json.loads((out / "results.json").read_text())["modes"] == found["modes"]
    assert (out / "words.trec").read_text().startswith("q1 Q0 beds 1 1 minutebook-words\n")
    table = command("beir", folder, "--index", index, "--mode", "words", *shape)
    assert "tiny: 3 documents" in table
    assert "words   ndcg@10" in table


@pytest.mark.usefixtures("use_embedder")
def test_words_alone_embed_nothing_and_vectors_come_when_asked(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, embedder: Embedder
) -> None:
    collection, index = load(folder, "test"), tmp_path / "index"

    def refuse(*_: object) -> None:
        raise AssertionError("embedded")

    with monkeypatch.context() as patch:
        patch.setattr(type(embedder), "embed", refuse)
        first = build(collection, index, Shape(vectors=False), embedder, Silent())
    second = build(collection, index, Shape(), embedder, Silent())
    assert first.settings["vectors"] == "none"
    assert second.settings["vectors"] == "model"
    assert build(collection, index, Shape(vectors=False), embedder, Silent()) == second


def test_a_build_that_is_broken_off_goes_on_where_it_was(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, embedder: Embedder
) -> None:
    collection, index = load(folder, "test"), tmp_path / "index"
    monkeypatch.setattr(beir_build, "_TOGETHER", 1)
    real = embedder.read_in_context
    made: list[list[str]] = []

    def read(texts: list[str], starts: list[int]) -> object:
        if len(made) == 2:
            raise KeyboardInterrupt
        made.append(list(texts))
        return real(texts, starts)

    monkeypatch.setattr(embedder, "read_in_context", read)
    with pytest.raises(KeyboardInterrupt):
        build(collection, index, Shape(), embedder, Silent())
    made_before = len(made)
    made.append([])  # No third refusal.
    build(collection, index, Shape(), embedder, Silent())
    assert made_before == 2
    assert len([texts for texts in made if texts]) == 3


def test_an_index_of_documents_is_not_written_over(
    folder: Path, sample_corpus: Path, tmp_path: Path, embedder: Embedder, sample_index: Path
) -> None:
    assert sample_corpus.exists()
    with pytest.raises(UsageError, match=r"an index of documents .*--index"):
        build(load(folder, "test"), sample_index, Shape(), embedder, Silent())
    assert not (tmp_path / "index").exists()


def test_documents_are_ranked_by_their_best_passages(
    folder: Path, tmp_path: Path, embedder: Embedder
) -> None:
    build(load(folder, "test"), tmp_path / "index", Shape(True), embedder, Silent())
    store = open_reader(tmp_path / "index")
    try:
        ranking = [Scored(2, 3.0), Scored(0, 2.0), Scored(2, 1.0)]
        assert documents_of(store, lambda depth: ranking[:depth]) == ["buses", "bees"]
        assert documents_of(store, lambda depth: ranking[:depth], without="buses") == ["bees"]
        thorough = [Scored(2, 1.0), *(Scored(0, score) for score in (0.9, 0.8, 0.7))]
        assert documents_of(store, lambda depth: thorough[:depth]) == ["bees", "buses"]
        wordy = [Scored(2, 1.0), *(Scored(0, 0.6) for _ in range(9))]
        assert documents_of(store, lambda depth: wordy[:depth]) == ["buses", "bees"]
    finally:
        store.close()
    assert DEPTH == 100


def test_scores_by_hand_and_a_missing_ranking_scores_zero() -> None:
    relevant = {"q1": {"a": 1}, "q2": {"b": 1}}
    found = score(relevant, {"q1": ["x", "a"]})
    assert found.by_query["q1"]["mrr@10"] == 1 / 2
    assert found.by_query["q2"] == {"ndcg@10": 0, "recall@100": 0, "mrr@10": 0}
    assert found.overall["recall@100"].value == 1 / 2
    assert score(relevant, {}).overall["ndcg@10"].value == 0


def test_a_question_longer_than_the_model_reads_is_cut(embedder: Embedder) -> None:
    query = prepared("hospital " * 500, embedder)
    limit = embedder.identity.max_tokens - beir_build.MARKERS
    assert embedder.count_tokens([query.spelt_out])[0] <= limit
    assert len(query.asked) <= 2000


SCIFACT = Path(__file__).parents[3] / "shared" / "data" / "scifact"


@pytest.mark.skipif(not SCIFACT.is_dir(), reason="SciFact is not beside us")
@pytest.mark.usefixtures("use_embedder")
def test_words_alone_reach_the_published_table(tmp_path: Path) -> None:
    printed = command(
        "beir", SCIFACT, "--whole", "--mode", "words", "--index", tmp_path / "index", "--json"
    )
    assert json.loads(printed)["modes"]["words"]["ndcg@10"]["value"] >= 0.66
