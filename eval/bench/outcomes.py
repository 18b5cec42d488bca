"""What becomes of each file of a folder up to its passages, without embedding; how long it takes.

Run as ``python -m eval.bench.outcomes FOLDER ...``. It ends with 1 where a step after parsing fails
or takes long.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from indexer.build import Settings
from indexer.corpus import Corpus, Source, read_corpus
from indexer.describe import describe
from indexer.errors import UnreadableFileError
from indexer.model import Document, ParsedDocument, SkippedFile
from indexer.outcomes import outcome_lines, outcomes_of
from indexer.parse.isolate import parse_all
from indexer.segment import segment

_SLOW = 2.0
"""Seconds that describing and segmenting one document may take: they run under no limit."""


@click.command()
@click.argument("folders", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True))
def outcomes(folders: tuple[Path, ...]) -> None:
    """Print a table of outcomes for each of FOLDERS."""
    failed = False
    for folder in folders:
        begun = time.monotonic()
        run = _Run(read_corpus(folder))
        documents = list(run.documents())
        found = outcomes_of(run.corpus, run.skipped, documents)
        took = time.monotonic() - begun
        click.echo(f"{folder}: {took:.1f} s, {len(documents)} documents, {run.passages} passages")
        click.echo("\n".join([*outcome_lines(found), *run.problems]))
        failed = failed or bool(run.problems)
    sys.exit(int(failed))


class _Run:
    """Takes the files of a corpus as far as passages."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus
        self.skipped = list(corpus.skipped)
        self.passages = 0
        self.problems: list[str] = []

    def documents(self) -> Iterator[Document]:
        """Yield what each file that can be read is."""
        settings = Settings()
        parsed = parse_all(
            [source.path for source in self.corpus.sources],
            workers=settings.workers,
            seconds=settings.seconds_per_file,
            memory_bytes=settings.memory_bytes_per_file,
        )
        for source, (_, found) in zip(self.corpus.sources, parsed, strict=True):
            if isinstance(found, UnreadableFileError):
                for file in (source.file, *source.duplicates):
                    self.skipped.append(SkippedFile(file, found.what.rstrip("."), found.remedy))
            else:
                yield from self._document(source, found)

    def _document(self, source: Source, parsed: ParsedDocument) -> Iterator[Document]:
        """Describe and segment one file, and note what goes wrong there or takes long."""
        begun = time.process_time()
        try:
            document = describe(source, parsed)
            passages = segment(document.id, parsed, document.kind, _count, 176)
        except Exception as error:
            self.problems.append(f"FAILED {source.file}: {error!r}")
            return
        took = time.process_time() - begun
        self.passages += len(passages)
        if took > _SLOW:
            self.problems.append(f"SLOW {source.file}: {took:.1f} s for {len(parsed.text)} letters")
        yield document


def _count(texts: Sequence[str]) -> list[int]:
    """Return about how many word pieces the model would see in each text."""
    return [len(text) // 5 + 1 for text in texts]


if __name__ == "__main__":
    outcomes()
