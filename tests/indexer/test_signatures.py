"""Minutes are signed when they are approved: that day is never the meeting's.

Run as a module, it fills in the blank signatures of all real minutes and counts what is read:
``python -m tests.indexer.test_signatures``.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.corpus import Source
from indexer.describe import describe
from indexer.describe.signature import signature_before
from indexer.manifest import Entry
from indexer.model import Document, Kind
from indexer.parse import parse
from indexer.parse.text import parse_text
from tests.indexer.test_dates_of_minutes import FOLDER

HEADING = "MINUTES OF THE MEETING OF SHIRE HEALTH COMMITTEE HELD ON MONDAY, 9TH APRIL, 2018"
UNDATED = "MINUTES OF THE MEETING OF SHIRE HEALTH COMMITTEE"
BUSINESS = "Present: Councillors Smith and Jones\n\n1. Apologies\n\nThere were none."


def _described(tmp_path: Path, text: str, kind: Kind = Kind.MINUTES) -> Document:
    path = tmp_path / "a.txt"
    path.write_text(text, encoding="utf-8")
    return describe(Source(path, "a.txt", "ab" * 32, Entry("a.txt", kind=kind)), parse_text(path))


FILLED = {
    "on one line": "Signed ____________________ Chairman   Date: 14th May 2018",
    "on four lines": "Signed:\n\n______________\n\nCathaoirleach\n\nDated:\n\n14th May, 2018",
    "named": "Signed: Cllr. J. O’Brien (Chair) 14 May 2018",
    "in the words of the law": "Signed: J. Smith, Mayor\nDated this 14th day of May, 2018",
    "without a signed": "............................ Chairman\nDate: 14/05/2018",
    "name over post": "Signature: Jane Smith\nChairperson\nDate of signing: 14-May-2018".replace(
        "Date of signing", "Date"
    ),
    "in a table": "Signed | Jane Smith, Chair | Date | 14 May 2018",
    "as a correct record": "Signed as a correct record: J. Smith\nDate: Monday 14 May 2018",
    "over its rule": "Minutes signed by Chair: ____ Date: ___14 May 2018___",
    "in Irish": "Sínithe: Seán Ó Briain, Cathaoirleach\nDáta: 14/05/2018",
    "day of the post after": "Signed: ______________\nDate: 14 May 2018\nChairman",
    "raised th read wrongly": "Signed: J. Srnith\nMAYOR\nDated: 14°” May, 2018",
}


@pytest.mark.parametrize("signature", FILLED.values(), ids=FILLED)
@pytest.mark.parametrize("place", ["at the end", "at the top"])
def test_a_signature_is_the_approval_and_not_the_meeting(
    tmp_path: Path, signature: str, place: str
) -> None:
    record = [HEADING, BUSINESS]
    parts = [*record, signature] if place == "at the end" else [signature, *record]
    found = _described(tmp_path, "\n\n".join(parts))
    assert found.date.edtf == "2018-04-09"
    assert found.approved.edtf == "2018-05-14"
    assert "14" in found.approved.basis


@pytest.mark.parametrize("signature", FILLED.values(), ids=FILLED)
@pytest.mark.parametrize("place", ["at the end", "at the top"])
def test_minutes_without_a_day_take_none_from_their_signature(
    tmp_path: Path, signature: str, place: str
) -> None:
    parts = [UNDATED, signature] if place == "at the end" else [signature, UNDATED, BUSINESS]
    found = _described(tmp_path, "\n\n".join(parts))
    assert found.date.edtf is None
    assert found.approved.edtf is None


@pytest.mark.parametrize(
    "signature",
    [
        "Signed: ____________________ Chairman   Date: ____________________",
        "Signed:\n\n____________\n\nMayor\n\nDated:\n\n____________",
        "Signed: ________ Chair  Date: ________\n\nNext meeting: 11 June 2018",
        "Signed: ________ Chair  Date: ________\n\nPrinted on 12 June 2018",
        "Dated this ____ day of ____________ 2018",
        "Signed: ________ Chair  Date: / /2018",
    ],
)
def test_a_blank_to_be_filled_in_by_hand_is_no_approval(tmp_path: Path, signature: str) -> None:
    found = _described(tmp_path, f"{HEADING}\n\n{BUSINESS}\n\n{signature}")
    assert (found.date.edtf, found.approved.edtf) == ("2018-04-09", None)
    over = _described(tmp_path, f"{signature}\n\n{HEADING}\n\n{BUSINESS}")
    assert (over.date.edtf, over.approved.edtf) == ("2018-04-09", None)


@pytest.mark.parametrize(
    ("signature", "approved"),
    [
        ("Signed: J. Smith, Chair\nDated: l4th May 2018", "2018-05"),
        ("Signed: J. Smith, Chair\nDated this eighth day of May 2018", "2018-05"),
        ("Signed: J. Smith, Chair\nDate: May 2018", "2018-05"),
    ],
)
def test_of_a_day_that_cannot_be_read_the_month_is_kept(
    tmp_path: Path, signature: str, approved: str
) -> None:
    found = _described(tmp_path, f"{HEADING}\n\n{BUSINESS}\n\n{signature}")
    assert (found.date.edtf, found.approved.edtf) == ("2018-04-09", approved)
    assert _described(tmp_path, f"{UNDATED}\n\n{signature}").date.edtf is None


@pytest.mark.parametrize(
    "words",
    [
        "Signed: A. Brown, Clerk to the Council\nDated: 14 May 2018",
        "Signed: J. Smith, Chair\nDated: 12 March 2018",
        "The lease would be signed on 14 May 2018.",
        "Signed copies of the plan will be sent out by 14 May 2018.",
        "Signed: J. Smith, Chair\n\nThe next meeting will be held on 14 May 2018.",
    ],
)
def test_what_is_no_approval_of_these_minutes(tmp_path: Path, words: str) -> None:
    found = _described(tmp_path, f"{HEADING}\n\n{BUSINESS}\n\n{words}")
    assert (found.date.edtf, found.approved.edtf) == ("2018-04-09", None)


def test_a_date_on_the_cover_is_still_the_meeting_s(tmp_path: Path) -> None:
    cover = "SHIRE HEALTH COMMITTEE\n\nMayor: Jane Smith\n\nDate: 9 April 2018\n\nVenue: Town Hall"
    assert _described(tmp_path, f"{cover}\n\n{BUSINESS}").date.edtf == "2018-04-09"


def test_a_summons_is_dated_by_its_signature(tmp_path: Path) -> None:
    text = (
        "AGENDA\n\nMeeting of Shire Council on Monday 9 April 2018 at 7 pm\n\n"
        "Dated this 3rd day of April 2018\n\nA. Brown, Clerk to the Council"
    )
    found = _described(tmp_path, text, Kind.AGENDA)
    assert (found.date.edtf, found.published.edtf) == ("2018-04-09", "2018-04-03")


def test_a_letter_has_the_date_of_its_signature(tmp_path: Path) -> None:
    text = (
        "LETTER\n\nDear all, we write to tell of the ward.\n\nSigned: J. Smith\nDate: 14 May 2018"
    )
    assert _described(tmp_path, text, Kind.LETTER).date.edtf == "2018-05-14"


BLANK = re.compile(r"(?P<signed>\bsigned\b[^.]{0,160}\bdated?\s*:)[\s\\_.*-]*$", re.IGNORECASE)
"""A signature left blank at the end of real minutes."""


def _filled_in(tmp_path: Path, paths: list[Path]) -> Counter[str]:
    """Fill in the signatures of real minutes, a month after the meeting, and count what is read."""
    counts: Counter[str] = Counter()
    for path in paths:
        text = path.read_text(encoding="utf-8").rstrip()
        meeting = describe(Source(path, path.name, "ab" * 32, Entry(path.name)), parse(path)).date
        if not BLANK.search(text) or meeting.edtf is None or len(meeting.edtf) != len("2018-04-09"):
            counts["without a blank"] += 1
            continue
        day = date.fromisoformat(meeting.edtf) + timedelta(days=28)
        signed = f"{day.day} {day:%B} {day.year}"
        own = tmp_path / "a.md"
        own.write_text(BLANK.sub(rf"\g<signed>\n\n{signed}\n", text), encoding="utf-8")
        found = describe(Source(own, path.name, "ab" * 32, Entry(path.name)), parse(own))
        counts["meeting the same" if found.date == meeting else "another meeting"] += 1
        counts["approval found" if found.approved.edtf == day.isoformat() else "not found"] += 1
    return counts


@pytest.mark.skipif(not FOLDER.is_dir(), reason="the minutes of ../shared/data are not here")
def test_signatures_of_real_minutes_when_filled_in(tmp_path: Path) -> None:
    counts = _filled_in(tmp_path, sorted(FOLDER.glob("*.md"))[::12])
    assert counts["meeting the same"] >= 20
    assert counts["another meeting"] == 0
    assert counts["approval found"] >= 0.9 * counts["meeting the same"], counts


@given(st.text("Signed_.:-|\n Chair Date 14thMy2018é", max_size=300))
def test_no_text_is_too_odd_to_look_for_a_signature_in(text: str) -> None:
    found = signature_before(text, len(text))
    assert found is None or text.endswith(found)


if __name__ == "__main__":
    with TemporaryDirectory() as folder:
        sys.stdout.write(f"{dict(_filled_in(Path(folder), sorted(FOLDER.glob('*.md'))))}\n")
