"""Any documents at all, as long as their offsets are their own."""

from __future__ import annotations

import numpy as np
from hypothesis import strategies as st

from indexer.model import (
    Acronym,
    Block,
    BlockKind,
    Dating,
    Document,
    Kind,
    Page,
    ParsedDocument,
    Part,
    Passage,
    Place,
    Role,
    Span,
    Status,
    Successor,
)
from indexer.store.protocols import DocumentRecord
from tests.contract.builders import DIMENSIONS, token_codes, unit

# Whatever UTF-8 can say, line ends, NUL and characters outside the first plane among it.
any_text = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
maybe_text = st.none() | any_text
# What is a letter differs between versions of Unicode: two engines need not agree beyond these.
plain_text = st.text("aZé0 .-’\n", max_size=30)
# Few and short, so that words repeat and meet their own plurals.
words = st.sampled_from(
    "wait waiting waits board boards budget Budgets clinic clinics the of résumé NHS 2016 x".split()
)
sentences = st.lists(words, max_size=12).map(" ".join)
dates = st.sampled_from([None, "2016", "2016-03", "2016-03-07", "2017-21", "2016~", "2015/2018"])
two_pages = st.tuples(st.integers(1, 99), st.integers(1, 99))
texts_of_names = st.tuples(any_text, any_text)


@st.composite
def spans(draw: st.DrawFn, length: int) -> Span:
    ends = st.integers(0, length)
    start, end = sorted((draw(ends), draw(ends)))
    return Span(start, end)


@st.composite
def documents(draw: st.DrawFn, number: int) -> Document:
    name = draw(any_text)
    return Document(
        id=f"{number} {name}",
        title=draw(any_text),
        body=draw(maybe_text),
        committee=draw(maybe_text),
        area=draw(maybe_text),
        kind=draw(st.sampled_from(Kind)),
        status=draw(st.sampled_from(Status)),
        date=Dating(draw(dates), draw(any_text)),
        published=Dating(draw(dates), draw(any_text)),
        file=f"{draw(any_text)}{number}",
        media_type=draw(any_text),
        pages=draw(st.integers(0, 999)),
        source_url=draw(maybe_text),
        sha256=draw(any_text),
        duplicates=draw(texts_of_names),
        warnings=draw(texts_of_names),
        inferred=draw(texts_of_names),
        part=draw(st.none() | st.builds(Part, any_text, two_pages, st.integers(1, 999))),
        also_in=tuple(draw(st.lists(st.builds(Place, any_text, any_text, two_pages), max_size=2))),
        approved=Dating(draw(dates), draw(any_text)),
        bases=draw(st.lists(texts_of_names, max_size=2).map(tuple)),
        body_names=draw(texts_of_names),
        successors=draw(
            st.lists(st.builds(Successor, any_text, dates, texts_of_names), max_size=2).map(tuple)
        ),
    )


@st.composite
def parsed(draw: st.DrawFn, ending: st.SearchStrategy[str]) -> ParsedDocument:
    text = draw(sentences) + draw(ending)
    inside = spans(len(text))
    pages = st.builds(Page, st.integers(1, 99), inside, maybe_text)
    blocks = st.builds(
        Block, st.sampled_from(BlockKind), inside, st.integers(1, 6), st.none() | inside
    )
    return ParsedDocument(
        text=text,
        pages=tuple(draw(st.lists(pages, max_size=3))),
        blocks=tuple(draw(st.lists(blocks, max_size=3))),
        media_type="text/plain",
    )


@st.composite
def records(draw: st.DrawFn, number: int, ending: st.SearchStrategy[str]) -> DocumentRecord:
    document, content = draw(documents(number)), draw(parsed(ending))
    inside = spans(len(content.text))
    passages = []
    for place in range(draw(st.integers(0, 4))):
        span = draw(inside)
        passages.append(
            Passage(
                id=f"{number}-{place}",
                document_id=document.id,
                text=span.of(content.text),
                span=span,
                role=draw(st.sampled_from(Role)),
                section=draw(st.lists(any_text, max_size=2).map(tuple)),
                pages=(draw(st.integers(1, 9)), draw(st.integers(1, 9))),
                lead_in=draw(st.none() | inside),
                units=draw(st.lists(inside, max_size=3).map(tuple)),
            )
        )
    vectors = [unit((number, place)) for place in range(len(passages))]
    return DocumentRecord(
        document=document,
        parsed=content,
        passages=passages,
        contexts=[draw(sentences) for _ in passages],
        vectors=np.stack(vectors) if vectors else np.zeros((0, DIMENSIONS), np.float32),
        tokens=[
            token_codes((number, place), draw(st.integers(0, 3))) for place in range(len(passages))
        ],
        acronyms=draw(
            st.lists(st.builds(Acronym, any_text, any_text, st.just(document.id), maybe_text))
        ),
    )


@st.composite
def corpora(draw: st.DrawFn, ending: st.SearchStrategy[str] = any_text) -> list[DocumentRecord]:
    """Return up to four documents, whose texts end in anything that ``ending`` makes."""
    return [draw(records(number, ending)) for number in range(draw(st.integers(0, 4)))]
