"""Search by vectors: exact while that is quick, else compressed with the recall asked for."""

from __future__ import annotations

import itertools
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from indexer.embed.protocol import Vectors
from indexer.embed.tokens import turned
from indexer.model import VectorSearch
from indexer.store.codes import Codes, write_codes
from indexer.store.format import CODES, PASSAGES
from indexer.store.nearest import VectorIndex
from indexer.store.recall import search_chosen
from indexer.store.vectors import as_kept, write_rows

_DIMENSIONS = 96
_TIGHT = VectorSearch(exact_bytes=100 * _DIMENSIONS * 2)


def _clustered(count: int, seed: int = 1) -> Vectors:
    """Return unit vectors about a few hundred themes that share a direction, as texts' do."""
    themes = np.random.default_rng(0).standard_normal((300, _DIMENSIONS)) + 0.5
    draw = np.random.default_rng(seed)
    rows = themes[draw.integers(0, len(themes), count)]
    rows = rows + 0.6 * draw.standard_normal((count, _DIMENSIONS))
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), np.float32)


def _written(folder: Path, rows: Vectors) -> Path:
    folder.mkdir()
    write_rows(rows, folder / PASSAGES)
    write_codes(rows, folder / CODES)
    return folder


@pytest.fixture(scope="module")
def rows() -> Vectors:
    return as_kept(_clustered(6000))


@pytest.fixture
def folders(tmp_path: Path, rows: Vectors) -> list[Path]:
    cuts = (0, 2500, 2501, 6000)
    return [
        _written(tmp_path / str(first), rows[first:end]) for first, end in itertools.pairwise(cuts)
    ]


def _truth(rows: Vectors, query: Vectors, k: int, among: np.ndarray | None = None) -> list[int]:
    numbers = np.arange(len(rows)) if among is None else among
    scores = rows[numbers] @ query
    return [int(numbers[place]) for place in np.lexsort((numbers, -scores))[:k]]


def _found(
    index: VectorIndex, query: Vectors, k: int, among: np.ndarray | None = None
) -> list[int]:
    return [hit.number for hit in index.nearest(query * 3, k, among)]


def test_the_kind_follows_size_and_the_recall_asked_for(folders: list[Path]) -> None:
    assert search_chosen(folders, VectorSearch()).kind == "exact"
    assert search_chosen(folders, replace(_TIGHT, recall_asked=1.0)).kind == "exact"
    low, high = (search_chosen(folders, replace(_TIGHT, recall_asked=r)) for r in (0.5, 0.99))
    assert low.kind == high.kind == "compressed"
    assert 0.5 <= low.recall <= 1
    assert 0.99 <= high.recall <= 1
    assert 0 < low.rescored <= high.rescored
    assert high.measured_on == 6000
    assert high == search_chosen(folders, replace(_TIGHT, recall_asked=0.99))


def test_where_no_number_of_candidates_is_enough_search_stays_exact(
    folders: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("indexer.store.recall._CANDIDATES", (1,))
    assert search_chosen(folders, replace(_TIGHT, recall_asked=0.999)).kind == "exact"


def test_the_compressed_scan_keeps_its_word_on_other_questions(
    folders: list[Path], rows: Vectors
) -> None:
    index = VectorIndex(folders, search_chosen(folders, _TIGHT))
    assert index.how.kind == "compressed"
    shares = [
        len(set(_found(index, query, 10)) & set(_truth(rows, query, 10))) / 10
        for query in _clustered(100, seed=2)
    ]
    assert np.mean(shares) >= 0.98


def test_half_precision_moves_a_cosine_by_little_and_once(rows: Vectors) -> None:
    exact = _clustered(6000)
    assert np.array_equal(as_kept(rows), rows)
    assert np.abs(exact @ exact[:50].T - rows @ exact[:50].T).max() < 2e-4


def test_scores_are_those_of_the_whole_vectors(folders: list[Path], rows: Vectors) -> None:
    index = VectorIndex(folders, search_chosen(folders, _TIGHT))
    query = rows[2600] / np.linalg.norm(rows[2600])
    hits = index.nearest(query, 20, None)
    assert hits[0].number == 2600
    assert [hit.score for hit in hits] == pytest.approx(
        [float(rows[hit.number] @ query) for hit in hits], abs=1e-5
    )


@pytest.mark.parametrize("kept", [1, 7, 100, 101, 3000])
def test_filters_act_inside_and_k_stays_k(folders: list[Path], rows: Vectors, kept: int) -> None:
    """Down to one passage in thousands, however far it is; above a hundred by the codes."""
    index = VectorIndex(folders, search_chosen(folders, _TIGHT))
    query = rows[17]
    among = np.sort(np.argsort(rows @ query)[:kept]).astype(np.int64)  # the farthest
    found = _found(index, query, 10, among)
    assert len(found) == min(kept, 10)
    assert set(found) <= set(among.tolist())
    if kept <= 100:
        assert found == _truth(rows, query, 10, among)
    assert sorted(_found(index, query, kept, among)) == among.tolist()


def test_files_in_parts_give_what_one_file_gives(
    tmp_path: Path, folders: list[Path], rows: Vectors
) -> None:
    whole = VectorIndex([_written(tmp_path / "whole", rows)], VectorSearch())
    parts = VectorIndex(folders, VectorSearch())
    among = np.arange(3, 6000, 7, dtype=np.int64)
    for query in _clustered(5, seed=3):
        assert whole.nearest(query, 30, None) == parts.nearest(query, 30, None)
        assert whole.nearest(query, 30, among) == parts.nearest(query, 30, among)
    numbers = np.array([5999, 0, 2500, 2499, 0], np.int64)
    assert np.array_equal(parts.rows(numbers), rows[numbers])


def test_candidates_may_all_stand_in_one_of_many_parts(tmp_path: Path, rows: Vectors) -> None:
    query = rows[17][np.newaxis]
    near_first = np.ascontiguousarray(rows[np.argsort(-(rows @ query[0]))])
    firsts = range(0, 6000, 500)
    folders = [_written(tmp_path / str(n), near_first[n : n + 500]) for n in firsts]
    spread = np.ascontiguousarray(turned(query), np.float32)
    scores, numbers = (
        np.concatenate(side)
        for side in zip(
            *(
                (found, places + first)
                for first, folder in zip(firsts, folders, strict=True)
                for found, places in [Codes(folder / CODES).likely(spread, 100, None)]
            ),
            strict=True,
        )
    )
    expected = numbers[np.lexsort((numbers, -scores))[:100]]
    assert (expected < 500).mean() > 0.9
    likely = VectorIndex(folders, VectorSearch()).likely(query, 100, None)
    assert likely.tolist() == expected.tolist()


def test_equal_passages_stand_in_order(tmp_path: Path) -> None:
    row = _clustered(1)
    folders = [_written(tmp_path / name, np.repeat(row, 300, axis=0)) for name in "ab"]
    for how in (VectorSearch(), search_chosen(folders, _TIGHT)):
        assert _found(VectorIndex(folders, how), row[0], 5) == [0, 1, 2, 3, 4]


def test_codes_of_other_vectors_are_refused(tmp_path: Path, rows: Vectors) -> None:
    folder = _written(tmp_path / "one", rows[:50])
    write_codes(rows[:49], folder / CODES)
    with pytest.raises(ValueError, match="differ"):
        VectorIndex([folder], VectorSearch())
