"""Small records made for a test, indexed with the real model."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from indexer.build import build_index
from search_api.engine import Engine


@dataclass(frozen=True)
class Record:
    """One document: when and by whom it was said, and its text below the heading."""

    date: str
    body: str
    text: str
    kind: str = "minutes"
    status: str = "approved"
    title: str = "Health Scrutiny Committee: minutes"
    area: str = ""


@contextmanager
def engine_over(folder: Path, records: Iterable[Record]) -> Iterator[Engine]:
    """Index the records below ``folder`` and lend an engine over them."""
    corpus = folder / "corpus"
    corpus.mkdir(parents=True)
    manifest = []
    for number, record in enumerate(records):
        name = f"{number:02}.txt"
        (corpus / name).write_text(f"MINUTES\n\n{record.text}\n", encoding="utf-8")
        fields = {
            "file": name,
            "date": record.date,
            "body": record.body,
            "kind": record.kind,
            "status": record.status,
            "title": record.title,
            "area": record.area,
        }
        lines = [f'{key} = "{value}"' for key, value in fields.items() if value]
        manifest.append("\n".join(["[[document]]", *lines, ""]))
    (corpus / "manifest.toml").write_text("\n".join(manifest), encoding="utf-8")
    build_index(corpus, folder / "index")
    engine = Engine.open(folder / "index")
    try:
        yield engine
    finally:
        engine.store.close()
