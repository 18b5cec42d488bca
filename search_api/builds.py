"""The builds that an index keeps: what each says of itself, and how the API says it."""

from __future__ import annotations

import json
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import Field

from indexer.errors import MinutebookError
from indexer.model import BuildInfo
from indexer.store.format import BUILDS, BUILT, current_name, read_meta
from indexer.store.publish import build_names
from search_api.wire.asking import Wire
from search_api.wire.responses import IndexJson

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class KeptBuild:
    """A build on the disk: its record, when it was made (ISO 8601), whether it is the current."""

    info: BuildInfo
    built: str | None
    current: bool


def kept_builds(index: Path) -> list[KeptBuild]:
    """Return the sound builds of an index, the one made last first.

    Raises IndexNotReadyError where nothing was published.
    """
    current = current_name(index)
    found = []
    for name in reversed(build_names(index)):
        folder = index / BUILDS / name
        try:
            found.append(KeptBuild(read_meta(folder), _built(folder), name == current))
        except MinutebookError as error:
            _log.warning("The build %s is left out of the list: %s", name, error)
    return found


def _built(folder: Path) -> str | None:
    try:
        said = json.loads((folder / BUILT).read_text(encoding="utf-8"))["built"]
    except (OSError, ValueError, LookupError, TypeError):
        return None
    return said if isinstance(said, str) else None


class BuildJson(Wire):
    """One build of the index: what decides what a question gets."""

    build: str = Field(description="The build's identifier.", examples=["3f9a1c20d4e5"])
    current: bool = Field(description="Whether the index names it as current.", examples=[True])
    built: str | None = Field(
        description="When it was made, in UTC (ISO 8601); null where not recorded.",
        examples=["2026-03-01T09:30:00+00:00"],
    )
    model: str = Field(description="The embedding model's name.", examples=["all-MiniLM-L6-v2"])
    model_fingerprint: str = Field(
        description="SHA-256 of the model's weights, in hexadecimal.", examples=["53aa51172d14"]
    )
    runtime: str = Field(description="What ran the model.", examples=["openvino"])
    precision: str = Field(description="The precision it ran in.", examples=["f16"])
    dimensions: int = Field(description="The length of a vector.", examples=[384])
    format: int = Field(description="The version of the files' format.", examples=[2])
    corpus_sha256: str = Field(
        description="SHA-256 over the corpus it was built from.", examples=["9f86d081884c7d65"]
    )
    settings: dict[str, str | int] = Field(
        description="The settings that decided it.", examples=[{"passage_tokens": 176}]
    )
    documents: int = Field(description="How many documents it holds.", examples=[5])
    passages: int = Field(description="How many passages it holds.", examples=[240])
    skipped: int = Field(description="How many files could not be read.", examples=[0])


class BuildsResponse(Wire):
    """The builds that are kept, the one made last first."""

    builds: list[BuildJson] = Field(description="The builds.")
    index: IndexJson = Field(description="The build that answers now.")


def builds_json(builds: Sequence[KeptBuild]) -> list[BuildJson]:
    """Say what the builds say of themselves."""
    return [_build_json(each.info, each) for each in builds]


def _build_json(info: BuildInfo, kept: KeptBuild) -> BuildJson:
    return BuildJson(
        build=info.id,
        current=kept.current,
        built=kept.built,
        model=info.model.name,
        model_fingerprint=info.model.fingerprint,
        runtime=info.model.runtime,
        precision=info.model.precision,
        dimensions=info.model.dimensions,
        format=info.format,
        corpus_sha256=info.corpus_sha256,
        settings=info.settings,
        documents=info.documents,
        passages=info.passages,
        skipped=len(info.skipped),
    )
