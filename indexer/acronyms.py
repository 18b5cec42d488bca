"""Short forms that a document itself explains: “Better Care Together (BCT)”, “CCG | Clinical …”.

The method follows Schwartz and Hearst, "A simple algorithm for identifying abbreviation
definitions in biomedical text" (PSB 2003), kept to capital letters: the letters of the short form
are found at the beginnings of the words beside it. Lists and tables of abbreviations are read by
the same rule; under a heading that calls them so, letters inside the words count too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_REST = r"[A-Za-z&]{0,8}[A-Z]s?(?: [A-Z]{2,6}s?)?"
_SHORT = rf"[A-Z]{_REST}"
_SHORT_WORD = rf"[A-Z](?<!\w\w){_REST}"
"""A short form that begins a word; what it must begin with stands first, which is sought fast."""
_CALLED = r"(?:(?:the|or|hereafter|hereinafter|known as|referred to as|abbreviated to|also) )*"
_AFTER = re.compile(rf"\(\s*{_CALLED}[\"'‘“]?{_CALLED}[\"'‘“]?({_SHORT})[\"'’”]?\s*\)")
_BEFORE = re.compile(rf"({_SHORT_WORD})\s*\(\s*([A-Z][^()]{{4,80}}?)\s*\)")
_ENTRY = re.compile(
    rf"\n[ \t•*|-]*({_SHORT})\.?[ \t]*(?:\||[-–—:=]|\t)[ \t|]*([A-Za-z][^|"
    rf"\n;:()]{{4,90}})",
)
_REVERSED = re.compile(rf"(?:^|\| ?)([A-Z][^|\n]{{5,80}}?) ?\| ?({_SHORT}) ?(?=\||$)")
_STANDS_FOR = re.compile(
    rf"({_SHORT_WORD}) (?:stands for|means|is short for) ([A-Za-z][^.;:()\n]{{4,90}})"
)
_GLOSSARY = re.compile(
    r"^\W*(?:\d+\.?\s*)?(?:glossary|(?:list of |key )?(?:abbreviations|acronyms)|"
    r"(?:abbreviations?|acronyms?) (?:used|and .{3,40}))(?: of (?:terms|abbreviations|"
    r"acronyms))?\W*$",
    re.IGNORECASE | re.MULTILINE,
)
_GLOSSARY_CHARACTERS = 6000
_WORD = re.compile(r"[A-Za-z0-9’']+")
_SKIPPED = frozenset({"and", "of", "the", "for", "in", "to", "on", "with", "a", "an", "at", "by"})
_PERSON = re.compile(r"[A-Z][a-zà-ý]*[a-z’'][A-Za-zà-ý’'-]+ [A-Z][A-Za-zà-ý’'-]+")
_OF_AN_OFFICE = re.compile(
    r"\b(?:agenc|author|assess|associat|board|bodies|budget|bureau|cabinet|care|centre|charter|"
    r"code|"
    r"college|commi|communit|compan|condition|council|counc|data|department|director|disab|"
    r"education|environment|executive|forum|foundation|framework|fund|government|group|guid|health|"
    r"hospital|impact|improve|indicat|information|initiative|institut|integrat|learn|local|manage|"
    r"mental|ministr|national|network|office|operat|organi|panel|partner|plan|polic|practi|"
    r"primary|program|project|public|quality|record|reform|report|resource|review|right|risk|"
    r"school|"
    r"scheme|secretary|section|sector|service|social|standard|state|strateg|support|survey|sustain|"
    r"system|team|technolog|transform|transport|trust|union|unit|urgent|work)",
    re.IGNORECASE,
)
_LISTED_BEFORE = re.compile(
    r"(?:^|[,;|•·\n:]|\b(?:Dr|Mr|Mrs|Ms|Prof|Professor|Cllr|Councillor|Sir))\.?\s*$"
)
_SPEAKS = re.compile(r"\s*(?:then |had |also |has )?(?:[a-z]+ed\b|who\b|said\b)")
_LISTED_AFTER = re.compile(r"\s*(?:$|and\b|[,;|\n–-]|[A-Z])")


@dataclass(frozen=True, slots=True)
class _Pair:
    """A short form and a long one; ``person`` where they stand as those of someone who attends."""

    short: str
    long: str
    person: bool = False


def find_acronyms(text: str) -> list[tuple[str, str]]:
    """Return each short form with each meaning that ``text`` gives it, in order of first mention.

    Initials of people, as lists of those present give them, are no acronyms and stay out.
    """
    pairs = [pair for pair in _candidates(text) if pair.short != pair.long]
    people = _people(pairs)
    found: dict[tuple[str, str], tuple[str, str]] = {}
    for pair in pairs:
        if (pair.short, pair.long) not in people:
            short, long = pair.short.removesuffix("s"), _plain(pair.long, pair.short)
            found.setdefault((short, meaning_key(long)), (short, long))
    return list(found.values())


def _people(pairs: list[_Pair]) -> set[tuple[str, str]]:
    """Return the pairs that are people's initials: two names, in a list of such or speaking."""
    alike = {
        (pair.short, pair.long): False
        for pair in pairs
        if _PERSON.fullmatch(pair.long) and not _OF_AN_OFFICE.search(pair.long)
    }
    for pair in pairs:
        if pair.person and (pair.short, pair.long) in alike:
            alike[pair.short, pair.long] = True
    listed = {names for names, in_list in alike.items() if in_list}
    return set(alike) if len(listed) > 1 else listed


def _candidates(text: str) -> Iterator[_Pair]:
    for match in _AFTER.finditer(text):
        before = text[max(0, match.start() - 120) : match.start()]
        before = re.split(r"[.;:()|\n]\s|\n", before)[-1]
        if long := _long_form(_letters(match[1]), before):
            start = match.start() - len(before) + before.rfind(long.split()[0])
            beside = text[max(0, start - 12) : start], text[match.end() : match.end() + 24]
            yield _Pair(match[1], long, person=_as_a_person(*beside))
    for match in _BEFORE.finditer(text):
        if _initials_fit(_letters(match[1]), _WORD.findall(match[2])):
            yield _Pair(match[1], match[2])
    yield from _entries(text)


def _as_a_person(before: str, after: str) -> bool:
    listed = _LISTED_BEFORE.search(before) and _LISTED_AFTER.match(after)
    return bool(listed or _SPEAKS.match(after))


def _entries(text: str) -> Iterator[_Pair]:
    """Yield what tables and lists of abbreviations, and sentences of their form, explain."""
    lined = f"\n{text}"
    glossaries = _glossaries_in(lined)
    for pattern in (_ENTRY, _STANDS_FOR):
        for match in pattern.finditer(lined):
            in_glossary = any(0 <= match.start() - at < _GLOSSARY_CHARACTERS for at in glossaries)
            if long := _leading_form(_letters(match[1]), match[2], inside=in_glossary):
                yield _Pair(match[1], long)
    for line in text.split("\n"):
        for match in _REVERSED.finditer(line) if "|" in line else ():
            if _initials_fit(_letters(match[2]), _WORD.findall(match[1])):
                yield _Pair(match[2], match[1])


def _glossaries_in(text: str) -> list[int]:
    """Return where the headings of lists of abbreviations end."""
    folded = text.casefold()
    if not any(word in folded for word in ("glossary", "abbreviation", "acronym")):
        return []
    return [match.end() for match in _GLOSSARY.finditer(text)]


def _letters(short: str) -> str:
    return re.sub(r"[^A-Z]", "", short.removesuffix("s")).lower()


def _long_form(letters: str, before: str) -> str | None:
    """Return the fewest words at the end of ``before`` whose initials spell ``letters``."""
    words = list(_WORD.finditer(before))
    for first in range(len(words) - 1, max(-1, len(words) - 2 * len(letters) - 2), -1):
        run = [word[0] for word in words[first:]]
        if run[0].lower() in _SKIPPED and run[0] != "The":
            continue
        if run[0][0].lower() == letters[0] and _initials_fit(letters, run):
            return " ".join(before[words[first].start() :].split()).rstrip(" ,-–‘'\"“")
    return None


def _leading_form(letters: str, after: str, *, inside: bool) -> str | None:
    """Return the words at the beginning of ``after`` that spell ``letters``; a whole entry does."""
    words = list(_WORD.finditer(after))
    for last in range(len(letters) // 2, min(len(words), 2 * len(letters)) + 1):
        run = [word[0] for word in words[:last]]
        if run and run[-1].lower() not in _SKIPPED and _initials_fit(letters, run):
            return after[: words[last - 1].end()]
    whole = [word[0] for word in words]
    if inside and words and len(words) <= len(letters) and _spelt_by(letters, whole):
        return after[: words[-1].end()]
    return None


def _initials_fit(letters: str, words: list[str]) -> bool:
    """Say whether the words' initials are the letters, small joining words left out or not."""
    initials = "".join(word[0].lower() for word in words)
    without = "".join(word[0].lower() for word in words if word.lower() not in _SKIPPED)
    return len(letters) > 1 and letters in (initials, without)


def _spelt_by(letters: str, words: list[str]) -> bool:
    """Say whether every word gives its initial and further letters, all in order."""
    word, rest = words[0].lower(), words[1:]
    if not letters or letters[0] != word[0]:
        return False
    place = 0
    for taken in range(1, len(letters) + 1):
        place = word.find(letters[taken - 1], place) + 1
        if not place:
            return False
        if (not rest and taken == len(letters)) or (rest and _spelt_by(letters[taken:], rest)):
            return True
    return False


def _plain(long: str, short: str) -> str:
    """Leave out the possessive ending of a long form, and an article that has no letter."""
    words = re.sub(r"[’']s$", "", " ".join(long.split()))
    return words if short[0] in "Tt" else re.sub(r"^[Tt]he ", "", words)


def meaning_key(long: str) -> str:
    """Return what is the same in two spellings of one meaning."""
    folded = re.sub(r"[’']", "", long.casefold().replace("&", "and"))
    return " ".join(word.removesuffix("s") for word in re.findall(r"\w+", folded))
