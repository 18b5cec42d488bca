"""Quotations to take away: CSV, JSON Lines, RIS, BibTeX. Pure text; ``briefing`` makes Word."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from io import StringIO

from search_api.web.rows import NAMES, Row

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_TEX = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "%": r"\%",
    "#": r"\#",
    "_": r"\_",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def as_csv(rows: Sequence[Row]) -> str:
    """Return a table for a spreadsheet, with a mark by which it is known as UTF-8.

    A cell that a spreadsheet would run as a formula begins with an apostrophe.
    """
    output = StringIO(newline="")
    writer = csv.writer(output)
    writer.writerow(NAMES)
    for row in rows:
        writer.writerow([_harmless(value) for value in asdict(row).values()])
    return "\ufeff" + output.getvalue()


def _harmless(value: str | int) -> str | int:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def as_json_lines(rows: Sequence[Row]) -> str:
    """Return one JSON object a line."""
    return "".join(json.dumps(asdict(row), ensure_ascii=False) + "\n" for row in rows)


def as_ris(rows: Sequence[Row]) -> str:
    """Return one record for each document, its quotations as notes (RIS, type REPORT)."""
    return "".join("\r\n".join(_ris(group)) + "\r\n\r\n" for group in _by_document(rows))


def _ris(group: Sequence[Row]) -> Iterator[str]:
    row = group[0]
    yield "TY  - RPRT"
    yield f"ID  - {row.document_id}"
    for name, value in (
        ("TI", row.title),
        ("AU", f"{row.body or row.committee}," if row.body or row.committee else ""),
        ("A2", f"{row.committee}," if row.body and row.committee else ""),
        ("PY", row.day[0] if row.day else ""),
        ("DA", "/".join([*row.day, "", "", ""][:3]) + "/" if row.day else ""),
        ("UR", row.source_url),
    ):
        if value:
            yield f"{name}  - {_one_line(value)}"
    if not row.day and row.date:
        yield f"N1  - Date: {row.plain_date}"
    for each in group:
        yield f"N1  - {_one_line(each.cited)}"
    yield "ER  - "


def as_bibtex(rows: Sequence[Row]) -> str:
    """Return one entry for each document, its quotations in ``annote``."""
    return "\n".join(_bibtex(group) for group in _by_document(rows))


def _bibtex(group: Sequence[Row]) -> str:
    row = group[0]
    quotes = " ".join(f"{each.cited}." for each in group)
    named = [
        ("title", f"{{{_tex(row.title)}}}"),
        ("author", f"{{{_tex(row.body or row.committee)}}}" if row.body or row.committee else ""),
        ("institution", _tex(row.committee or row.body)),
        ("year", row.day[0] if row.day else ""),
        ("month", str(int(row.day[1])) if len(row.day) > 1 else ""),
        ("note", _tex(row.plain_date)),
        ("url", _tex(row.source_url)),
        ("annote", _tex(quotes)),
    ]
    lines = [f"  {name} = {{{value}}}," for name, value in named if value]
    return "\n".join([f"@techreport{{{row.document_id},", *lines, "}", ""])


def _by_document(rows: Sequence[Row]) -> list[list[Row]]:
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(row.document_id, []).append(row)
    return list(groups.values())


def _one_line(text: str) -> str:
    return _CONTROL.sub("", " ".join(text.split()))


def _tex(text: str) -> str:
    return "".join(_TEX.get(character, character) for character in _one_line(text))
