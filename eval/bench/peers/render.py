"""The results as tables in Markdown."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

NAMES = {
    "minutebook": "**Minutebook**",
    "plain": "plain script (FAISS Flat, tantivy, SQLite, RRF)",
    "txtai": "txtai, hybrid",
    "chromadb": "chromadb (dense only)",
    "lancedb": "lancedb, hybrid",
    "haystack": "haystack-ai, BM25 and vectors, RRF",
    "llama_index": "llama-index, BM25 and vectors, RRF",
}
Row = Mapping[str, Any]
Column = tuple[str, Callable[[Row], str]]


def rendered(results: Mapping[str, Any]) -> str:
    """Return every material's tables, quality first."""
    parts = []
    for table in results["tables"]:
        systems: Mapping[str, Row] = table["systems"]
        parts.append(f"### {table['title']}\n")
        if any("quality" in row for row in systems.values()):
            parts.append(_table(systems, _QUALITY))
        parts.append(_table(systems, _COSTS))
    return "\n".join(parts)


def _table(systems: Mapping[str, Row], columns: Sequence[Column]) -> str:
    lines = [
        "| | " + " | ".join(title for title, _ in columns) + " |",
        "|---|" + "---|" * len(columns),
    ]
    for name, row in systems.items():
        if row.get("failed"):
            cells = [f"broke off: {row['failed']}", *[""] * (len(columns) - 1)]
        else:
            cells = [value(row) for _, value in columns]
        lines.append(f"| {NAMES[name]} | " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def _hits(part: str, gold: str) -> Callable[[Row], str]:
    def of(row: Row) -> str:
        scores = row["quality"][part].get(gold)
        if scores is None:
            return "–"
        return " / ".join(_share(scores[name]["value"]) for name in ("hit@1", "hit@3", "hit@10"))

    return of


def _share(value: float) -> str:
    return f"{value:.2f}".replace("0.", ".", 1) if value < 1 else "1.00"


def _ahead(row: Row) -> str:
    change = row.get("ahead", {}).get("mrr@10")
    if change is None:
        return "–"
    text = f"{change['value']:+.3f} ({change['low']:+.3f} to {change['high']:+.3f})"
    return f"{text}, p = {change['p']:.4f}" if change["p"] is not None else text


def _pair(*path: str) -> Callable[[Row], str]:
    def of(row: Row) -> str:
        value: Any = row
        for step in path:
            value = value[step]
        return f"{_short(value['p50'])} / {_short(value['p99'])}"

    return of


def _number(*path: str) -> Callable[[Row], str]:
    def of(row: Row) -> str:
        value: Any = row
        for step in path:
            value = value[step]
        return _short(value)

    return of


def _short(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


_QUALITY: tuple[Column, ...] = (
    ("dev, all: first 1 / 3 / 10", _hits("dev", "all")),
    ("seeds", _hits("dev", "seeds")),
    ("shared", _hits("dev", "shared")),
    ("boards", _hits("dev", "boards")),
    ("test, all", _hits("test", "all")),
    ("Minutebook ahead by, MRR@10, all questions", _ahead),
)
_COSTS: tuple[Column, ...] = (
    ("texts", _number("pieces")),
    ("query from text, CPU ms p50 / p99", _pair("query_ms", "from text", "cpu")),
    ("by the clock", _pair("query_ms", "from text", "wall")),
    ("vector given, CPU ms", _pair("query_ms", "vector given", "cpu")),
    ("build with embedding, CPU s", _number("build_s", "all", "cpu")),
    ("without", _number("build_s", "indexing", "cpu")),
    ("disk, MiB", _number("disk_mib")),
    ("cold start to first answer, CPU s", _number("cold_s", "cpu")),
    ("by the clock, s", _number("cold_s", "wall")),
    ("memory to ask, MiB", _number("asking_mib")),
    ("to build, beyond the texts", _number("building_mib")),
)
