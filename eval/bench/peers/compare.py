"""One comparison: material laid out, systems measured, rankings judged, all as JSON."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eval.bench.peers import prepare
from eval.bench.peers.figures import Figures
from eval.bench.peers.measure import Field, measured
from eval.bench.peers.pieces import read_vectors
from eval.bench.peers.processes import Took, Worker
from eval.bench.peers.quality import Jury, against, summary
from eval.bench.peers.results import costs
from eval.gold import GoldQuestion
from eval.outcome import Outcome
from eval.run import as_asked
from eval.windows import windowed
from indexer.model import BuildInfo
from indexer.store.protocols import DocumentRecord

OURS, SCRIPT = "minutebook", "plain"
_SAMPLE = 256
"""How many pieces are embedded to know what embedding one takes."""
Gold = Mapping[str, Sequence[GoldQuestion]]


@dataclass(frozen=True, slots=True)
class Setting:
    """What all comparisons of a run have in common."""

    records: Sequence[DocumentRecord]
    build: BuildInfo
    work: Path
    pythons: Mapping[str, str]
    rounds: int
    limit: float
    at_once: int
    say: Callable[[str], None]

    @property
    def passages(self) -> Path:
        """Return the folder of Minutebook's passages, laid out and embedded where it was not."""
        folder = self.work / "passages"
        if not (folder / prepare.EMBEDDING).is_file():
            prepare.lay_out(folder, self.records, self.build)
            prepare.keep_vectors(folder)
            kept = {OURS: prepare.vectors_of(self.records), SCRIPT: read_vectors(folder)}
            with self._worker(OURS) as ours, self._worker(SCRIPT) as script:
                prepare.measure_embedding(folder, kept, [ours, script], _SAMPLE)
        return folder

    @property
    def windows(self) -> Path:
        """Return the folder of windows of the same texts, laid out and embedded likewise."""
        folder = self.work / "windows"
        if not (folder / prepare.EMBEDDING).is_file():
            count = prepare.lay_out(folder, windowed(self.records), self.build)
            with self._worker(SCRIPT) as script:
                prepare.embed_all(folder, count, script)
        return folder

    def _worker(self, name: str) -> Worker:
        self.work.mkdir(parents=True, exist_ok=True)
        return Worker(name, self.pythons, self.work / "embedding.log", self.limit)


def with_gold(
    setting: Setting, names: Sequence[str], gold: Gold, title: str, *, in_windows: bool
) -> dict[str, Any]:
    """Compare systems on gold questions; in windows, Minutebook keeps its own passages."""
    theirs = setting.windows if in_windows else setting.passages
    material = {name: setting.passages if name == OURS else theirs for name in names}
    gold = {name: [one for one in each if one.answerable] for name, each in gold.items()}
    questions = {one.id: as_asked(one, in_words=True)[0] for each in gold.values() for one in each}
    scratch = setting.work / ("in-windows" if in_windows else "on-passages")
    entered = Field(material, setting.pythons, scratch, setting.limit)
    figures = measured(entered, questions, setting.rounds, setting.say, at_once=setting.at_once)
    systems = _costs(figures, material)
    passages = Jury(setting.records)
    windows = Jury(windowed(setting.records)) if in_windows else passages
    outcomes = {
        name: (passages if name == OURS else windows).outcomes(
            gold, {question: asked.found for question, asked in own.asked.items()}
        )
        for name, own in figures.items()
        if own.failed is None
    }
    _judged(systems, outcomes)
    return {"title": title, "systems": systems}


def _costs(figures: Mapping[str, Figures], material: Mapping[str, Path]) -> dict[str, Any]:
    pieces = {name: prepare.pieces_of(folder) for name, folder in material.items()}
    return costs(figures, pieces, {name: _embedding(name, material[name]) for name in figures})


def _embedding(name: str, folder: Path) -> Took:
    """Return what embedding a piece takes: sentence-transformers embeds for all but Minutebook."""
    return prepare.embedding_of(folder)[OURS if name == OURS else SCRIPT]


def _judged(systems: dict[str, Any], outcomes: Mapping[str, Sequence[Outcome]]) -> None:
    for name, own in outcomes.items():
        systems[name]["quality"] = summary(own)
        if name != OURS and OURS in outcomes:
            systems[name]["ahead"] = against(outcomes[OURS], own)
