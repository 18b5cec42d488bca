"""Days read from real minutes, against the day in their file's name.

Run as a module, it counts all of them: ``python -m tests.indexer.test_dates_of_minutes``. The month
before the name is that of the meeting which adopted them, and a trap.
"""

from __future__ import annotations

import calendar
import re
import sys
from collections import Counter
from pathlib import Path

import pytest

from indexer.corpus import Source
from indexer.describe import describe
from indexer.manifest import Entry
from indexer.model import ParsedDocument
from indexer.parse import parse

FOLDER = Path(__file__).parents[3] / "shared" / "data" / "minutes_limerick"
_MONTHS = {name: number for number, name in enumerate(calendar.month_name) if name}
_DAY = re.compile(r"(\d{1,2}) ?(?:st|nd|rd|th)? (" + "|".join(_MONTHS) + r")(?: 1?(20\d\d))?", re.I)
_FIGURES = re.compile(r"(\d\d)-(\d\d)-(\d\d)\.md")


def day_in_name(name: str) -> str:
    plain = re.sub(r"[^\x21-\x7e]+", " ", name)
    if figures := _FIGURES.search(plain):
        day, month, year = figures.groups()
        return f"20{year}-{month}-{day}"
    day, month, year = _DAY.findall(plain)[-1]
    return f"{year or name[:4]}-{_MONTHS[month.capitalize()]:02}-{int(day):02}"


def verdict(path: Path, name: str) -> str:
    parsed = parse(path)
    assert isinstance(parsed, ParsedDocument)
    found = describe(Source(path, name, "ab" * 32, Entry(name)), parsed).date.edtf
    truth = day_in_name(path.name)
    if found is None:
        return "unknown"
    if found == truth:
        return "right"
    return "coarse or uncertain" if truth.startswith(found.rstrip("?")) else "another"


def counts(paths: list[Path], *, name: str | None) -> Counter[str]:
    return Counter(verdict(path, name or path.name) for path in paths)


@pytest.mark.skipif(not FOLDER.is_dir(), reason="the minutes of ../shared/data are not here")
@pytest.mark.parametrize("name", [None, "a.md"])
def test_most_days_are_right_and_hardly_any_is_another(name: str | None) -> None:
    found = counts(sorted(FOLDER.glob("*.md"))[::12], name=name)
    assert found["right"] >= 0.9 * found.total(), found
    assert found["another"] <= 2, found


if __name__ == "__main__":
    everything = sorted(FOLDER.glob("*.md"))
    for label, name in (("with", None), ("without", "a.md")):
        sys.stdout.write(f"{label} the file's name: {dict(counts(everything, name=name))}\n")
