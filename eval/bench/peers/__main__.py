"""``python -m eval.bench.peers``: Minutebook beside its peers, as ``docs/peers.md`` tells."""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import os
import platform
import subprocess
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from eval.bench.peers.compare import Setting, with_gold
from eval.bench.peers.picture import drawn
from eval.bench.peers.records import build_of, records_of
from eval.bench.peers.render import rendered
from eval.bench.peers.systems import ALL, OWN
from eval.gold import load_gold

_GOLD = Path(__file__).parents[2] / "gold"
_VERSIONS = (
    "txtai", "chromadb", "lancedb", "haystack-ai", "llama-index-core",
    "llama-index-retrievers-bm25", "sentence-transformers", "torch", "faiss-cpu", "tantivy",
)  # fmt: skip
_TITLES = {
    False: "The same {n:,} passages for all, cut by Minutebook",
    True: "Each as its user would have it: windows of 1,000 characters for the peers",
}
_FOLDER = click.Path(path_type=Path, exists=True, file_okay=False)


@click.command()
@click.option("--index", "indexes", multiple=True, required=True, type=_FOLDER)
@click.option("--gold", "names", multiple=True, default=("seeds", "shared", "boards"))
@click.option("--system", "systems", multiple=True, type=click.Choice(ALL), default=ALL)
@click.option("--python", default="", help="The interpreter that has the peers' packages.")
@click.option("--cut", type=click.Choice(["passages", "windows", "both"]), default="both")
@click.option("--rounds", default=3, show_default=True, help="How often each index is built.")
@click.option("--at-once", default=1, show_default=True, help="More: only CPU time counts.")
@click.option("--limit", default=1800.0, show_default=True, help="Seconds for one command.")
@click.option("--work", type=click.Path(path_type=Path), required=True, help="Kept between runs.")
@click.option("--out", type=click.Path(path_type=Path), required=True, help="Stem of three files.")
def main(indexes: tuple[Path, ...], names: tuple[str, ...], **options: Any) -> None:
    """Compare systems over the documents of INDEXES on gold questions about them.

    Writes OUT.json, OUT.md and OUT.svg; what another run left in them under another cut stays.
    """
    python, systems = options["python"], options["systems"]
    pythons = {name: python for name in systems if python and name not in OWN}
    setting = Setting(
        records=records_of(indexes),
        build=build_of(indexes[0]),
        work=options["work"] / _key(indexes),
        pythons=pythons,
        rounds=options["rounds"],
        limit=options["limit"],
        at_once=options["at_once"],
        say=lambda line: click.echo(line, err=True),
    )
    gold = {name: load_gold(_GOLD / f"{name}.jsonl") for name in names}
    count = sum(len(record.passages) for record in setting.records)
    cuts = {"passages": [False], "windows": [True], "both": [False, True]}[options["cut"]]
    for in_windows in cuts:
        title = _TITLES[in_windows].format(n=count)
        table = with_gold(setting, systems, gold, title, in_windows=in_windows)
        table["cut"] = "windows" if in_windows else "passages"
        _write(options["out"], table, _about(python))


def _key(indexes: Sequence[Path]) -> str:
    """Return a name for what is kept: other builds are other material."""
    builds = " ".join(build_of(index).id for index in indexes)
    return hashlib.sha256(builds.encode()).hexdigest()[:12]


def _write(stem: Path, table: Mapping[str, Any], about: Mapping[str, Any]) -> None:
    stem.parent.mkdir(parents=True, exist_ok=True)
    file = stem.with_suffix(".json")
    kept = json.loads(file.read_text(encoding="utf-8"))["tables"] if file.is_file() else []
    tables = [one for one in kept if one["cut"] != table["cut"]] + [dict(table)]
    results = {"about": about, "tables": sorted(tables, key=lambda one: str(one["cut"]))}
    file.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    stem.with_suffix(".md").write_text(rendered(results), encoding="utf-8")
    stem.with_suffix(".svg").write_text(drawn(results), encoding="utf-8")


def _about(python: str) -> dict[str, Any]:
    return {
        "python": platform.python_version(),
        "system": platform.system(),
        "cores": os.cpu_count(),
        "versions": _theirs(python) if python else _versions(importlib.metadata.version),
    }


def _versions(version: Callable[[str], str]) -> dict[str, str]:
    found = {}
    for name in _VERSIONS:
        try:
            found[name] = version(name)
        except importlib.metadata.PackageNotFoundError:
            continue
    return found


def _theirs(python: str) -> dict[str, str]:
    """Return the versions that another interpreter has."""
    listed = subprocess.run(
        [python, "-m", "pip", "list", "--format", "json"],
        capture_output=True,
        text=True,
        check=True,
    )
    have = {one["name"].lower(): one["version"] for one in json.loads(listed.stdout)}
    return {name: have[name] for name in _VERSIONS if name in have}


if __name__ == "__main__":
    main()
