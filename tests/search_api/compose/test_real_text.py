"""The check over the sample corpus: every sentence bears itself out, and no altered one.

The alterations are made by rule, one in each copy: a digit, a name, a denial added or left out, two
figures or two names exchanged, a word that makes it less sure left out.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer.store.local import open_reader
from search_api.compose.bearing import Said
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


@pytest.fixture(scope="module")
def sentences(sample_index: Path) -> list[str]:
    """Give the sentences of the sample corpus."""
    store = open_reader(sample_index)
    try:
        passages = store.passages(range(store.info.passages))
        found = {
            " ".join(unit.of(store.text(passage.document_id)).split())
            for passage in passages
            for unit in passage.units
        }
    finally:
        store.close()
    return sorted(sentence for sentence in found if 30 < len(sentence) < 400)


def _altered(sentence: str) -> Iterator[tuple[str, str]]:
    tokens = tokens_of(sentence)
    digit = re.search(r"\d", sentence)
    if digit:
        next_one = str((int(digit[0]) + 1) % 10)
        yield "digit", sentence[: digit.start()] + next_one + sentence[digit.end() :]
    names = [token for token in tokens if token.sort is Sort.NAME]
    figures = [token for token in tokens if token.sort is Sort.FIGURE]
    if names:
        yield "name", _put(sentence, names[0], "Zebulon")
    for kind, several in (("names", names), ("figures", figures)):
        other = next((one for one in several if one.key != several[0].key), None)
        if other:
            yield kind, _put(_put(sentence, other, several[0].word), several[0], other.word)
    verb = _VERB.search(sentence)
    if verb:
        yield "denial added", f"{sentence[: verb.end()]} not{sentence[verb.end() :]}"
    denials = [token for token in tokens if token.force is Force.NEGATION]
    if denials:
        yield "denial left out", _put(sentence, denials[0], "")
    unsure = [token for token in tokens if token.force in _UNSURE]
    if len(unsure) == 1:
        yield "made sure", _put(sentence, unsure[0], "")


def _put(sentence: str, token: Token, words: str) -> str:
    return sentence[: token.span.start] + words + sentence[token.span.end :]


def test_every_sentence_bears_itself_out(sentences: list[str]) -> None:
    assert len(sentences) > 200
    assert [sentence for sentence in sentences if Quotation(sentence).fault(sentence)] == []


def test_every_sentence_bears_itself_out_by_its_tokens(sentences: list[str]) -> None:
    """The short cut for exact words set aside: another full stop must not make a difference."""
    reworded = [f"And {sentence[0].lower()}{sentence[1:]}" for sentence in sentences]
    pairs = [
        (quote, said)
        for quote, said in zip(sentences, reworded, strict=True)
        if Said.of(quote).tokens and not quote[:2].isupper()
    ]
    refused = [said for quote, said in pairs if Quotation(quote).fault(said)]
    assert len(refused) <= 0.01 * len(pairs), refused


def test_no_altered_sentence_is_borne_out(sentences: list[str]) -> None:
    made: Counter[str] = Counter()
    passed = []
    for sentence in sentences:
        quotation = Quotation(sentence)
        for kind, altered in _altered(sentence):
            made[kind] += 1
            if quotation.fault(altered) is None:
                passed.append((kind, sentence, altered))
    assert passed == []
    assert min(made.values()) >= 10
    assert len(made) == 7
