"""How well the check of composed sentences tells a quotation from an altered one.

Run ``python -m eval.bench.composing --index index``: sentences of the index's documents are altered
by rule, one thing in each copy (a digit, a name, a denial added or left out, two figures or two
names exchanged, a word that makes it less sure left out), and each copy is checked against the
sentence that it was made from. Kept should be all sentences as they are, and no altered one. It
says nothing of how well a model writes.
"""

from __future__ import annotations

import random
import re
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import click

from indexer.parse.markers import read_marker
from indexer.store.local import open_reader
from indexer.store.protocols import StoreReader
from search_api.compose.check import Quotation
from search_api.compose.tokens import Sort, Token, tokens_of
from search_api.compose.words import Force

_UNSURE = (
    Force.POSSIBILITY,
    Force.EXPECTATION,
    Force.CONDITION,
    Force.REVERSAL,
    Force.OBLIGATION,
)
_VERB = re.compile(r"\b(?:would|will|was|were|is|are|had|has|be)\b")
_UNLIKELY_NAME = "Zebulon"


def sentences_of(store: StoreReader) -> list[str]:
    """Return the sentences of 31 to 399 characters that a store's passages are made of, sorted.

    The letter or number of a list's part is left out: no sentence begins with it.
    """
    passages = store.passages(range(store.info.passages))
    found = {
        _without_marker(" ".join(unit.of(store.text(passage.document_id)).split()))
        for passage in passages
        for unit in passage.units
    }
    return sorted(sentence for sentence in found if 30 < len(sentence) < 400)


def _without_marker(sentence: str) -> str:
    marker = read_marker(sentence)
    return sentence[marker.length :] if marker else sentence


def altered(sentence: str) -> Iterator[tuple[str, str]]:
    """Yield copies of a sentence that say something else, each with what was done to it."""
    tokens = tokens_of(sentence)
    yield from _other_values(sentence, tokens)
    verb = _VERB.search(sentence)
    if verb:
        yield "a denial added", f"{sentence[: verb.end()]} not{sentence[verb.end() :]}"
    denials = [token for token in tokens if token.force is Force.NEGATION]
    if denials:
        yield "a denial left out", _put(sentence, denials[0], "")
    unsure = [token for token in tokens if token.force in _UNSURE]
    if len(unsure) == 1:
        yield "made sure", _put(sentence, unsure[0], "")


def _other_values(sentence: str, tokens: list[Token]) -> Iterator[tuple[str, str]]:
    digit = re.search(r"\d", sentence)
    if digit:
        next_one = str((int(digit[0]) + 1) % 10)
        yield "another digit", sentence[: digit.start()] + next_one + sentence[digit.end() :]
    names = [token for token in tokens if token.sort is Sort.NAME]
    figures = [token for token in tokens if token.sort is Sort.FIGURE]
    if names:
        yield "another name", _put(sentence, names[0], _UNLIKELY_NAME)
    for kind, several in (("names exchanged", names), ("figures exchanged", figures)):
        other = next((one for one in several if one.key != several[0].key), None)
        if other:
            yield kind, _put(_put(sentence, other, several[0].word), several[0], other.word)


def _put(sentence: str, token: Token, words: str) -> str:
    return sentence[: token.span.start] + words + sentence[token.span.end :]


@click.command()
@click.option("--index", "index_dir", type=click.Path(path_type=Path, exists=True), default="index")
@click.option("--sample", default=1500, show_default=True, help="How many sentences to take.")
@click.option("--show", is_flag=True, help="Print the altered sentences that were kept.")
def main(index_dir: Path, sample: int, show: bool) -> None:
    """Count what the check keeps of sentences as they are, and of altered ones."""
    store = open_reader(index_dir)
    sentences = sentences_of(store)
    store.close()
    sentences = random.Random(0).sample(sentences, min(sample, len(sentences)))
    made: Counter[str] = Counter()
    kept: Counter[str] = Counter()
    started = time.process_time()
    for sentence in sentences:
        quotation = Quotation(sentence)
        for kind, said in [("as it is", sentence), *altered(sentence)]:
            made[kind] += 1
            if quotation.fault(said) is None:
                kept[kind] += 1
                if show and kind != "as it is":
                    click.echo(f"{kind}: {sentence}\n  -> {said}")
    spent = (time.process_time() - started) / made.total()
    for kind, count in made.items():
        click.echo(f"{kind:20} {count:6}   kept {kept[kind]:6}  ({kept[kind] / count:.4f})")
    click.echo(f"{spent * 1000:.2f} ms of processor time for each sentence")


if __name__ == "__main__":
    main()
