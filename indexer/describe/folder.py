"""The body of a paper that gives none, where the other papers of its folder are all one body's.

The appendices of a budget speak of “the Council” from the first page to the last and name it on
none. Papers that lie together belong together, as a rule: so the body that the others give is taken
where no other paper of the folder is another body's, and the text speaks as one of that body would.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath

from indexer.bodies import Bodies
from indexer.describe.named import NOT_NAMES, Named
from indexer.describe.names import area_served
from indexer.model import NOT_STATED, Document

_SORTS = {
    "Council": "Council",
    "Trust": "Trust",
    "Authority": "Authority",
    "CCG": "CCG",
    "Clinical Commissioning Group": "CCG",
    "ICB": "ICB",
    "Integrated Care Board": "ICB",
}
"""What bodies are called by the last words of their names, and what they call themselves."""
_SORT = "|".join(sorted(_SORTS, key=len, reverse=True))
_WORD = rf"(?!(?:{NOT_NAMES}|That|Our|Each|Every|Elected|Former|Town|Parish)\b)[A-ZÀ-Ý][\w’'-]+"
_NAMED = re.compile(
    rf"\b(?P<name>{_WORD}(?:(?: | and | & | of | upon ){_WORD}){{0,5}}?) (?P<sort>{_SORT})\b"
)
_OWN = re.compile(rf"\b[Tt]he (?P<sort>{_SORT})\b(?! (?:Tax|tax|of)\b)")
_GENERIC = re.compile(
    r"(?:(?:NHS|County|City|Borough|District|Unitary|Local|Foundation|Acute|Hospital|Arts|Health|"
    r"Education|Fire|Police|Planning|Care|Billing|Precepting|Combined) ?)+"
)
_INITIALS = re.compile(r"\b[A-Z]{2,7}\b")
_SMALL = frozenset({"and", "of", "the", "for", "upon", "&"})
_FEWEST_PAPERS = 2
_FEWEST_WORDS = 3
"""How often a text must say “the Council” where it gives neither name nor initials."""
_BY_NAME, _BY_VOICE = 2, 10
"""How many times as often as other bodies of its sort a text must name its own, or, where it does
not name it, say “the Council”."""
_MOST_INITIALS = 60
_OF_ALL = f"{NOT_STATED}; the other papers of its folder that give a body are all of this one"
_SILENT = "its text speaks of no other"
_SILENT_PAPERS, _SILENT_SHARE = 4, 0.5
"""How many papers of a folder, and what share of it, speak for one that says nothing."""


@dataclass(frozen=True, slots=True)
class Voice:
    """What a paper says of bodies: the one that it gives, and how often its text speaks of any.

    ``own`` counts “the Council” by sort, ``named`` names with their sort, ``initials`` capitals.
    """

    body: str | None
    own: Mapping[str, int] = field(default_factory=dict)
    named: Mapping[str, int] = field(default_factory=dict)
    initials: Mapping[str, int] = field(default_factory=dict)


UNHEARD = Voice(None)


def voice_of(body: str | None, text: str) -> Voice:
    """Return what a paper with this body, None where it gives none, says of bodies."""
    if body:
        return Voice(body)
    own = Counter(_SORTS[found["sort"]] for found in _OWN.finditer(text))
    named = Counter(" ".join(name.split()) for name in _names(text))
    initials = Counter(found[0] for found in _INITIALS.finditer(text))
    return Voice(None, dict(own), dict(named), dict(initials.most_common(_MOST_INITIALS)))


def _names(text: str) -> Iterator[str]:
    for found in _NAMED.finditer(text):
        if not _GENERIC.fullmatch(found["name"]):
            yield f"{found['name']} {_SORTS[found['sort']]}"


def bodies_of_folders(papers: Sequence[tuple[str, Voice]]) -> list[Named | None]:
    """Return for each paper, of a file with a voice, the body that its folder gives it, if any."""
    folders: dict[PurePosixPath, list[int]] = {}
    for place, (file, _) in enumerate(papers):
        folders.setdefault(PurePosixPath(file).parent, []).append(place)
    found: list[Named | None] = [None] * len(papers)
    for places in folders.values():
        voices = [papers[place][1] for place in places]
        for place, named in zip(places, _given_by(voices), strict=True):
            found[place] = named
    return found


def _given_by(voices: Sequence[Voice]) -> Sequence[Named | None]:
    """Return what a folder gives each of its papers: nothing where two bodies have papers in it."""
    given = Counter(voice.body for voice in voices if voice.body)
    if len(given) != 1 or given.total() < _FEWEST_PAPERS:
        return [None] * len(voices)
    body = next(iter(given))
    heard = [None if voice.body else _heard(voice, body) for voice in voices]
    told = given.total() + sum(words is not None for words in heard)
    if told >= max(_SILENT_PAPERS, _SILENT_SHARE * len(voices)):
        heard = [
            words or (None if voice.body or _others(voice, body) else _SILENT)
            for voice, words in zip(voices, heard, strict=True)
        ]
    return [Named(body, f"{_OF_ALL}; {words}") if words else None for words in heard]


def _heard(voice: Voice, body: str) -> str | None:
    """Return how a text speaks of ``body`` as its own, or None where it does not."""
    sort = _sort_of(body)
    short = _initials_of(body)
    name = next((name for name in voice.named if _same(name, body)), None)
    named = voice.named[name] if name else 0
    lettered = voice.initials.get(short, 0) if len(short) > 2 else 0
    own, others = voice.own.get(sort or "", 0), _others(voice, body)
    if named + lettered >= max(1, _BY_NAME * others):
        return f"its text names {body if named else short}"
    if own >= max(_FEWEST_WORDS, _BY_VOICE * others):
        return f"its text says “the {sort}” {own} times"
    return None


def _others(voice: Voice, body: str) -> int:
    """Return how often a text names other bodies of the same sort."""
    sort = _sort_of(body)
    return sum(
        count
        for name, count in voice.named.items()
        if not _same(name, body) and (sort is None or name.endswith(f" {sort}"))
    )


def _same(name: str, body: str) -> bool:
    """Say whether a name found in a text is the body's, which may be written with a longer sort."""
    sort = _sort_of(body)
    shorter = re.sub(rf"\b(?:{_SORT})$", sort, body) if sort else body
    return shorter == name or shorter.endswith(f" {name}")


def _sort_of(body: str) -> str | None:
    return next((own for words, own in _SORTS.items() if body.endswith(f" {words}")), None)


def _initials_of(body: str) -> str:
    return "".join(word[0] for word in body.split() if word.lower() not in _SMALL)


def of_its_folder(document: Document, named: Named | None, bodies: Bodies) -> Document:
    """Return a document without a body as of the one that its folder gives it."""
    if named is None or document.body:
        return document
    area = None if document.area else area_served(named.name, bodies)
    found = {"body": named, **({"area": area} if area else {})}
    return replace(
        document,
        body=named.name,
        area=area.name if area else document.area,
        inferred=(*document.inferred, *found),
        bases=(*document.bases, *((name, one.basis) for name, one in found.items())),
        body_names=bodies.found_by(named.name),
        successors=bodies.successors(named.name),
    )
