"""The table of bodies: its mistakes are named, and successors are found through it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.bodies import Bodies, Body, key, read_bodies
from indexer.corpus import Source, read_corpus
from indexer.describe import describe
from indexer.errors import UsageError
from indexer.manifest import Entry
from indexer.model import BlockKind, Document
from indexer.parse.assemble import RawBlock, RawPage, assemble

TABLE = """
[[body]]
name = "NHS East Shire CCG"
other_names = ["East Shire Clinical Commissioning"]
ods = "04x"
area = "East Shire"

[[body]]
name = "NHS Shire CCG"
succeeds = ["East Shire Clinical Commissioning Group"]
since = "2020-04"

[[body]]
name = "NHS Shire Integrated Care Board"
ods = "QX9"
area = "Shire"
succeeds = ["NHS Shire CCG"]
since = "2022-07-01"
"""


def _table(folder: Path, text: str = TABLE) -> Bodies:
    (folder / "bodies.toml").write_text(text, encoding="utf-8")
    return read_bodies(folder)


def test_successors_are_found_through_those_between(tmp_path: Path) -> None:
    bodies = _table(tmp_path)
    after = bodies.successors("east shire clinical commissioning")
    assert [(one.body, one.since) for one in after] == [
        ("NHS Shire CCG", "2020-04"),
        ("NHS Shire Integrated Care Board", "2022-07-01"),
    ]
    assert "QX9" in after[1].names
    assert bodies.successors("NHS Shire ICB") == ()
    assert bodies.successors("Somebody else") == ()
    assert bodies.found_by("East Shire CCG")[-1] == "04X"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("NHS West Shire CCG", "the West Shire Clinical Commissioning Group"),
        ("Health & Care Board", "Health and  care board"),
        ("NHS Shire ICB", "Shire Integrated Care Board"),
    ],
)
def test_spellings_of_one_name(one: str, other: str) -> None:
    assert key(one) == key(other)


@given(st.text(max_size=40))
def test_a_key_is_its_own_key(name: str) -> None:
    assert key(f"x {key(name)}") == f"x {key(name)}".strip()


@pytest.mark.parametrize(
    ("table", "said", "remedy"),
    [
        ("[[body]\n", "not TOML", "Mend"),
        ("[[boddy]]\nname = 'A'", "'boddy'", "Did you mean body?"),
        ("body = 3", "not a list", "[[body]]"),
        ("[[body]]\nods = 'QX9'", "has no name", "full name"),
        ("[[body]]\nname = 'A B'\nareas = 'x'", "'areas'", "Did you mean area?"),
        ("[[body]]\nname = 3", "not text", "quotes"),
        ("[[body]]\nname = 'A B'\nsucceeds = 'C'", "not a list of names", "succeeds = ["),
        ("[[body]]\nname = 'A B'\nods = 'nine lives'", "not an ODS code", "QK1"),
        ("[[body]]\nname = 'A B'\nsince = 'July 2022'", "not a date in EDTF", "2016-09-13"),
        (
            "[[body]]\nname = 'A B'\n[[body]]\nname = 'C D'\nother_names = ['a  b']",
            "is a name of 'A B' and of 'C D'",
            "one body",
        ),
        (
            "[[body]]\nname = 'East CCG'\n[[body]]\nname = 'ICB X'\nsucceeds = ['Eest CCG']",
            "'Eest CCG', not listed",
            "Did you mean 'East CCG'?",
        ),
        (
            "[[body]]\nname = 'A B'\nsucceeds = ['C D']\n"
            "[[body]]\nname = 'C D'\nsucceeds = ['A B']",
            "come after itself",
            "succeeds",
        ),
    ],
)
def test_mistakes_are_named_with_their_remedy(
    tmp_path: Path, table: str, said: str, remedy: str
) -> None:
    with pytest.raises(UsageError) as caught:
        _table(tmp_path, table)
    assert said in caught.value.what
    assert "bodies.toml" in caught.value.what
    assert remedy in caught.value.remedy


def test_no_table_is_an_empty_one(tmp_path: Path) -> None:
    assert read_bodies(tmp_path) == Bodies()


def _described(line: str, bodies: Bodies, entry: Entry | None = None) -> Document:
    source = Source(Path("a.txt"), "a.txt", "ab" * 32, entry or Entry("a.txt"))
    page = RawPage([RawBlock(BlockKind.PARAGRAPH, line)])
    return describe(source, assemble([page], media_type="text/plain"), bodies)


def test_a_document_of_an_older_body_keeps_its_name_and_knows_the_newer(tmp_path: Path) -> None:
    found = _described("East Shire Clinical Commissioning – Board", _table(tmp_path))
    assert (found.body, found.area) == ("NHS East Shire CCG", "East Shire")
    assert dict(found.bases)["area"] == "table of bodies"
    assert [after.body for after in found.successors][-1] == "NHS Shire Integrated Care Board"


def test_the_manifest_stands_above_the_table(tmp_path: Path) -> None:
    entry = Entry("a.txt", body="East Shire Clinical Commissioning", area="Elsewhere")
    found = _described("NHS Shire CCG", _table(tmp_path), entry)
    assert (found.body, found.area) == ("East Shire Clinical Commissioning", "Elsewhere")
    assert found.successors[0].body == "NHS Shire CCG"
    assert not {"body", "area"} & set(found.inferred)


def test_a_line_that_names_two_bodies_decides_nothing() -> None:
    bodies = Bodies((Body("East Shire CCG"), Body("West Shire CCG")))
    assert bodies.mentioned("East Shire CCG and West Shire CCG") is None
    assert bodies.mentioned("Minutes of East Shire CCG") == bodies.listed[0]


def test_a_change_of_the_table_changes_the_corpus(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("NHS East Shire CCG met.", encoding="utf-8")
    hashes = {read_corpus(tmp_path).sha256}
    _table(tmp_path)
    corpus = read_corpus(tmp_path)
    assert [source.file for source in corpus.sources] == ["a.txt"]
    assert corpus.skipped == ()
    assert corpus.bodies.named("NHS Shire CCG")
    hashes.add(corpus.sha256)
    _table(tmp_path, TABLE.replace("2020-04", "2020-05"))
    hashes.add(read_corpus(tmp_path).sha256)
    assert len(hashes) == 3
