"""How many PDF pages a second one core reads, beside pypdf's plain text of the same files.

Run ``python -m eval.bench.parsing FOLDER``. Everything but embedding counts: parsing, describing,
cutting into passages and their context, tokens counted by the model's own tokenizer. Each file is
read by both in turns, so that a noisy machine disturbs both alike, and the processor's time is
what is measured. Python looks for cycles as seldom as in the processes that read files for a build.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import click
from pypdf import PdfReader
from pypdf.errors import PyPdfError

from indexer.build import DEFAULT_MODEL, Settings
from indexer.context import context_of, embedded_text
from indexer.corpus import Source, read_corpus
from indexer.describe import describe
from indexer.embed.open import open_embedder
from indexer.embed.protocol import Embedder
from indexer.errors import UnreadableFileError
from indexer.model import ParsedDocument
from indexer.parse import parse
from indexer.parse.workers import collect_seldom
from indexer.segment import segment

_STEPS = ("parse", "describe", "segment", "context")
_PEER = "pypdf extract_text"


class _Clock:
    """Sums the processor's seconds of each step."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = dict.fromkeys((*_STEPS, _PEER), 0.0)

    @contextmanager
    def on(self, step: str) -> Iterator[None]:
        started = time.process_time()
        try:
            yield
        finally:
            self.seconds[step] += time.process_time() - started


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--rounds", default=1, show_default=True, help="How often each file is read.")
@click.option("--peer/--no-peer", default=True, help="Whether pypdf reads the files too.")
def main(folder: Path, rounds: int, *, peer: bool) -> None:
    """Measure the reading of the PDF files in FOLDER."""
    sources = [s for s in read_corpus(folder).sources if s.path.suffix.lower() == ".pdf"]
    clock = _Clock()
    pages = read = 0
    with TemporaryDirectory() as models:
        embedder = open_embedder(DEFAULT_MODEL, Path(models))
        _warm_up(sources, embedder, peer=peer)
        collect_seldom()
        work = [source for source in sources for _ in range(rounds)]
        with click.progressbar(work, label="Reading") as bar:
            for source in bar:
                found = _read(source, embedder, clock)
                if found is not None:
                    pages += len(found.pages)
                    read += 1
                    if peer:
                        _pypdf(source.path, clock)
    if not pages:
        raise click.ClickException(f"No PDF in {folder} can be read.")
    _print(clock, pages, read, peer=peer)


def _warm_up(sources: Sequence[Source], embedder: Embedder, *, peer: bool) -> None:
    """Read one file unmeasured, so that no library is loaded on the clock."""
    for source in sources[:1]:
        _read(source, embedder, _Clock())
        if peer:
            _pypdf(source.path, _Clock())


def _read(source: Source, embedder: Embedder, clock: _Clock) -> ParsedDocument | None:
    """Take one file through every step but embedding; None where it cannot be read."""
    try:
        with clock.on("parse"):
            parsed = parse(source.path)
    except UnreadableFileError:
        return None
    with clock.on("describe"):
        document = describe(source, parsed)
    count, budget = embedder.count_tokens, Settings().passage_tokens
    with clock.on("segment"):
        passages = segment(document.id, parsed, document.kind, count, budget)
    with clock.on("context"):
        contexts = [context_of(document, parsed, passage) for passage in passages]
        embedded_text(contexts, passages, count, embedder.identity.max_tokens - 2)
    return parsed


def _pypdf(path: Path, clock: _Clock) -> None:
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    with clock.on(_PEER):
        try:
            for page in PdfReader(path).pages:
                page.extract_text()
        except (PyPdfError, ValueError, LookupError, TypeError, AttributeError):
            return


def _print(clock: _Clock, pages: int, files: int, *, peer: bool) -> None:
    total = sum(clock.seconds[step] for step in _STEPS)
    click.echo(f"{pages} pages of {files} files, one process, processor time")
    rows: list[tuple[str, float]] = [(step, clock.seconds[step]) for step in _STEPS]
    rows.append(("all of these", total))
    if peer:
        rows.append((_PEER, clock.seconds[_PEER]))
    for name, seconds in rows:
        rate = pages / seconds if seconds else float("inf")
        click.echo(f"{name:20} {1000 * seconds / pages:8.2f} ms a page {rate:9.0f} pages/s")
    if peer:
        click.echo(f"{'times as fast':20} {clock.seconds[_PEER] / total:8.1f}")


if __name__ == "__main__":
    main()
