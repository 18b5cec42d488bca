"""Open an embedding model: any one for indexing, the recorded one for serving."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path

from indexer.embed.openvino_runtime import ExportedModel, OpenVinoEmbedder
from indexer.embed.protocol import Embedder
from indexer.embed.source import canonical_name, fingerprint, resolve
from indexer.errors import ModelMismatchError, UsageError
from indexer.model import ModelIdentity

log = logging.getLogger(__name__)

_Load = Callable[[Path], OpenVinoEmbedder]
"""Opens an exported model in its folder."""


def open_embedder(
    model: str, cache: Path, *, threads: int | None = None, for_questions: bool = False
) -> Embedder:
    """Open ``model``, a name or a folder, keeping its exported form under ``cache``.

    ``threads`` cores work on a batch each, or all on one where it is ``for_questions``. Raises
    UsageError where the model is not on this machine or cannot be used.
    """
    name, folder = canonical_name(model), resolve(model)
    digest = fingerprint(folder)
    load = partial(OpenVinoEmbedder, name=name, threads=threads, for_questions=for_questions)
    return _exported(cache / digest, digest, load) or _export(folder, cache, name, load)


def open_recorded(identity: ModelIdentity, cache: Path, *, threads: int | None = None) -> Embedder:
    """Open the model that a build was made with, from ``cache`` or from where its name leads.

    It is for questions, which come one by one: all cores work on one batch. Raises
    ModelMismatchError where the model at hand is another one, or is not there at all.
    """
    kept = cache / identity.fingerprint
    load = partial(OpenVinoEmbedder, name=identity.name, threads=threads, for_questions=True)
    embedder: Embedder | None = _exported(kept, identity.fingerprint, load)
    if embedder is None:
        try:
            embedder = open_embedder(identity.name, cache, threads=threads, for_questions=True)
        except UsageError as error:
            raise ModelMismatchError(
                f"The index was built with '{identity.name}', which cannot be opened: {error.what}",
                "Put the model back, or rebuild with `minutebook index`.",
            ) from error
    _require_same(identity, embedder.identity)
    return embedder


def _require_same(recorded: ModelIdentity, found: ModelIdentity) -> None:
    if (recorded.fingerprint, recorded.dimensions) == (found.fingerprint, found.dimensions):
        return
    raise ModelMismatchError(
        f"The index was built with '{recorded.name}', fingerprint {recorded.fingerprint} and "
        f"{recorded.dimensions} dimensions; the model of that name here has fingerprint "
        f"{found.fingerprint} and {found.dimensions} dimensions.",
        "Rebuild with `minutebook index`, or put the earlier model back.",
    )


def _exported(folder: Path, digest: str, load: _Load) -> OpenVinoEmbedder | None:
    """Return the exported model in ``folder``, or None where there is none that can be opened."""
    if not folder.is_dir():
        return None
    try:
        if ExportedModel.read(folder).fingerprint != digest:
            raise ValueError("it belongs to another model")
        return load(folder)
    except Exception as error:
        log.warning(
            "The exported model in %s cannot be opened, and is made again: %s", folder, error
        )
        shutil.rmtree(folder, ignore_errors=True)
        return None


def _export(folder: Path, cache: Path, name: str, load: _Load) -> Embedder:
    # Only here: these import torch, which takes seconds and is not needed once exported.
    from indexer.embed.export import NotExportableError, export
    from indexer.embed.sentence_transformers_runtime import SentenceTransformersEmbedder

    general = SentenceTransformersEmbedder(folder, name=name)
    target = cache / general.identity.fingerprint
    try:
        export(general, folder, target)
    except NotExportableError as error:
        log.warning("'%s' runs on torch, which is slower: %s.", name, error)
        return general
    return load(target)
