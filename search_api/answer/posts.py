"""Who holds a post: a person and the post that stand together, with nothing done between them.

"Mr Ash, the chairman", "Ms Birch was elected chair", "Chief Executive (Mr C. Elm)"; not "Mr Ash
thanked the chairman".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from search_api.answer.values import people_in
from search_api.english import stem, stems_of

_WORD = re.compile(r"[\w’'-]+")
_BINDS = re.compile(
    r"[A-Z0-9].*|the|an?|of|for|and|to|be|is|are|was|were|as|has|had|have|been|will|would|new|newly|"
    r"our|its|agreed|appointed|elected|named|chosen|selected|confirmed|re-?elected|interim|acting|"
    r"current|permanent|independent|lead|chair\w*|who|proposed|seconded|by|duly|unanimously"
)
_NAMES_OF_POSTS = (
    r"chair(?:man|woman|person)?|president|chief executive|director|officer|manager|minister|mayor|"
    r"leader|lead|head|secretary|superintendent|inspector|cathaoirleach|administrator|clerk|"
    r"treasurer|commissioner|co-?ordinator"
)
_PARTS = re.compile(r"[);]")
_UNDER = re.compile(
    r"(?:deputy|vice|former|outgoing|previous|past|retired|ex|assistant)-?", re.IGNORECASE
)
"""What makes another post of a post, or a post that was."""
_BODIES = frozenset(stem(word) for word in "board committee council group commission panel".split())
"""What many bodies are: which is meant, they do not tell."""
_NAME = r"[A-Z][\w’'&-]*(?:(?: (?:and|of|the|&))* [A-Z][\w’'&-]*)*"
_OF_WHOM = re.compile(rf" (?:of|for) (?:the )?{_NAME}")
_WHOSE = re.compile(rf" {_NAME}")
"""“The Chair of the LLR Board”; “Director Strategy and Implementation”."""
_ASKED = re.compile(
    r"\bwho(?:[’']s| is| was| are| were| will be| became| becomes| would be| acts as| acted as)"
    r"(?: (?:now|currently|presently|then|to be|the|our|its|their|acting|interim|new|elected|"
    r"appointed|named|made|as))*"
    r"(?: (?:[A-Z][\w’'-]*|of|for|and|vice|deputy|senior|assistant|independent|permanent)){0,6}?"
    rf" (?P<post>(?i:{_NAMES_OF_POSTS}))\b(?! (?:who|that)\b)"
    r"|\bwho (?P<does>chair|lead|head)(?:s|ed)\b"
    r"|\bwho(?:[’']s| is| was| are| were| will be) (?:now |currently )?(?P<charge>in charge) of\b"
)
_IN_CHARGE = "charge chair chief director head lead leader"


def post_asked(question: str) -> frozenset[str]:
    """Return the stems of the post whose holder a question asks for; none where it asks else."""
    found = _ASKED.search(question[:1].lower() + question[1:])
    if found is None:
        return frozenset()
    said = _IN_CHARGE if found["charge"] else found["post"] or found["does"]
    return frozenset(map(stem, said.split()))


def holders_in(
    text: str, question: str, is_post: Callable[[str], bool], record: str = ""
) -> frozenset[str]:
    """Return the surnames of the people whom a text gives as holders of a post.

    ``is_post`` knows the words of the post, and ``record`` is the document that the text is of. A
    deputy's is another post, unless ``question`` speaks of a deputy too; so is the same post of a
    body that the question does not name.
    """
    found = list(_WORD.finditer(text))
    words = [one[0] for one in found]
    people = set(people_in(text, record))
    named = {n: _plain(word) for n, word in enumerate(words) if _plain(word) in people}
    posts = [n for n, word in enumerate(words) if is_post(word)]
    posts = [n for n in posts if not _is_another(words[max(n - 2, 0) : n], question)]
    asked = [word for word in _WORD.findall(question) if not is_post(word)]

    def whose(n: int, post: int) -> list[str]:
        if n < post:
            after = text[found[post].end() :]
            named = _OF_WHOM.match(after) or _WHOSE.match(after)
            return [] if named is None else _capitals(named[0])
        between = text[found[post].end() : found[n].start()]
        named = _OF_WHOM.match(between)
        return _capitals(named[0] if named else between.partition("(")[0] if "(" in between else "")

    def together(n: int, post: int) -> bool:
        first, last = min(n, post), max(n, post)
        between = text[found[first].end() : found[last].start()]
        if _PARTS.search(between) or not all(map(_BINDS.fullmatch, words[first + 1 : last])):
            return False
        return not _of_another([word for word in whose(n, post) if not is_post(word)], asked)

    return frozenset(name for n, name in named.items() if any(together(n, m) for m in posts))


def _is_another(before: Sequence[str], question: str) -> bool:
    """Say whether a post is made another by what stands before it, or does not."""
    asked = set(map(str.lower, filter(_UNDER.fullmatch, _WORD.findall(question))))
    return {word.lower() for word in before if _UNDER.fullmatch(word)} != asked


def _of_another(whose: Sequence[str], asked: Sequence[str]) -> bool:
    """Say whether a name tells whose a post is, and the words that are asked name somebody else.

    Short forms stand for names, as far as their letters tell.
    """
    names = [word for word in asked[1:] if word[0].isupper()]
    if not whose or not names:
        return False
    initials = {_initials(whose), _initials(asked)}
    shorts = {word for word in (*whose, *names) if word.isupper() and len(word) > 1}
    if any(word in letters for word in shorts for letters in initials):
        return False
    mine, theirs = (set(stems_of(" ".join(each))) - _BODIES for each in (names, whose))
    alike = theirs & set(stems_of(" ".join(asked)))
    return len(alike) * 2 <= min(len(mine), len(theirs))


def _capitals(text: str) -> list[str]:
    return [word for word in _WORD.findall(text) if word[0].isupper()]


def _initials(words: Sequence[str]) -> str:
    return "".join(word[0] for word in words if word[0].isupper())


def _plain(word: str) -> str:
    return re.sub(r"[’']s?$", "", word).lower()
