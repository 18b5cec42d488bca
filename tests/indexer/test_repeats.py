"""The very same words are one source wherever they stand; one other word makes another version."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from indexer.corpus import Source, is_copys_name
from indexer.describe.folder import UNHEARD
from indexer.manifest import Entry
from indexer.model import Block, BlockKind, Page, ParsedDocument, Span
from indexer.packs import Paper
from indexer.repeats import Copy, copies_in, standing

WORDS = "The plan is expected to be approved in late autumn, after public meetings."


def _parsed(*blocks: str | tuple[BlockKind, str], media_type: str = "text/plain") -> ParsedDocument:
    made, at = [], 0
    told = [block if isinstance(block, tuple) else (BlockKind.PARAGRAPH, block) for block in blocks]
    for kind, words in told:
        made.append(Block(kind, Span(at, at + len(words))))
        at += len(words) + 2
    text = "\n\n".join(words for _, words in told)
    return ParsedDocument(text, (Page(1, Span(0, len(text))),), tuple(made), media_type)


def _copies(file: str, parsed: ParsedDocument, *, entry: Entry | None = None) -> list[Copy]:
    source = Source(Path(file), file, f"sha of {file}", entry or Entry(file))
    return copies_in(source, [Paper(parsed, whole=True)], [UNHEARD])


@pytest.mark.parametrize(
    "other",
    [
        _parsed(WORDS),
        _parsed(WORDS[:30].strip(), WORDS[30:]),
        _parsed((BlockKind.FURNITURE, "Board, 3 May"), WORDS, (BlockKind.FURNITURE, "Page 7")),
        _parsed("Agenda Item 7", WORDS, "Page 23"),
    ],
    ids=["same", "other paragraphs", "furniture", "stamped by a pack"],
)
def test_the_same_words_are_one_source(other: ParsedDocument) -> None:
    (each,) = standing([*_copies("a.txt", _parsed(WORDS)), *_copies("a_1.txt", other)])
    assert each.copy.source.file == "a.txt"
    assert [copy.source.file for copy in each.others] == ["a_1.txt"]


@pytest.mark.parametrize(
    "other",
    [
        _parsed(WORDS.replace("late", "early")),
        _parsed(f"{WORDS} £2.5 million"),
        _parsed(WORDS, "Seconded by Councillor Ash."),
        _parsed(WORDS, media_type="application/pdf"),
    ],
    ids=["a word", "a figure", "a line", "another format"],
)
def test_what_differs_in_a_word_is_another_version(other: ParsedDocument) -> None:
    both = standing([*_copies("a.txt", _parsed(WORDS)), *_copies("a_1.txt", other)])
    assert [each.copy.source.file for each in both] == ["a.txt", "a_1.txt"]
    assert not any(each.others for each in both)


def test_a_few_words_are_no_source_to_be_known_again() -> None:
    both = standing([*_copies("a.txt", _parsed("Agenda")), *_copies("b.txt", _parsed("Agenda"))])
    assert len(both) == 2


def test_which_copy_stands_does_not_hang_on_the_order() -> None:
    names = ["Copy of a.txt", "a (1).txt", "a.txt", "a_1.txt"]
    copies = [copy for name in names for copy in _copies(name, _parsed(WORDS))]
    for order in itertools.permutations(copies):
        (each,) = standing(order)
        assert each.copy.source.file == "a.txt"
        assert [copy.source.file for copy in each.others] == [n for n in names if n != "a.txt"]


def test_the_manifests_copy_stands_before_the_others() -> None:
    stated = _copies(
        "a_1.txt", _parsed(WORDS), entry=Entry("a_1.txt", body="Leicester City Council")
    )
    (each,) = standing([*_copies("a.txt", _parsed(WORDS)), *stated])
    assert each.copy.source.file == "a_1.txt"


def test_a_paper_that_stands_alone_stands_before_the_one_in_a_pack() -> None:
    source = Source(Path("0.pdf"), "0.pdf", "sha of 0.pdf", Entry("0.pdf"))
    papers = [
        Paper(_parsed("Agenda of the meeting at which all of this will be heard."), whole=False),
        Paper(_parsed(WORDS), whole=False),
    ]
    found = standing(
        [*copies_in(source, papers, [UNHEARD] * len(papers)), *_copies("z.txt", _parsed(WORDS))]
    )
    assert [(each.copy.source.file, each.copy.place) for each in found] == [
        ("0.pdf", 0),
        ("z.txt", 0),
    ]
    assert [copy.source.file for copy in found[1].others] == ["0.pdf"]


@pytest.mark.parametrize("file", ["a_1.pdf", "x/a (2).pdf", "Copy of a.pdf", "a - Copy.pdf"])
def test_names_that_programs_give_to_copies_are_known(file: str) -> None:
    assert is_copys_name(file)


@pytest.mark.parametrize("file", ["a.pdf", "minutes_2016.pdf", "Appendix 1.pdf", "a (2016).pdf"])
def test_other_names_are_not(file: str) -> None:
    assert not is_copys_name(file)
