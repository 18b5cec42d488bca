"""Numbers as words: the names that all others are made of, those of places and those of scales."""

from __future__ import annotations

ONES = {
    word: number
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
        "fifteen sixteen seventeen eighteen nineteen".split()
    )
}
TENS = {
    word: 10 * number
    for number, word in enumerate(
        "twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2
    )
}
NUMBERS = ONES | TENS
COUNTING = {word: number for word, number in NUMBERS.items() if number}
"""From one."""
_IRREGULAR = {
    "one": "first",
    "two": "second",
    "three": "third",
    "five": "fifth",
    "eight": "eighth",
    "nine": "ninth",
    "twelve": "twelfth",
}
SCALES = {
    name: value
    for value, names in (
        (10**3, ("k", "thousand")),
        (10**6, ("m", "mn", "mil", "million")),
        (10**9, ("bn", "bil", "billion")),
    )
    for name in names
}


def ordinal_of(word: str) -> str:
    """Return the ordinal of a number in one word: “twelfth”, “thirtieth”."""
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    return f"{word[:-1]}ieth" if word.endswith("y") else f"{word}th"


ORDINALS = {ordinal_of(word): number for word, number in COUNTING.items()}
"""First to nineteenth, twentieth, thirtieth … ninetieth."""
