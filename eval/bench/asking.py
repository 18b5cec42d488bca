"""The stages of the benchmark of answers: questions to an engine, a page in a browser, a load.

``eval.bench.answering`` runs them. Searches and answers are asked of two processes in turns, so
that neither finds what the other has just read, and each question is new to both.
"""

from __future__ import annotations

import itertools
import multiprocessing
import statistics
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import numpy as np

from eval.bench import copies
from eval.bench.load import compared, question, served
from eval.bench.measures import files_mib
from eval.bench.served import KINDS
from eval.gold import load_gold
from indexer.store.format import current_folder
from indexer.threads import one_for_each_product
from search_api.engine import Engine

_WARMING = 24
_PAGES = 20
_CHROMIUM = "/usr/bin/chromium"
_SWITCHES = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
_TIMES = """() => {
    const [one] = performance.getEntriesByType("navigation");
    const paint = performance.getEntriesByName("first-contentful-paint")[0];
    return [one.responseStart, one.responseEnd, paint ? paint.startTime : 0, one.loadEventEnd];
}"""
_engine: Engine | None = None
"""Of a process that asks."""


def build(index: Path, indexes: Sequence[Path], passages: int) -> dict[str, Any]:
    """Publish an index of so many passages that a server can open."""
    one_for_each_product()
    info = copies.build(index, indexes, passages)
    return {
        "documents": info.documents,
        "passages": info.passages,
        "segments": len(info.segments),
        "vectors": {"kind": info.vectors.kind, "recall": info.vectors.recall},
        "disk_mib": files_mib(current_folder(index)),
    }


def questions(golds: Sequence[Path]) -> list[str]:
    """Return the different questions of the dev parts."""
    return list(dict.fromkeys(each.question for each in load_gold(*golds, part="dev")))


def ask(index: Path, golds: Sequence[Path]) -> dict[str, Any]:
    """Ask every question, once to search and once to answer; then all of them again."""
    asked = questions(golds)
    with _asker(index) as searching, _asker(index) as answering:
        for n in range(_WARMING):
            _of(searching, _searched, question(n))
            _of(answering, _answered, question(n))
        found: dict[str, Any] = {"questions": len(asked)}
        for name in ("first_time", "again"):
            rows = [_both(searching, answering, each, n % 2 == 0) for n, each in enumerate(asked)]
            found[name] = _summed(rows)
        found["statuses"] = dict(Counter(answer["status"] for _, answer in rows))
    return found


def _both(
    searching: ProcessPoolExecutor, answering: ProcessPoolExecutor, asked: str, search_first: bool
) -> tuple[dict[str, Any], dict[str, Any]]:
    if search_first:
        search = _of(searching, _searched, asked)
        return search, _of(answering, _answered, asked)
    answer = _of(answering, _answered, asked)
    return _of(searching, _searched, asked), answer


def _summed(rows: Sequence[tuple[dict[str, Any], dict[str, Any]]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for measure in ("cpu_ms", "ms"):
        search, answer = (np.array([row[side][measure] for row in rows]) for side in (0, 1))
        found[measure] = {
            "search": _percentiles(search),
            "answer": _percentiles(answer),
            "ratio_of_p50": float(np.median(answer) / np.median(search)),
            "ratio_of_p95": float(np.percentile(answer, 95) / np.percentile(search, 95)),
            "ratio_of_each": _percentiles(answer / search),
        }
    return found


def _percentiles(values: np.ndarray[Any, Any]) -> dict[str, float]:
    return {f"p{part}": float(np.percentile(values, part)) for part in (50, 95)}


@contextmanager
def _asker(index: Path) -> Iterator[ProcessPoolExecutor]:
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=context, initializer=_open, initargs=(index,)) as pool:
        yield pool


def _open(index: Path) -> None:
    global _engine  # noqa: PLW0603  # a process has no other way to keep what it has opened
    _engine = Engine.open(index)


def _of(pool: ProcessPoolExecutor, work: Any, asked: str) -> dict[str, Any]:
    result: dict[str, Any] = pool.submit(work, asked).result()
    return result


def _searched(asked: str) -> dict[str, Any]:
    assert _engine is not None
    began, cpu = time.perf_counter(), time.process_time()
    _engine.search(asked)
    return _taken(began, cpu)


def _answered(asked: str) -> dict[str, Any]:
    assert _engine is not None
    began, cpu = time.perf_counter(), time.process_time()
    answer = _engine.answer(asked)
    return {**_taken(began, cpu), "status": answer.status.value}


def _taken(began: float, cpu: float) -> dict[str, float]:
    spent, waited = time.process_time() - cpu, time.perf_counter() - began
    return {"cpu_ms": spent * 1000, "ms": waited * 1000}


def page(index: Path, corpus: Path, golds: Sequence[Path]) -> dict[str, Any]:
    """Open the page of an answer in a browser that has never been there, for some questions."""
    from playwright.sync_api import sync_playwright

    asked = questions(golds)
    some = [asked[place] for place in np.linspace(0, len(asked) - 1, _PAGES).astype(int)]
    with served("minutebook", index, corpus) as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_CHROMIUM, args=_SWITCHES)
        try:
            address, before = f"{server.address}/answer?", server.cpu_seconds()
            visits = [_visit(browser, address + urlencode({"q": each})) for each in some]
            spent = server.cpu_seconds() - before
        finally:
            browser.close()
    return {
        "pages": len(visits),
        "server_cpu_ms": spent / len(visits) * 1000,
        "median": {name: statistics.median(v[name] for v in visits) for name in visits[0]},
        "most": {name: max(v[name] for v in visits) for name in visits[0]},
    }


def _visit(browser: Any, address: str) -> dict[str, float]:
    """Return what a first visit takes; times are milliseconds since it was begun."""
    context = browser.new_context()
    try:
        tab = context.new_page()
        requests: list[Any] = []
        # Playwright marks what it is given, which a method of a list does not allow.
        tab.on("requestfinished", lambda each: requests.append(each))  # noqa: PLW0108
        tab.goto(address, wait_until="load")
        first_byte, whole, painted, loaded = tab.evaluate(_TIMES)
        sizes = [each.sizes() for each in requests]
    finally:
        context.close()
    return {
        "requests": len(requests),
        "bytes": sum(each["responseBodySize"] + each["responseHeadersSize"] for each in sizes),
        "first_byte_ms": first_byte,
        "page_whole_ms": whole,
        "painted_ms": painted,
        "loaded_ms": loaded,
    }


def load(
    index: Path, corpus: Path, path: str, rounds: int, requests: int, clients: Sequence[int]
) -> dict[str, Any]:
    """Ask real servers, this one and two on torch, from so many clients at once."""
    with ExitStack() as stack:
        servers = {kind: stack.enter_context(served(kind, index, corpus)) for kind in KINDS}
        found = compared(servers, path, rounds, requests, clients, itertools.count())
    return {
        f"{many} clients": {
            name: {
                "requests_a_second": statistics.median(found[name, many].rates),
                "cpu_ms": statistics.median(found[name, many].cpu_ms),
                **_percentiles(np.array(found[name, many].waits_ms)),
            }
            for name in (*KINDS, "ping")
        }
        for many in clients
    }
