"""How long a question takes from a cold process, beside importing sentence-transformers alone.

Run ``python -m eval.bench.cold_start --index index``: the two are timed in turns, so that a noisy
machine disturbs both alike, and the medians and their ratio are printed.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from pathlib import Path

import click

_QUESTION = "when does BCT consultation start?"
_PEER = [sys.executable, "-c", "import sentence_transformers"]


@click.command()
@click.option("--index", "index_dir", type=click.Path(path_type=Path, exists=True), default="index")
@click.option("--rounds", default=5, show_default=True, help="How often each is timed.")
def main(index_dir: Path, rounds: int) -> None:
    """Time a cold ``minutebook ask`` against the import of sentence-transformers."""
    ask = [sys.executable, "-m", "minutebook", "ask", _QUESTION, "--index", str(index_dir)]
    timed = [(_seconds(ask), _seconds(_PEER)) for _ in range(rounds)]
    ours, peers = (statistics.median(column) for column in zip(*timed, strict=True))
    click.echo(f"minutebook ask, cold:              {ours:.2f} s (median of {rounds})")
    click.echo(f"import sentence_transformers:      {peers:.2f} s")
    click.echo(f"ratio:                             {ours / peers:.2f}")


def _seconds(command: list[str]) -> float:
    started = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
