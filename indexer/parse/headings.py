"""From groups of lines to blocks: which are headings, which list items, and how deep."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from indexer.model import BlockKind
from indexer.parse.assemble import RawBlock
from indexer.parse.markers import (
    Marker,
    is_capitals,
    is_decision,
    plain_marker,
    read_marker,
)

if TYPE_CHECKING:
    from indexer.parse.lines import Group

_LONGEST_CAPITALS, _LONGEST_TITLE = 220, 110
_LONGEST_RUN = 3
_NAMED = re.compile(
    r"(?:Mr|Mrs|Ms|Miss|Dr|Cllrs?|Councillors?|Prof|Professor|Sir|Dame|Messrs)\b\.?"
)
_SMALL = frozenset("a an and as at by for from in into of on or over the to under with".split())
_FORM = re.compile("_{3,}|@")
_NO_TITLE = re.compile(r"[,;]$|[,;]\s+(?:and|or)$|[.!…]['’”\")\]]*$|[:;]-$|_{3,}|\.{4,}|@|https?:")


def classify(groups: Sequence[Group]) -> list[RawBlock]:
    """Return one block for each group, with headings told from lines that merely are short."""
    body_size = _usual_size(groups)
    strong = [_is_strong(group, body_size) for group in groups]
    weak = [not s and _is_title_like(g) for g, s in zip(groups, strong, strict=True)]
    blocks: list[RawBlock] = []
    depth = _Depth()
    for i, group in enumerate(groups):
        text = plain_marker(group.text)
        ready = group.lines[0].block
        if ready is not None:
            depth.reset()
            blocks.append(ready)
        elif group.lines[0].furniture or not any(c.isalnum() for c in text):
            blocks.append(RawBlock(BlockKind.FURNITURE, text))
        elif strong[i] or (weak[i] and _stands_alone(i, groups, weak, strong)):
            depth.reset()
            blocks.append(RawBlock(BlockKind.HEADING, text, _heading_level(group, body_size)))
        elif group.marker and not (group.bare and len(group.lines) == 1):
            level = depth.of(group.marker, group.lines[0].left)
            blocks.append(RawBlock(BlockKind.ITEM, text, level))
        else:
            depth.reset()
            blocks.append(RawBlock(BlockKind.PARAGRAPH, text))
    return blocks


def _usual_size(groups: Sequence[Group]) -> float:
    """Return the type size that most characters have, 0 where it is not known."""
    weight: dict[float, int] = {0.0: 0}
    for group in groups:
        for line in group.lines:
            weight[line.size] = weight.get(line.size, 0) + len(line.text)
    return max(weight, key=lambda size: (weight[size], size), default=0.0)


def _is_strong(group: Group, body_size: float) -> bool:
    """Say whether capitals, weight or size make the group a heading wherever it stands."""
    text = group.text.strip()
    body = _unmarked(text)
    if group.lines[0].title:
        return True
    if _cannot_head(group, body):
        return False
    if is_capitals(body):
        return _is_short_capitals(body)
    bold = all(line.bold for line in group.lines)
    large = body_size > 0 and min(line.size for line in group.lines) >= 1.15 * body_size
    longest = 2 * _LONGEST_TITLE if group.marker else _LONGEST_TITLE
    stands_out = (bold or large) and len(body) <= longest
    if not (stands_out or (text.endswith(":") and len(body.split()) <= 4)):
        return False
    return body[0].isupper() and not _NO_TITLE.search(body.removesuffix(".") if bold else body)


def _cannot_head(group: Group, body: str) -> bool:
    """Say whether a group is of a kind that heads nothing: a bullet, a name, a decision."""
    if group.lines[0].closed or is_decision(body) or not any(c.isalpha() for c in body):
        return True
    if group.marker and (group.marker.is_bullet or (group.bare and len(group.lines) == 1)):
        return True
    named = bool(_NAMED.match(body)) and not is_capitals(body)
    return named or bool(_FORM.search(body))


def _is_short_capitals(body: str) -> bool:
    """Say whether capitals are a heading's: a word of four letters at least, and not a page."""
    return len(body) <= _LONGEST_CAPITALS and any(len(w) >= 4 for w in re.findall("[A-Z]+", body))


def _is_title_like(group: Group) -> bool:
    """Say whether a short line reads like a title, though nothing but its place may say so."""
    text = _unmarked(group.text.strip())
    if group.lines[0].closed or len(group.lines) > 2 or (group.marker and group.bare):
        return False
    if group.marker and (group.marker.is_bullet or group.marker.family not in {"number"}):
        return False
    if not text[:1].isupper() or len(text) > _LONGEST_TITLE or _NO_TITLE.search(text):
        return False
    if _NAMED.match(text) or is_decision(text) or text.endswith("?") or not text.isprintable():
        return False
    words = re.findall(r"[^\W\d_][\w’'-]*", text)
    if len(words) > 14 or text.endswith(":") or text.count(",") > 1:
        return False
    telling = [w for w in words if w.lower() not in _SMALL]
    capitals = sum(w[0].isupper() for w in telling)
    return bool(telling) and (len(words) <= 6 or capitals >= 0.6 * len(telling))


def _stands_alone(
    i: int, groups: Sequence[Group], weak: Sequence[bool], strong: Sequence[bool]
) -> bool:
    """Say whether a title-like line has text below it and is no part of a list of short lines."""
    start, end = i, i + 1
    while start and weak[start - 1] and i - start < _LONGEST_RUN:
        start -= 1
    while end < len(groups) and weak[end] and end - i <= _LONGEST_RUN:
        end += 1
    if end - start > _LONGEST_RUN or end == len(groups) or (end - start > 1 and groups[i].marker):
        return False
    after = groups[end]
    if after.lines[0].furniture:
        return start == 0
    printed = after.lines[0].margin is not None and groups[i].lines[0].gap > 0.3
    if after.lines[0].gap < 0.3 and after.marker is None and not printed:
        return False
    if start and not groups[start - 1].lines[0].furniture and groups[i].lines[0].gap <= 0.3:
        return False
    return strong[end] or len(after.text) > 60 or after.marker is not None


def _heading_level(group: Group, body_size: float) -> int:
    """Return the heading's depth: by its number's parts, else by capitals, size and weight."""
    text = group.text.strip()
    size = min(line.size for line in group.lines)
    if body_size and size >= 1.4 * body_size:
        return 1
    marker = group.marker
    if marker and marker.family == "decimal":
        return 1 + text[: marker.length].strip(" .)").count(".")
    if marker and marker.family in {"letter", "roman", "number-letter"}:
        return 3
    if is_capitals(text) or (body_size and size >= 1.15 * body_size):
        return 1
    return 2


def _unmarked(text: str) -> str:
    marker = read_marker(text)
    return text[marker.length :] if marker else text


class _Depth:
    """How deep the list at hand is nested, told by its markers and their indents."""

    def __init__(self) -> None:
        self._open: list[tuple[str, float, str]] = []

    def reset(self) -> None:
        self._open.clear()

    def of(self, marker: Marker, left: float) -> int:
        """Return the depth from 1 of an item with this marker, and remember it."""
        family = self._family(marker)
        placed = family in {"glyph", "dash"}
        for depth, (known, indent, _) in enumerate(self._open):
            if known == family and (not placed or abs(indent - left) < 3):
                del self._open[depth:]
                break
        while placed and self._open and self._open[-1][1] >= left and self._top_points():
            self._open.pop()
        self._open.append((family, left, marker.sign))
        return len(self._open)

    def _top_points(self) -> bool:
        return self._open[-1][0] in {"glyph", "dash", "o"}

    def _family(self, marker: Marker) -> str:
        """Tell the letter i, v or x of a lettered list from the Roman number."""
        if marker.family not in {"letter", "roman"} or len(marker.sign) != 1:
            return marker.family
        for depth, (family, indent, sign) in enumerate(self._open):
            if len(sign) == 1 and sign.isalpha() and ord(marker.sign) == ord(sign) + 1:
                if family == "roman" and marker.family == "letter":
                    self._open[depth] = ("letter", indent, sign)
                return self._open[depth][0]
        return marker.family
