"""A search's small products are not shared out among threads."""

from __future__ import annotations

from pathlib import Path

from threadpoolctl import threadpool_info

from search_api.engine import Engine


def test_an_open_engine_has_its_sums_done_by_one_thread(sample_index: Path) -> None:
    engine = Engine.open(sample_index)
    engine.store.close()
    libraries = [each for each in threadpool_info() if each["user_api"] == "blas"]
    assert libraries
    assert {each["num_threads"] for each in libraries} == {1}
