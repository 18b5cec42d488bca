"""Which elements of a web page are no part of the document: menus, banners, what nobody sees."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bs4.element import NavigableString, PreformattedString, Tag

UNSEEN = frozenset(
    "script style template noscript head iframe object svg math canvas audio video select option"
    " input textarea link meta datalist progress meter map".split()
)
_SITE = frozenset({"nav", "header", "footer", "aside", "form", "menu", "button", "dialog"})
_SITE_ROLES = frozenset(
    "navigation banner contentinfo search complementary menu menubar dialog alertdialog".split()
)
_SITE_WORDS = frozenset(
    "cookie cookies breadcrumb breadcrumbs nav navbar navigation menu submenu sidebar masthead"
    " colophon footer pagination pager sharedaddy addthis skiplink social share sharing feedback"
    " toolbar".split()
)
_SITE_NAMES = re.compile(
    r"(?:^|[-_ ])(?:(?:site|global|page)[-_](?:header|footer)|skip[-_]?(?:link|to|nav)"
    r"|widget[-_]area|entry[-_]meta|post[-_]meta)",
    re.I,
)
_UNSEEN_NAMES = re.compile(
    r"(?:^|[-_ ])(?:sr[-_]only|visually[-_]?hidden|screen[-_]reader(?:[-_]text)?|mgHide)(?:$| )",
    re.I,
)
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_NAMED = frozenset("div section ul ol p table td tr span a dl details".split())
_LISTS = frozenset({"ul", "ol", "dir", "menu", "div", "p", "table"})
_HEADINGS = frozenset({"h1", "h2", "h3"})
_FEWEST_LINKS = 3
_LINKED = 0.85
_MOST_OF_THE_PAGE = 0.5


@dataclass(slots=True)
class _Measure:
    """What is in an element: letters, how many of them in links, how many links, a heading."""

    letters: int = 0
    linked: int = 0
    links: int = 0
    headed: bool = False

    def add(self, other: _Measure) -> None:
        self.letters += other.letters
        self.linked += other.linked
        self.links += other.links
        self.headed = self.headed or other.headed


class Site:
    """Tells the elements of one page that the site put around its document."""

    def __init__(self, root: Tag) -> None:
        self._measures: dict[int, _Measure] = {}
        self._root = root
        for tag in reversed([root, *root.find_all(True)]):
            self._measures[id(tag)] = self._measure(tag)
        self._total = max(1, self._measures[id(root)].letters)

    def letters(self, tag: Tag) -> int:
        """Return how many letters a reader may see in an element."""
        return self._measures[id(tag)].letters

    def is_unseen(self, tag: Tag) -> bool:
        """Say whether nobody sees an element. Most of a page is seen, whatever its marks say."""
        if tag.name.lower() in UNSEEN:
            return True
        if tag.name == "button" and tag.find_parent([*_HEADINGS, "h4", "summary"]) is None:
            return True
        return _is_hidden(tag) and not self._is_most(tag)

    def is_site(self, tag: Tag, name: str) -> bool:
        """Say whether an element is by its name, role, class or links no part of the document."""
        if self._is_menu(tag, name):
            return True
        if not (_is_named_so(tag, name) or _is_classed_so(tag, name)):
            return False
        return name == "nav" or not self._is_most(tag)

    def _is_most(self, tag: Tag) -> bool:
        return self.letters(tag) > _MOST_OF_THE_PAGE * self._total

    def _is_menu(self, tag: Tag, name: str) -> bool:
        """Say whether nearly all the text of an element, in three links or more, is links."""
        measure = self._measures[id(tag)]
        if name not in _LISTS or measure.links < _FEWEST_LINKS or measure.headed:
            return False
        return measure.linked >= _LINKED * max(1, measure.letters)

    def _measure(self, tag: Tag) -> _Measure:
        """Add up the children, which have been measured; an unseen element has nothing."""
        found = _Measure()
        name = tag.name.lower()
        if name in UNSEEN:
            return found
        for child in tag.children:
            if isinstance(child, Tag):
                found.add(self._measures[id(child)])
            elif isinstance(child, NavigableString) and not isinstance(child, PreformattedString):
                found.letters += sum(not c.isspace() for c in child)
        if name == "a" and tag.has_attr("href"):
            found.links += 1
            found.linked = found.letters
        found.headed = found.headed or name in _HEADINGS
        return found


def has_inside(tag: Tag, names: frozenset[str]) -> bool:
    """Say whether an element of one of these names is anywhere in ``tag``."""
    return any(isinstance(part, Tag) and part.name in names for part in tag.descendants)


def names_of(tag: Tag) -> str:
    """Return an element's classes and identity, with spaces between."""
    classes: object = tag.get("class") or []
    listed = classes if isinstance(classes, list) else [classes]
    return " ".join([*map(str, listed), str(tag.get("id") or "")]).strip()


def _is_hidden(tag: Tag) -> bool:
    if not tag.attrs:
        return False
    style = str(tag.get("style", "")).replace(" ", "").lower()
    if "display:none" in style or "visibility:hidden" in style or tag.has_attr("hidden"):
        return True
    if str(tag.get("aria-hidden", "")).lower() == "true":
        return True
    return bool(_UNSEEN_NAMES.search(names_of(tag)))


def _is_named_so(tag: Tag, name: str) -> bool:
    """A header or footer within an article is the document's own."""
    if name in {"header", "footer"}:
        return tag.find_parent(["article", "main", "section"]) is None
    return name in _SITE or str(tag.get("role", "")).lower() in _SITE_ROLES


def _is_classed_so(tag: Tag, name: str) -> bool:
    if name not in _NAMED:
        return False
    names = names_of(tag)
    if not names:
        return False
    words = {word.lower() for word in _WORD.findall(names)}
    return bool(words & _SITE_WORDS) or bool(_SITE_NAMES.search(names))
