"""Cut out of the design system's stylesheet what the pages use: ``python -m`` this module.

Kept are the rules whose every class the templates name. The fonts of the NHS go, and its blue:
they are its identity, and these pages are not the NHS's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import tinycss2  # type: ignore[import-untyped]

VERSION = "10.6.1"
_HERE = Path(__file__).parent
WHOLE = _HERE / f"nhsuk-frontend-{VERSION}.min.css"
TRIMMED = _HERE.parent / "style" / "nhsuk.css"
OWN = _HERE.parent / "style" / "minutebook.css"
NOTICE = f"/*! nhsuk-frontend {VERSION}, cut to what is used. MIT licence, (c) 2019 NHS.UK */\n"

_CLASS = re.compile(r"\.([A-Za-z][\w-]*)")
_NAMED = re.compile(r"nhsuk-[\w-]+")
_NOT = re.compile(r":not\([^()]*(?:\([^()]*\)[^()]*)*\)")
_VARIABLE = re.compile(r"var\(\s*(--[\w-]+)")
_OLD_BROWSERS = re.compile(r"-ms-high-contrast:none|\ufffd|^[^,]*-ms-high-contrast:active\)$")
_OLD_CONTRAST = re.compile(r"[^,]*-ms-high-contrast:active\),")
_ALL_SIZES = re.compile(r"screen and \(forced-colors:active\)")
_SYSTEM_FONTS = 'system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif'
_CHANGES = {
    "Frutiger W01,arial,sans-serif": _SYSTEM_FONTS,
    "#005eb8": "#14505c",
    "#003087": "#0c3640",
    "#002f5c": "#0c3640",
    "#004b93": "#0f404a",
    "#0055a6": "#14505c",
    "#003d78": "#0c3640",
    "#004281": "#0f404a",
    "#c7dcef": "#cfe0e2",
    "#ccdff1": "#cfe0e2",
    "#d9e7f4": "#e4eeef",
    "#337ec6": "#4d7f89",
    "#330072": "#4a3264",
    "#240050": "#35234a",
}
"""The fonts and the colours by which the NHS is known, and what stands for them here."""


def used_classes(folder: Path = _HERE.parent) -> set[str]:
    """Return the design system's classes that templates, modules and the script name."""
    places = [*folder.glob("templates/*.html"), *folder.glob("*.py"), *folder.glob("static/*.js")]
    return {name for place in places for name in _NAMED.findall(place.read_text("utf-8"))}


def trimmed(css: str, used: set[str], own: str) -> str:
    """Return the rules of ``css`` that can apply where only ``used`` classes of it occur.

    ``own`` is the stylesheet that follows; variables that it uses are kept.
    """
    for before, after in _CHANGES.items():
        css = css.replace(before, after)
    kept = "".join(_merged(_rules(tinycss2.parse_stylesheet(css, True, True), used)))
    return NOTICE + _without_unused_variables(kept, own) + "\n"


def _rules(nodes: Iterable[Any], used: set[str]) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield each kept rule as the conditions it is for, the outermost first, and its text."""
    for node in nodes:
        if node.type == "qualified-rule":
            selectors = _selectors(tinycss2.serialize(node.prelude), used)
            content = tinycss2.serialize(node.content)
            if selectors and "url(" not in content:
                yield (), f"{selectors}{{{content}}}"
        elif node.type == "at-rule" and node.at_keyword in ("media", "supports"):
            condition = _condition(f"@{node.at_keyword}{tinycss2.serialize(node.prelude)}")
            if condition:
                inside = tinycss2.parse_rule_list(node.content, True, True)
                for inner, rule in _rules(inside, used):
                    yield (condition, *inner), rule


def _selectors(prelude: str, used: set[str]) -> str:
    each = (selector.strip() for selector in re.split(r",(?![^(]*\))", prelude))
    return ",".join(one for one in each if set(_CLASS.findall(_NOT.sub("", one))) <= used)


def _condition(prelude: str) -> str:
    """Return the condition without what only old browsers asked for, "" where that was all."""
    if _OLD_BROWSERS.search(prelude):
        return ""
    keyword, space, condition = prelude.partition(" ")
    modern = _OLD_CONTRAST.sub("", condition)
    return f"{keyword}{space}{_ALL_SIZES.sub('(forced-colors:active)', modern)}"


def _merged(rules: Iterable[tuple[tuple[str, ...], str]]) -> Iterator[str]:
    """Yield the rules, neighbours under the same conditions in one block."""
    opened: tuple[str, ...] = ()
    for conditions, rule in rules:
        if conditions != opened:
            yield "}" * len(opened) + "".join(f"{one}{{" for one in conditions)
            opened = conditions
        yield rule
    yield "}" * len(opened)


def _without_unused_variables(css: str, own: str) -> str:
    used = set(_VARIABLE.findall(css + own))
    return re.sub(
        r"(?<=[{;])(--[\w-]+):[^;{}]*;?", lambda one: one[0] if one[1] in used else "", css
    ).replace(":root{}", "")


def main() -> None:
    """Write the trimmed stylesheet."""
    css = trimmed(WHOLE.read_text("utf-8"), used_classes(), OWN.read_text("utf-8"))
    TRIMMED.write_text(css, "utf-8")


if __name__ == "__main__":
    main()
