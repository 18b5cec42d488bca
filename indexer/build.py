"""The whole pipeline, from a corpus folder to a published build; reads from top to bottom."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass, replace
from functools import partial
from pathlib import Path

from indexer.acronyms import find_acronyms
from indexer.cache import Cache, Embedded
from indexer.code import parsing_code, reading_code
from indexer.context import context_of, embedded_text
from indexer.corpus import Corpus, Source, read_corpus
from indexer.describe.folder import Voice, bodies_of_folders, of_its_folder, voice_of
from indexer.describe.named import Named
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
from indexer.packs import Paper, describe_paper, papers_of
from indexer.parse.isolate import parse_all
from indexer.parse.limits import TooLongError, at_most
from indexer.parse.programs import installed_programs
from indexer.plan import planned_build, sole_builder, vectors_key
from indexer.progress import Progress, Silent
from indexer.repeats import Copy, Standing, copies_in, standing
from indexer.segment import segment
from indexer.store.check import file_problems
from indexer.store.format import current_folder, read_current
from indexer.store.local import LocalWriter, open_reader
from indexer.store.protocols import DocumentRecord, Entry
from indexer.store.publish import sweep
from indexer.threads import one_for_each_product

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
    written: int = 0
    """Segments written; the build's others are shared with the build before."""
    outcomes: tuple[Outcome, ...] = ()
    """What became of each file of the corpus."""


def build_index(
    folder: Path,
    index: Path,
    *,
    settings: Settings = Settings(),
    progress: Progress | None = None,
    rebuild: bool = False,
    purge: bool = False,
) -> BuildReport:
    """Index ``folder`` into ``index`` and publish the build; nothing unchanged is done again.

    ``purge`` removes the builds before, and with them the last of what was deleted. A file that
    cannot be read is reported in the build's ``skipped`` and the rest goes on. Raises UsageError
    for an unusable folder or manifest, and where nothing in it can be read.
    """
    progress = progress or Silent()
    corpus = read_corpus(folder, leave_out=index)
    one_for_each_product()
    with sole_builder(index):
        embedder = open_embedder(settings.model, index / "models")
        planned = _plan(corpus, embedder.identity, settings)
        current = None if rebuild else _current(index)
        if current is not None and current.id == planned.id:
            report = BuildReport(current, unchanged=True)
        else:
            earlier = current_folder(index) if current is not None else None
            with closing(Cache(index / "cache.sqlite")) as cache:
                run = _Run(corpus, embedder, settings, cache, progress)
                report = run.into(LocalWriter(index, planned, earlier=earlier), planned)
        if purge:
            sweep(index, keep=set())
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
    """Return the current build's record, or None where it is missing, of old, or damaged."""
    try:
        info = read_current(index)
    except (IndexNotReadyError, IndexDamagedError):
        return None
    return None if any(file_problems(current_folder(index), info)) else info


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
        self._open: tuple[str, ParsedDocument, Sequence[Paper]] | None = None

    def into(self, writer: LocalWriter, planned: BuildInfo) -> BuildReport:
        """Fill ``writer`` and publish it; on any failure the current build stays as it was."""
        try:
            each_once = standing(copy for copies in self._readable() for copy in copies)
            given = bodies_of_folders([(e.copy.source.file, e.copy.voice) for e in each_once])
            entries = list(map(self._entry, each_once, given))
            with self.progress.task("Indexing", len(entries), "documents") as task:
                self.skipped += writer.fill(entries, task.advance)
            if not writer.documents:
                raise self._nothing_readable()
            info = writer.publish(self._complete(planned))
        except BaseException:
            writer.discard()
            raise
        self.cache.forget_unused([_owner(each.copy) for each in each_once])
        written = len(info.segments) - writer.shared
        return BuildReport(info, False, self.parsed, self.embedded, written)

    def _complete(self, planned: BuildInfo) -> BuildInfo:
        return replace(planned, skipped=tuple(sorted(self.skipped, key=lambda item: item.file)))

    def _readable(self) -> Iterator[list[Copy]]:
        """Yield the papers of each source that can be read, and note the other sources."""
        with self.progress.task("Reading", len(self.corpus.sources), "files") as task:
            for source, parsed in self._parse_or_recall():
                if isinstance(parsed, UnreadableFileError):
                    self._skip(source, parsed.what, parsed.remedy)
                elif copies := self._copies(source, parsed):
                    yield copies
                else:
                    self._skip(source, "it has no text", "Check the file.")
                task.advance()

    def _copies(self, source: Source, parsed: ParsedDocument | None) -> list[Copy]:
        """Return the papers of a source, which is read if they are not known; none without text."""
        key, version = _parse_key(source), self._said_by(source)
        kept = self.cache.papers(key, version)
        if kept is None:
            known = self._recalled(source) if parsed is None else parsed
            copies = self._found(source, known) if known.text.strip() else []
            kept = [
                [*each.pages, each.whole, each.words, each.characters, asdict(each.voice)]
                for each in copies
            ]
            self.cache.keep_papers(key, version, kept)
        return [
            Copy(source, place, (first, last), whole, words, characters, Voice(**voice))
            for place, (first, last, whole, words, characters, voice) in enumerate(kept)
        ]

    def _found(self, source: Source, parsed: ParsedDocument) -> list[Copy]:
        papers, bodies = papers_of(parsed), self.corpus.bodies
        voices = [
            voice_of(describe_paper(source, parsed, paper, bodies).body, paper.parsed.text)
            for paper in papers
        ]
        return copies_in(source, papers, voices)

    def _said_by(self, source: Source) -> str:
        """Return what decides which papers a source has, and what they say of bodies."""
        told = repr((source.file, source.entry, self.corpus.bodies.listed)).encode()
        return f"{reading_code()} {hashlib.sha256(told).hexdigest()}"

    def _parse_or_recall(
        self,
    ) -> Iterator[tuple[Source, ParsedDocument | UnreadableFileError | None]]:
        """Go through the sources in order; workers parse ahead what the cache does not hold.

        None stands for what it does hold.
        """
        kept = {s.file for s in self.corpus.sources if self.cache.has_parsed(_parse_key(s))}
        fresh = parse_all(
            [source.path for source in self.corpus.sources if source.file not in kept],
            workers=self.settings.workers,
            seconds=self.settings.seconds_per_file,
            memory_bytes=self.settings.memory_bytes_per_file,
        )
        for source in self.corpus.sources:
            if source.file in kept:
                yield source, None
                continue
            _, parsed = next(fresh)
            if isinstance(parsed, ParsedDocument):
                self.parsed += 1
                self.cache.keep_parsed(_parse_key(source), parsed)
            yield source, parsed

    def _skip(self, what: Source | Document, reason: str, remedy: str) -> None:
        """Note a file that is left out, and each file that is the same."""
        self.skipped += self._left_out(what, reason, remedy)

    def _left_out(
        self, what: Source | Document, reason: str, remedy: str
    ) -> tuple[SkippedFile, ...]:
        files = (what.file, *what.duplicates)
        for file in files:
            self.progress.note(f"Skipped {file}: {reason.rstrip('.')}. {remedy}")
        return tuple(SkippedFile(file, reason.rstrip("."), remedy) for file in files)

    def _entry(self, each: Standing, given: Named | None) -> Entry:
        """Return a document to be, by all that decides it; ``given`` is its folder's body."""
        source = each.copy.source
        decided = (
            *(_parse_key(source), reading_code(), self.settings.passage_tokens),
            *(self.embedder.identity, self.corpus.bodies.listed),
            *(source.file, source.entry, source.duplicates, each.copy.place),
            *((c.source.file, c.source.sha256, c.source.duplicates, c.pages) for c in each.others),
            *(c.whole for c in each.others),
            *((given,) if given else ()),
        )
        return Entry(
            key=hashlib.sha256(repr(decided).encode()).hexdigest(),
            name=f"{source.file} {each.copy.place}",
            characters=each.copy.characters,
            make=partial(self._made, each, given),
        )

    def _made(
        self, each: Standing, given: Named | None
    ) -> DocumentRecord | tuple[SkippedFile, ...]:
        """Recall what a document was parsed to, say what it is and divide it."""
        parsed, papers = self._opened(each.copy.source)
        paper = papers[each.copy.place]
        described = describe_paper(each.copy.source, parsed, paper, self.corpus.bodies)
        described = of_its_folder(described, given, self.corpus.bodies)
        return self._record(each.named_in(described), paper.parsed, _owner(each.copy))

    def _opened(self, source: Source) -> tuple[ParsedDocument, Sequence[Paper]]:
        """Return a source and its papers; the last is kept, for the next paper of it."""
        if self._open is None or self._open[0] != source.file:
            parsed = self._recalled(source)
            self._open = source.file, parsed, papers_of(parsed)
        return self._open[1:]

    def _recalled(self, source: Source) -> ParsedDocument:
        parsed = self.cache.parsed(_parse_key(source))
        if parsed is None:
            raise RuntimeError(f"{source.file} was read and is not in the cache")
        return parsed

    def _record(
        self, document: Document, parsed: ParsedDocument, owner: str
    ) -> DocumentRecord | tuple[SkippedFile, ...]:
        """Take one document through the rest of the pipeline, or say why it is left out."""
        limit = self.embedder.identity.max_tokens - _MARKERS
        count = self.embedder.count_tokens
        budget = min(self.settings.passage_tokens, limit)
        try:
            with at_most(_seconds_to_divide(parsed.text)):
                passages = segment(document.id, parsed, document.kind, count, budget)
                short_forms = find_acronyms(parsed.text)
        except TooLongError:
            reason = "Dividing its text into passages took too long and was stopped"
            remedy = "Save it anew from its program, or leave it out."
            return self._left_out(document, reason, remedy)
        contexts = [context_of(document, parsed, passage) for passage in passages]
        texts = embedded_text(contexts, passages, count, limit)
        vectors, tokens = self._embedded(texts, passages, owner)
        return DocumentRecord(
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

    def _embedded(self, texts: list[str], passages: list[Passage], owner: str) -> Embedded:
        key = vectors_key(self.embedder.identity, texts)
        kept = self.cache.embedded(key, owner)
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


def _owner(copy: Copy) -> str:
    """Return what the cache calls the document whose vectors it keeps."""
    return f"{_parse_key(copy.source)} {copy.place}"


def _parse_key(source: Source) -> str:
    suffix = source.path.suffix.lower()
    return f"{source.sha256} {suffix} {parsing_code()} {installed_programs()}"
