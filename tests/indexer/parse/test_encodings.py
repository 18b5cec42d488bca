"""Characters from bytes: what is quoted has the signs that its writer saw."""

from __future__ import annotations

import time
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.errors import UnreadableFileError
from indexer.parse import parse
from indexer.parse.encodings import decode, decode_page, spoilt

ENGLISH = "The cost – it was said – rose by £40 million, “no less”; that’s the Trust’s own figure."
EURO = "Grants of €2.5 million were agreed – “subject to audit” – for the clinic’s new wing."
IRISH = (
    "Bhí an Cathaoirleach Ó Súilleabháin i láthair; glacadh leis an tuarascáil ó Mháire Ní Bhriain."
)
WELSH = "Mae cyngor iechyd yn y tŷ ger y dŵr wedi cwrdd; mae’r cŵn yn yr Ŵyl gyfer Cymru."
ACCENTS = "A café in Tyrone was named after José Núñez, who said it would cost £1,000."
WIDE = [
    "utf-8",
    "utf-8-sig",
    "utf-16",
    "utf-16-le",
    "utf-16-be",
    "utf-32",
    "utf-32-le",
    "utf-32-be",
]


@pytest.mark.parametrize("encoding", WIDE)
@pytest.mark.parametrize("text", [ENGLISH, EURO, IRISH, WELSH, ACCENTS])
def test_unicode_with_and_without_a_mark(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == (text, [])


@pytest.mark.parametrize(
    ("text", "encoding", "name"),
    [
        (ENGLISH, "cp1252", "Windows-1252"),
        (EURO, "cp1252", "Windows-1252"),
        (IRISH, "cp1252", "Windows-1252"),
        (ACCENTS, "cp1252", "Windows-1252"),
        (IRISH, "latin-1", "Windows-1252"),
        (ACCENTS, "latin-1", "Windows-1252"),
        ("The cost was £40 million.", "latin-1", "Windows-1252"),
        (ENGLISH, "mac_roman", "Mac Roman"),
        (EURO, "mac_roman", "Mac Roman"),
        (IRISH, "mac_roman", "Mac Roman"),
        (ACCENTS, "mac_roman", "Mac Roman"),
        (ACCENTS, "cp850", "DOS (code page 850)"),
        ("The cost was £40 million.", "cp850", "DOS (code page 850)"),
        ("The grant was €40 million.", "iso8859_15", "ISO 8859-15"),
        (WELSH.replace("’", "'"), "iso8859_14", "ISO 8859-14"),
    ],
)
def test_one_byte_for_a_character(text: str, encoding: str, name: str) -> None:
    found, warnings = decode(text.encode(encoding))
    assert found == text
    assert len(warnings) == 1
    assert f"read as {name}:" in warnings[0]


def test_a_name_with_an_eth_is_not_welsh() -> None:
    text = "Ms Guðmundsdóttir said that the £40 million was spent."
    assert decode(text.encode("cp1252"))[0] == text


def test_another_script_is_left_to_the_library() -> None:
    text = "Совет принял решение о плане. Доклад был принят к сведению. " * 20
    assert decode(text.encode("cp1251"))[0] == text


def test_a_few_stray_bytes_do_not_spoil_the_rest() -> None:
    data = ENGLISH.encode() + "\nAgreed – £5".encode("cp1252")
    text, warnings = decode(data)
    assert text == ENGLISH + "\nAgreed – £5"
    assert "but for a few bytes" in warnings[0]
    cut = decode(("It was said. " + ENGLISH + " £").encode()[:-1])
    assert cut[0] == "It was said. " + ENGLISH + " "
    assert cut[1]
    marked = decode(b"\xef\xbb\xbf" + data)
    assert marked[0] == text


def test_a_wide_text_that_breaks_off_is_read() -> None:
    text, warnings = decode(ENGLISH.encode("utf-16")[:-1])
    assert text[:-1] == ENGLISH[:-1]
    assert "cannot be read" in warnings[0]


@pytest.mark.parametrize("bad", ["Â£40 million", "the Trustâ€™s plan", "cafÃ©", "5 â€“ 6", "â‚¬2"])
def test_what_was_spoilt_before_is_kept_and_told(bad: str, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(f"It was said: {bad}.", encoding="utf-8")
    document = parse(path)
    assert bad in document.text
    assert any("spoilt before" in warning for warning in document.warnings)
    assert spoilt("Â, â and Ã are letters; A€ is not one. The café cost £40 – “no less”.") == []


@pytest.mark.parametrize(
    "data", [bytes(range(256)) * 20, b"\x00\x01" * 999, b"\xff\xfe" + b"\xd8" * 99]
)
def test_what_is_no_text_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableFileError):
        decode(data)


@pytest.mark.parametrize(
    ("label", "encoding", "warned"),
    [
        ("utf-8", "utf-8", False),
        ("UTF-8", "cp1252", True),
        ("iso-8859-1", "cp1252", False),
        ("us-ascii", "cp1252", False),
        ("windows-1252", "utf-8", True),
        ("macintosh", "mac_roman", False),
        ("utf-16", "utf-8", False),
        ("no-such-thing", "cp1252", True),
        ("", "cp1252", True),
    ],
)
def test_what_a_page_says_of_itself(label: str, encoding: str, warned: bool) -> None:
    said = f'<meta http-equiv="Content-Type" content="text/html; charset={label}">' if label else ""
    page = f"<html><head>{said}</head><body><p>{ENGLISH}</p></body></html>"
    text, warnings = decode_page(page.encode(encoding))
    assert ENGLISH in text
    assert bool(warnings) == warned


def test_a_mark_counts_more_than_a_pages_words() -> None:
    page = f'<meta charset="windows-1252"><p>{WELSH}</p>'
    assert decode_page(page.encode("utf-16")) == (page, [])
    assert decode_page(page.encode("utf-8-sig")) == (page, [])


@settings(max_examples=150)
@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=80))
def test_a_mark_makes_any_text_certain(text: str) -> None:
    for encoding in ("utf-8-sig", "utf-16", "utf-32"):
        data = text.encode(encoding)
        if text.strip():
            assert decode(data)[0] == text


@settings(max_examples=150)
@given(st.binary(max_size=300))
def test_any_bytes_give_text_or_a_reason(data: bytes) -> None:
    for read in (decode, decode_page):
        with suppress(UnreadableFileError):
            text, warnings = read(data)
            assert len(text) <= len(data)
            assert all(warning.endswith(".") for warning in warnings)


@pytest.mark.parametrize(
    "piece", [b"\x92", b"\xc3(", b"\xa340 ", b"<meta ", b"\xe2\x80", b"yn \xf0"]
)
def test_bytes_take_time_in_proportion(piece: bytes) -> None:
    data = b"It was said. " + piece * (250_000 // len(piece))
    begun = time.process_time()
    for read in (decode, decode_page):
        with suppress(UnreadableFileError):
            read(data)
    assert time.process_time() - begun < 2
