"""Real models: the bundled one, and small random ones made on the spot."""

from __future__ import annotations

import json
import shutil
import warnings
from pathlib import Path
from typing import Any

import pytest

from indexer.embed.open import open_embedder
from indexer.embed.openvino_runtime import OpenVinoEmbedder
from indexer.embed.quiet import import_sentence_transformers, import_tokenizers
from indexer.embed.sentence_transformers_runtime import SentenceTransformersEmbedder
from indexer.embed.source import DEFAULT_MODEL, resolve

TEXTS = [
    "RESOLVED: that the report be noted.",
    "Cllr O’Neill asked why the café at St Mary’s — “the hub” — had closed; £1.2m was unspent.",
    "",
    "no",
    " ".join(["waiting times at the walk-in centre fell"] * 27),
    "مرحبا 🏥 e\u0301",
]
LETTERS = "abcdefghijklmnopqrstuvwxyz"
TINY_TOKENS = 24


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("models")


@pytest.fixture(scope="session")
def bundled(cache: Path) -> OpenVinoEmbedder:
    embedder = open_embedder(DEFAULT_MODEL, cache)
    assert isinstance(embedder, OpenVinoEmbedder)
    return embedder


@pytest.fixture(scope="session")
def original() -> SentenceTransformersEmbedder:
    """The bundled model, run by sentence-transformers itself."""
    return SentenceTransformersEmbedder(resolve(DEFAULT_MODEL), name=DEFAULT_MODEL)


@pytest.fixture(scope="session")
def tiny_first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A random BERT of two layers whose vector is its first token's."""
    folder = tmp_path_factory.mktemp("tiny") / "first"
    make_tiny(folder)
    return folder


@pytest.fixture(scope="session")
def tiny_max(tiny_first: Path) -> Path:
    """The same weights, pooled in a way that is not exported."""
    folder = tiny_first.with_name("max")
    shutil.copytree(tiny_first, folder)
    config = folder / "1_Pooling" / "config.json"
    settings = json.loads(config.read_text(encoding="utf-8")) | {"pooling_mode": "max"}
    config.write_text(json.dumps(settings), encoding="utf-8")
    return folder


def make_tiny(folder: Path) -> None:
    library = import_sentence_transformers()
    import torch
    import transformers

    torch.manual_seed(7)
    pieces = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", *LETTERS, *(f"##{each}" for each in LETTERS)]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model = transformers.BertModel(
            transformers.BertConfig(
                vocab_size=len(pieces),
                hidden_size=32,
                num_hidden_layers=2,
                num_attention_heads=2,
                intermediate_size=64,
                max_position_embeddings=TINY_TOKENS,
                initializer_range=0.5,
            )
        )
        raw = folder / "raw"
        model.save_pretrained(raw)
        transformers.PreTrainedTokenizerFast(  # type: ignore[no-untyped-call]
            tokenizer_object=tiny_tokenizer(pieces),
            pad_token="[PAD]",
            unk_token="[UNK]",
            cls_token="[CLS]",
            sep_token="[SEP]",
        ).save_pretrained(raw)
        modules = library.sentence_transformer.modules
        transformer = modules.Transformer(str(raw), max_seq_length=TINY_TOKENS)
        pooling = modules.Pooling(32, pooling_mode="cls")
        library.SentenceTransformer(modules=[transformer, pooling], device="cpu").save(str(folder))
    shutil.rmtree(raw)


def tiny_tokenizer(pieces: list[str]) -> Any:
    library = import_tokenizers()
    vocabulary = {piece: number for number, piece in enumerate(pieces)}
    tokenizer = library.Tokenizer(library.models.WordPiece(vocabulary, unk_token="[UNK]"))
    tokenizer.normalizer = library.normalizers.BertNormalizer()
    tokenizer.pre_tokenizer = library.pre_tokenizers.BertPreTokenizer()
    tokenizer.post_processor = library.processors.TemplateProcessing(
        single="[CLS] $A [SEP]", special_tokens=[("[CLS]", 2), ("[SEP]", 3)]
    )
    return tokenizer
