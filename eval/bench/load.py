"""Requests a second at 1, 8 and 32 clients, beside a bare ping and beside torch.

Run ``python -m eval.bench.load --index index --corpus corpus``. Real servers listen on loopback:
this one; the same application where each request has sentence-transformers embed its question on
torch; and that with questions that come at once embedded together, as here. Each is asked in turns,
so that a noisy machine disturbs all alike. Wall time depends on what else runs; the processor time
that a server spends on a request (``cpu ms``) depends on it less. Every question is asked once, so
that no cache of questions answers; the build's passages are in memory, as they are in a server that
has been asked before. Last, where the time of a search goes, and what embedding several questions
together saves.
"""

from __future__ import annotations

import cProfile
import itertools
import pstats
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import click
import psutil

from eval.bench.served import KINDS
from indexer.embed.protocol import Embedder
from search_api.engine import Engine

_WORDS = "budget beds access mental health ambulance GP primary care plan board merger".split()
_ASKED_ALONE = 40
_PARTS = {
    "understand": "the question understood",
    "read_question": "the question embedded (known here), its words weighed",
    "nearest": "nearest vectors",
    "matching": "matching words",
    "likeness": "the tokens of the first passages met with the question's",
    "best_units": "the nearest tokens of their sentences",
    "form": "the form of their sentences",
    "fold": "passages of the same words folded",
    "passages": "passages fetched, wherever they are needed",
}
_PATHS = ("/v1/search", "/v1/answer")
_PING = "/healthz"
_ASKED = "What was agreed about {one} and {two} in the paper numbered {n}?"


@dataclass(slots=True)
class Measured:
    """What several rounds of one load gave: requests a second, and milliseconds."""

    rates: list[float] = field(default_factory=list)
    cpu_ms: list[float] = field(default_factory=list)
    waits_ms: list[float] = field(default_factory=list)

    def row(self) -> str:
        """Return the medians and the 99th percentile of the waits."""
        ordered = sorted(self.waits_ms)
        p99 = ordered[int(0.99 * (len(ordered) - 1))]
        return (
            f"{statistics.median(self.rates):10.1f} {statistics.median(self.cpu_ms):10.2f} "
            f"{statistics.median(ordered):10.1f} {p99:10.1f}"
        )


@dataclass(frozen=True, slots=True)
class Server:
    """A server under test."""

    address: str
    process: psutil.Process

    def cpu_seconds(self) -> float:
        """Return the processor time that it has spent."""
        spent = self.process.cpu_times()
        return float(spent.user + spent.system)


@click.command()
@click.option("--index", "index_dir", type=click.Path(path_type=Path, exists=True), default="index")
@click.option("--corpus", type=click.Path(path_type=Path, exists=True), default="corpus")
@click.option("--path", "paths", default=_PATHS, show_default=True, multiple=True)
@click.option("--rounds", default=3, show_default=True)
@click.option("--requests", default=64, show_default=True, help="Requests in each round.")
@click.option("--clients", default=(1, 8, 32), show_default=True, multiple=True)
def main(
    index_dir: Path,
    corpus: Path,
    paths: Sequence[str],
    rounds: int,
    requests: int,
    clients: Sequence[int],
) -> None:
    """Measure and print."""
    numbers = itertools.count()
    with ExitStack() as stack:
        servers = {kind: stack.enter_context(served(kind, index_dir, corpus)) for kind in KINDS}
        for path in paths:
            _compare(servers, path, rounds, requests, clients, numbers)
    _parts(index_dir)


def _compare(
    servers: dict[str, Server],
    path: str,
    rounds: int,
    requests: int,
    clients: Sequence[int],
    numbers: Iterator[int],
) -> None:
    """Measure one path at every server, and print."""
    measured = compared(servers, path, rounds, requests, clients, numbers)
    click.echo(f"{path}, {rounds} rounds of {requests} requests in turns")
    click.echo(f"{'':28}{'requests/s':>10} {'cpu ms':>10} {'p50 ms':>10} {'p99 ms':>10}")
    for (name, many), found in measured.items():
        click.echo(f"{many:3} clients  {name:15}{found.row()}")
    for (name, many), theirs in measured.items():
        if name not in ("minutebook", "ping"):
            click.echo(_ratio(measured["minutebook", many], theirs, name, many))


def compared(
    servers: dict[str, Server],
    path: str,
    rounds: int,
    requests: int,
    clients: Sequence[int],
    numbers: Iterator[int],
) -> dict[tuple[str, int], Measured]:
    """Measure one path at every server and a bare ping, in turns, after a round to warm up.

    The result is by the server's kind and the number of clients; ``numbers`` makes the questions.
    """
    targets = {kind: (server, path) for kind, server in servers.items()}
    targets["ping"] = servers["minutebook"], _PING
    measured = {(name, many): Measured() for many in clients for name in targets}
    for server, asked in targets.values():
        _load(server, asked, 2, 16, numbers)
    for _ in range(rounds):
        for (name, many), found in measured.items():
            _measure(found, *targets[name], many, requests, numbers)
    return measured


def _ratio(ours: Measured, theirs: Measured, name: str, many: int) -> str:
    """Say how many times the other's requests a second this is, of the rounds the median."""
    rates = [one / other for one, other in zip(ours.rates, theirs.rates, strict=True)]
    spent = [other / one for one, other in zip(ours.cpu_ms, theirs.cpu_ms, strict=True)]
    return (
        f"{many:3} clients  {statistics.median(rates):.2f} × the requests/s of {name} "
        f"({min(rates):.2f} to {max(rates):.2f}), {statistics.median(spent):.2f} × by cpu"
    )


def _measure(
    found: Measured, server: Server, path: str, many: int, requests: int, numbers: Iterator[int]
) -> None:
    before, began = server.cpu_seconds(), time.perf_counter()
    found.waits_ms += _load(server, path, many, requests, numbers)
    found.rates.append(requests / (time.perf_counter() - began))
    found.cpu_ms.append((server.cpu_seconds() - before) / requests * 1000)


def _load(
    server: Server, path: str, many: int, requests: int, numbers: Iterator[int]
) -> list[float]:
    """Send requests from so many clients at once; return how long each waited, in milliseconds."""
    asked = [
        path if path == _PING else f"{path}?{urlencode({'q': question(next(numbers))})}"
        for _ in range(requests)
    ]
    left = iter(asked)

    def client(_: int) -> list[float]:
        with closing(HTTPConnection(urlsplit(server.address).netloc, timeout=300)) as http:
            return [_wait_ms(http, one) for one in left]

    with ThreadPoolExecutor(many) as clients:
        return [wait for waits in clients.map(client, range(many)) for wait in waits]


def _wait_ms(http: HTTPConnection, target: str) -> float:
    began = time.perf_counter()
    http.request("GET", target, headers={"Accept-Encoding": "gzip"})
    response = http.getresponse()
    response.read()
    if response.status != 200:
        raise click.ClickException(f"{target}: status {response.status}")
    return (time.perf_counter() - began) * 1000


def question(n: int) -> str:
    """Return a question that no other number gives."""
    one, two = _WORDS[n % len(_WORDS)], _WORDS[(n // len(_WORDS)) % len(_WORDS)]
    return _ASKED.format(one=one, two=two, n=n)


def _parts(index_dir: Path) -> None:
    """Print where a search's time goes, and what embedding questions together saves."""
    engine = Engine.open(index_dir)
    try:
        whole = _cpu_ms(lambda n: engine.search(question(n)), _ASKED_ALONE)
        known = _cpu_ms(lambda n: engine.search(question(n)), _ASKED_ALONE)
        answered = _cpu_ms(lambda n: engine.answer(question(n)), _ASKED_ALONE)
        alone = _embedding_ms(engine.embedder, 1)
        together = _embedding_ms(engine.embedder, 8)
        shares = _shares(engine)
    finally:
        engine.store.close()
    click.echo(f"one search {whole:.1f} ms of processor time, {known:.1f} without embedding")
    click.echo(f"one answer {answered:.1f} ms without embedding, its search among it")
    click.echo(f"embedding a question alone {alone:.2f} ms, among eight {together:.2f} ms")
    click.echo("of a search without embedding (profiling weighs small steps more than they are):")
    for part, share in shares.items():
        click.echo(f"{share:7.0%} {part}")


def _shares(engine: Engine) -> dict[str, float]:
    """Return the share of a search's time in each of its parts; some lie inside others."""
    profile = cProfile.Profile(time.process_time)
    with profile:
        for n in range(_ASKED_ALONE):
            engine.search(question(200_000 + n))
    spent: dict[str, float] = {}
    for (_, _, name), times in _timed(profile).items():
        spent[name] = max(spent.get(name, 0.0), float(times[3]))
    return {part: spent.get(name, 0.0) / spent["search"] for name, part in _PARTS.items()}


def _timed(profile: cProfile.Profile) -> dict[tuple[str, int, str], tuple[float, ...]]:
    """Return calls, and own and cumulative seconds, of this project's functions."""
    stats = getattr(pstats.Stats(profile), "stats")  # noqa: B009  # the stubs do not know it
    return {code: times for code, times in stats.items() if "site-packages" not in code[0]}


def _embedding_ms(embedder: Embedder, together: int) -> float:
    texts = [question(n) for n in range(10_000, 10_064)]
    groups = [texts[at : at + together] for at in range(0, len(texts), together)]
    spent = _cpu_ms(lambda n: embedder.read(groups[n % len(groups)]), len(groups))
    return spent / together


def _cpu_ms(do: Callable[[int], object], times: int) -> float:
    for n in range(5):
        do(100_000 + n)
    began = time.process_time()
    for n in range(times):
        do(200_000 + n)
    return (time.process_time() - began) / times * 1000


@contextmanager
def served(kind: str, index_dir: Path, corpus: Path) -> Iterator[Server]:
    """Serve an index at an address of its own until this ends."""
    command = [sys.executable, "-m", "eval.bench.served", kind, str(index_dir), str(corpus)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            address = process.stdout.readline().strip()
            if not address:
                raise click.ClickException(f"The server ({kind}) did not start.")
            yield Server(address, psutil.Process(process.pid))
        finally:
            process.terminate()
            process.wait(timeout=30)


if __name__ == "__main__":
    main()
