"""The whole pipeline, from a corpus folder to a published build; reads from top to bottom."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from indexer.acronyms import find_acronyms
from indexer.cache import Cache, Embedded
from indexer.code import parsing_code, reading_code
from indexer.context import context_of, embedded_text
from indexer.corpus import Corpus, Source, read_corpus
from indexer.embed.open import open_embedder
from indexer.embed.passages import read_passages
from indexer.embed.protocol import Embedder
from indexer.errors import IndexDamagedError, IndexNotReadyError, UnreadableFileError, UsageError
from indexer.model import (
    Acronym,
    BuildInfo,
    Document,
    ModelIdentity,
    ParsedDocument,
    Passage,
    SkippedFile,
    VectorSearch,
)
from indexer.outcomes import Outcome, outcomes_of
from indexer.packs import describe_paper, papers_of
from indexer.parse.isolate import parse_all
from indexer.parse.limits import TooLongError, at_most
from indexer.parse.programs import installed_programs
from indexer.plan import planned_build, sole_builder, vectors_key
from indexer.progress import Progress, Silent
from indexer.repeats import Standing, copies_in, standing
from indexer.segment import segment
from indexer.store.format import read_current
from indexer.store.local import LocalWriter, open_reader
from indexer.store.protocols import DocumentRecord

DEFAULT_MODEL = "all-MiniLM-L6-v2"
_MARKERS = 2
"""Word pieces that the model adds of its own: one before and one after the text."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What decides a build beside the corpus and the model."""

    model: str = DEFAULT_MODEL
    passage_tokens: int = 176
    seconds_per_file: float = 120.0
    memory_bytes_per_file: int = 4 * 1024**3
    workers: int = 2
    vectors: VectorSearch = VectorSearch()
    """The recall asked of a search by vectors, and the bytes that an exact one may read."""


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a run did. ``unchanged`` means that the current build already said it all."""

    info: BuildInfo
    unchanged: bool
    parsed: int = 0
    embedded: int = 0
    outcomes: tuple[Outcome, ...] = ()
    """What became of each file of the corpus."""


def build_index(
    folder: Path,
    index: Path,
    *,
    settings: Settings = Settings(),
    progress: Progress | None = None,
    rebuild: bool = False,
) -> BuildReport:
    """Index ``folder`` into ``index`` and publish the build; nothing unchanged is done again.

    A file that cannot be read is reported in the build's ``skipped`` and the rest goes on. Raises
    UsageError for an unusable folder or manifest, and where nothing in it can be read.
    """
    progress = progress or Silent()
    corpus = read_corpus(folder)
    with sole_builder(index):
        embedder = open_embedder(settings.model, index / "models")
        planned = _plan(corpus, embedder.identity, settings)
        current = None if rebuild else _current(index)
        if current is not None and current.id == planned.id:
            report = BuildReport(current, unchanged=True)
            return _with_outcomes(report, corpus, index)
        with closing(Cache(index / "cache.sqlite")) as cache:
            run = _Run(corpus, embedder, settings, cache, progress)
            report = run.into(LocalWriter(index, planned), planned)
            return _with_outcomes(report, corpus, index)


def _with_outcomes(report: BuildReport, corpus: Corpus, index: Path) -> BuildReport:
    with closing(open_reader(index)) as reader:
        found = outcomes_of(corpus, report.info.skipped, reader.documents())
    return replace(report, outcomes=tuple(found))


def _plan(corpus: Corpus, model: ModelIdentity, settings: Settings) -> BuildInfo:
    """Return the record of the build to be made; its id follows from everything that decides it."""
    decided: dict[str, str | int] = {
        "reading_code": reading_code(),
        "programs": installed_programs(),
        "passage_tokens": settings.passage_tokens,
    }
    return planned_build(model, decided, corpus.sha256, settings.vectors)


def _current(index: Path) -> BuildInfo | None:
    try:
        return read_current(index)
    except (IndexNotReadyError, IndexDamagedError):
        return None


class _Run:
    """One run of the pipeline over a corpus."""

    def __init__(
        self,
        corpus: Corpus,
        embedder: Embedder,
        settings: Settings,
        cache: Cache,
        progress: Progress,
    ) -> None:
        self.corpus = corpus
        self.embedder = embedder
        self.settings = settings
        self.cache = cache
        self.progress = progress
        self.skipped = list(corpus.skipped)
        self.parsed = 0
        self.embedded = 0

    def into(self, writer: LocalWriter, planned: BuildInfo) -> BuildReport:
        """Fill ``writer`` and publish it; on any failure the current build stays as it was."""
        try:
            each_once = standing(
                copy
                for source, parsed in self._readable()
                for copy in copies_in(source, papers_of(parsed))
            )
            added = [self._add(writer, *each) for each in self._described(each_once)]
            counts = [count for count in added if count is not None]
            if not counts:
                raise self._nothing_readable()
            info = writer.publish(self._complete(planned, counts))
        except BaseException:
            writer.discard()
            raise
        self.cache.forget_unused()
        return BuildReport(info, unchanged=False, parsed=self.parsed, embedded=self.embedded)

    def _complete(self, planned: BuildInfo, counts: list[int]) -> BuildInfo:
        return replace(
            planned,
            documents=len(counts),
            passages=sum(counts),
            skipped=tuple(sorted(self.skipped, key=lambda item: item.file)),
        )

    def _readable(self) -> Iterator[tuple[Source, ParsedDocument]]:
        """Yield the sources that can be read, parsed now or before, and note the others."""
        with self.progress.task("Reading", len(self.corpus.sources), "files") as task:
            for source, parsed in self._parse_or_recall():
                if isinstance(parsed, UnreadableFileError):
                    self._skip(source, parsed.what, parsed.remedy)
                elif not parsed.text.strip():
                    self._skip(source, "it has no text", "Check the file.")
                else:
                    yield source, parsed
                task.advance()

    def _parse_or_recall(self) -> Iterator[tuple[Source, ParsedDocument | UnreadableFileError]]:
        """Go through the sources in order; workers parse ahead what the cache does not hold."""
        kept = {s.file: self.cache.parsed(_parse_key(s)) is not None for s in self.corpus.sources}
        fresh = parse_all(
            [source.path for source in self.corpus.sources if not kept[source.file]],
            workers=self.settings.workers,
            seconds=self.settings.seconds_per_file,
            memory_bytes=self.settings.memory_bytes_per_file,
        )
        for source in self.corpus.sources:
            recalled = self.cache.parsed(_parse_key(source)) if kept[source.file] else None
            if recalled is not None:
                yield source, recalled
                continue
            _, parsed = next(fresh)
            if isinstance(parsed, ParsedDocument):
                self.parsed += 1
                self.cache.keep_parsed(_parse_key(source), parsed)
            yield source, parsed

    def _skip(self, what: Source | Document, reason: str, remedy: str) -> None:
        """Note a file that is left out, and each file that is the same."""
        for file in (what.file, *what.duplicates):
            self.skipped.append(SkippedFile(file, reason.rstrip("."), remedy))
            self.progress.note(f"Skipped {file}: {reason.rstrip('.')}. {remedy}")

    def _described(
        self, each_once: Sequence[Standing]
    ) -> Iterator[tuple[Document, ParsedDocument]]:
        """Recall the documents that stand, file by file, and say what each is."""
        with self.progress.task("Indexing", len(each_once), "documents") as task:
            for source, group in itertools.groupby(each_once, key=lambda each: each.copy.source):
                parsed = self._recalled(source)
                papers = papers_of(parsed)
                for each in group:
                    paper = papers[each.copy.place]
                    yield (
                        each.named_in(describe_paper(source, parsed, paper, self.corpus.bodies)),
                        paper.parsed,
                    )
                    task.advance()

    def _recalled(self, source: Source) -> ParsedDocument:
        parsed = self.cache.parsed(_parse_key(source))
        if parsed is None:
            raise RuntimeError(f"{source.file} was read and is not in the cache")
        return parsed

    def _add(self, writer: LocalWriter, document: Document, parsed: ParsedDocument) -> int | None:
        """Take one document through the rest of the pipeline; return its number of passages.

        None says that it was left out.
        """
        limit = self.embedder.identity.max_tokens - _MARKERS
        count = self.embedder.count_tokens
        budget = min(self.settings.passage_tokens, limit)
        try:
            with at_most(_seconds_to_divide(parsed.text)):
                passages = segment(document.id, parsed, document.kind, count, budget)
                short_forms = find_acronyms(parsed.text)
        except TooLongError:
            reason = "Dividing its text into passages took too long and was stopped"
            self._skip(document, reason, "Save it anew from its program, or leave it out.")
            return None
        contexts = [context_of(document, parsed, passage) for passage in passages]
        texts = embedded_text(contexts, passages, count, limit)
        vectors, tokens = self._embedded(texts, passages)
        record = DocumentRecord(
            document=document,
            parsed=parsed,
            passages=passages,
            contexts=contexts,
            vectors=vectors,
            tokens=tokens,
            acronyms=[
                Acronym(short, long, document.id, document.body) for short, long in short_forms
            ],
        )
        writer.add(record)
        return len(passages)

    def _embedded(self, texts: list[str], passages: list[Passage]) -> Embedded:
        key = vectors_key(self.embedder.identity, texts)
        kept = self.cache.embedded(key)
        if kept is None:
            kept = read_passages(self.embedder, texts, passages)
            self.embedded += len(passages)
            self.cache.keep_embedded(key, *kept)
        return kept

    def _nothing_readable(self) -> UsageError:
        reasons = "; ".join(
            f"{item.file}: {item.reason}" for item in itertools.islice(self.skipped, 5)
        )
        return UsageError(
            f"None of the {len(self.skipped)} files in {self.corpus.folder} "
            f"can be read ({reasons}).",
            "Mend or replace them and try again. The index stays as it was.",
        )


def _seconds_to_divide(text: str) -> float:
    """Return the time after which a text must be made to hold things up: ten times the usual."""
    return 60 + len(text) / 5000


def _parse_key(source: Source) -> str:
    suffix = source.path.suffix.lower()
    return f"{source.sha256} {suffix} {parsing_code()} {installed_programs()}"
