"""Count word pieces without cutting the same words up again and again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

_MOST_WORDS = 200_000
"""How many different words are remembered; a large corpus has more, so that they are let go."""


class WordCounter:
    """Counts a text's word pieces as the sum over its words, each counted once.

    That is exact only for a tokenizer for which a space always parts two words; ``is_exact_for``
    says so. Most words of a record have been seen before: counting is some thirty times as fast.
    """

    def __init__(self, count: Callable[[Sequence[str]], list[int]]) -> None:
        """``count`` counts the word pieces of several texts."""
        self._count = count
        self._known: dict[str, int] = {}

    def __call__(self, texts: Sequence[str]) -> list[int]:
        """Return the number of word pieces of each text."""
        split = [text.replace("\n", " ").split(" ") for text in texts]
        words = set().union(*split)
        known = self._known
        unknown = [word for word in words if word not in known]
        if len(known) + len(unknown) > _MOST_WORDS:
            known, unknown = {}, list(words)
            self._known = known
        if unknown:
            known.update(zip(unknown, self._count(unknown), strict=True))
        return [sum(map(known.__getitem__, words)) for words in split]


def is_exact_for(tokenizer: Any) -> bool:
    """Say whether a space or line end always parts two words for this tokenizer: BERT's do."""
    kinds = [type(part).__name__ for part in (tokenizer.normalizer, tokenizer.pre_tokenizer)]
    added = [token.content for token in tokenizer.get_added_tokens_decoder().values()]
    parted = all(content.split() == [content] for content in added)
    return parted and kinds == ["BertNormalizer", "BertPreTokenizer"]
