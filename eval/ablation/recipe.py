"""The usual recipe over the same documents: windows, one vector each, and BM25, fused.

What every step of the search is to be measured against. The index of windows is kept, so that a
second run does not embed them again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from eval.ablation.fusion import reciprocal_rank_fusion, score_fusion
from eval.ablation.steps import Step
from eval.beir.build import first_window
from eval.bench.peers.records import records_of
from eval.windows import OVERLAP, WINDOW, windowed
from indexer.embed.protocol import Embedder
from indexer.embed.tokens import no_codes
from indexer.errors import IndexNotReadyError
from indexer.model import BuildInfo
from indexer.plan import planned_build
from indexer.progress import Progress
from indexer.store.format import read_current
from indexer.store.local import LocalReader, LocalWriter, open_reader
from indexer.store.protocols import DocumentRecord

RECIPE: Mapping[str, Step] = {
    "windows, vectors alone": lambda c: c.by_vector,
    "windows, ranks fused (RRF)": lambda c: reciprocal_rank_fusion([c.by_vector, c.by_words]),
    "windows, scores fused half and half": lambda c: score_fusion(
        [c.by_vector, c.by_words], (0.5, 0.5)
    ),
}


def index_of_windows(
    index: Path, folder: Path, embedder: Embedder, progress: Progress
) -> LocalReader:
    """Return an index in ``folder`` of the documents of ``index``, cut into windows."""
    source = read_current(index)
    planned = _planned(source, embedder)
    if not _is_there(folder, planned):
        writer = LocalWriter(folder, planned)
        try:
            records = windowed(records_of([index]))
            with progress.task("Embedding windows", len(records), "documents") as task:
                for record in records:
                    writer.add(_embedded(record, embedder))
                    task.advance()
            writer.publish(planned)
        except BaseException:
            writer.discard()
            raise
    return open_reader(folder)


def _planned(source: BuildInfo, embedder: Embedder) -> BuildInfo:
    decided: dict[str, str | int] = {"passages": "windows", "size": WINDOW, "overlap": OVERLAP}
    return planned_build(embedder.identity, decided, source.id)


def _is_there(folder: Path, planned: BuildInfo) -> bool:
    try:
        return read_current(folder).id == planned.id
    except IndexNotReadyError:
        return False


def _embedded(record: DocumentRecord, embedder: Embedder) -> DocumentRecord:
    texts: Sequence[str] = [first_window(each.text, embedder) for each in record.passages]
    nothing = no_codes(embedder.identity.dimensions)
    return DocumentRecord(
        document=record.document,
        parsed=record.parsed,
        passages=record.passages,
        contexts=record.contexts,
        vectors=embedder.embed(texts),
        tokens=[nothing] * len(texts),
        acronyms=record.acronyms,
    )
