"""Relevance, citations, versions and grounding, each on an example small enough to read."""

from __future__ import annotations

from dataclasses import replace

import pytest

from eval.gold import Evidence
from eval.judge import Judge, grounding, holders, verify
from indexer.model import Dating, Page, Place, Role, Span
from search_api.results import Citation
from tests.eval.builders import (
    FakeStore,
    answered,
    citation,
    cut,
    document,
    passage,
    question,
    sha,
    version,
)

STORE = FakeStore(
    {
        "a": "Consultation starts when the case is approved.\nIt was agreed: the plan be noted.",
        "b": "Consultation is anticipated in early 2017.\fOn page two it says no more.",
    }
)


@pytest.mark.parametrize(
    ("place", "relevant"),
    [
        ((0, 4), {"p0"}),  # whole
        ((2, 12), {"p1"}),  # 2 of 10 in p0, 7 in p1: over half
        ((0, 10), {"p1"}),  # 4 of 10 in p0, 5 in p1: just half
        ((0, 22), {"p1"}),  # cut in three, no half: the largest part
        ((3, 6), {"p0", "p1"}),  # one character each: equal largest parts
    ],
)
def test_a_passage_holds_half_of_a_quote_or_its_largest_part(
    place: tuple[int, int], relevant: set[str]
) -> None:
    text = "aaaa\nbbbbbbbbbb\nccccc\ndddd"
    store = FakeStore({"d": text})
    passages = [passage("d", n, span, store) for n, span in enumerate(cut(text, "\n"))]
    assert holders(Span(*place), passages) == {i.replace("p", "d-") for i in relevant}


def test_a_quote_of_two_equal_parts_is_held_by_both() -> None:
    store = FakeStore({"d": "aaaa\nbbbb"})
    assert holders(Span(0, 9), store.document_passages("d")) == {"d-0", "d-1"}


def test_overlapping_passages_may_both_hold_a_quote() -> None:
    store = FakeStore({"d": "a" * 20})
    passages = [passage("d", 0, Span(0, 15), store), passage("d", 1, Span(5, 20), store)]
    assert holders(Span(5, 15), passages) == {"d-0", "d-1"}
    assert holders(Span(0, 5), passages) == {"d-0"}
    assert holders(Span(0, 20), passages) == {"d-0", "d-1"}
    assert holders(Span(2, 12), passages) == {"d-0", "d-1"}  # 10 and 7 of 10
    assert holders(Span(0, 10), passages) == {"d-0", "d-1"}  # 10 and 5 of 10
    assert holders(Span(0, 9), passages) == {"d-0"}  # 9 and 4 of 9


def test_evidence_is_located_in_the_right_document_only() -> None:
    judge = Judge(STORE)
    (found,) = judge.locate(question())
    assert found.passages == {"a-1"}
    assert found.places[0].of(STORE.texts["a"]) == "the plan be noted"
    (absent,) = judge.locate(question(evidence=(Evidence(sha("b"), "the plan be noted"),)))
    assert absent.places == ()
    (unknown,) = judge.locate(question(evidence=(Evidence(sha("z"), "the plan be noted"),)))
    assert unknown.passages == frozenset()


def test_verify_names_what_the_index_does_not_have() -> None:
    gold = [
        question(),
        question(id="q2", evidence=(Evidence(sha("a"), "the plan be rejected"),)),
        question(id="q3", documents=(sha("z"),), evidence=(Evidence(sha("z"), "x"),)),
    ]
    wrong_quote, no_document = verify(gold, Judge(STORE))
    assert "q2: the quote 'the plan be rejected' does not stand" in wrong_quote
    assert "q3: document" in no_document


def test_an_exact_citation_on_the_evidence() -> None:
    judge = Judge(STORE)
    verdict = judge.citation(citation(STORE, "a", "the plan be noted"), judge.locate(question()))
    assert (verdict.exact, verdict.page_right, verdict.supports) == (True, True, True)


@pytest.mark.parametrize("shift", [-1, 1])
def test_a_shifted_offset_is_not_exact(shift: int) -> None:
    shifted = citation(STORE, "a", "the plan be noted", shift=shift)
    assert not Judge(STORE).citation(shifted, []).exact


def test_a_quote_that_joins_two_places_is_not_exact() -> None:
    blended = Citation(
        n=1,
        document=STORE.documents()[0],
        passage_id="a-0",
        pages=(1, 1),
        span=Span(0, 30),
        quote="Consultation starts, the plan",
        role=Role.TEXT,
    )
    assert not Judge(STORE).citation(blended, []).exact


def test_a_citation_elsewhere_does_not_support_and_a_wrong_page_is_seen() -> None:
    judge = Judge(STORE)
    located = judge.locate(question())
    elsewhere = judge.citation(citation(STORE, "a", "Consultation starts"), located)
    assert (elsewhere.exact, elsewhere.supports) == (True, False)
    right = judge.citation(citation(STORE, "b", "On page two", page=2), located)
    wrong = judge.citation(citation(STORE, "b", "On page two", page=1), located)
    assert (right.page_right, wrong.page_right) == (True, False)


def test_a_document_of_after_the_moment_asked_about_is_later() -> None:
    quote = citation(STORE, "a", "the plan be noted")
    dated = replace(quote, document=replace(quote.document, date=Dating("2016-09-13", "stated")))
    cases = [(dated, "2016-08"), (dated, "2016-09"), (dated, None), (quote, "2016-08")]
    verdicts = [Judge(STORE).citation(cited, [], as_of).later for cited, as_of in cases]
    assert verdicts == [True, False, False, False]


def test_where_pages_have_no_places_nothing_is_said_of_them() -> None:
    class Unpaged(FakeStore):
        def pages(self, document_id: str) -> list[Page]:  # noqa: ARG002
            return []

    verdict = Judge(Unpaged(STORE.texts)).citation(citation(STORE, "a", "the plan"), [])
    assert verdict.page_right is None


def test_a_citation_that_only_touches_the_evidence_does_not_support() -> None:
    judge = Judge(STORE)
    touching = citation(STORE, "a", "It was agreed: the")
    assert not judge.citation(touching, judge.locate(question())).supports


def test_the_same_offsets_of_another_document_do_not_support() -> None:
    texts = {"a": "the plan be noted", "b": "the plan be noted"}
    store = FakeStore(texts)
    judge = Judge(store)
    located = judge.locate(question())
    assert judge.citation(citation(store, "a", "the plan be noted"), located).supports
    assert not judge.citation(citation(store, "b", "the plan be noted"), located).supports


def test_a_citation_that_takes_in_more_than_the_evidence_supports() -> None:
    judge = Judge(STORE)
    longer = citation(STORE, "a", "It was agreed: the plan be noted.")
    assert judge.citation(longer, judge.locate(question())).supports


TIMELINE = question(
    kind="timeline",
    documents=(sha("a"), sha("b")),
    evidence=(
        Evidence(sha("a"), "Consultation starts when the case is approved."),
        Evidence(sha("b"), "Consultation is anticipated in early 2017."),
    ),
)
ONE = citation(STORE, "a", "Consultation starts when the case is approved.")
TWO = citation(STORE, "b", "Consultation is anticipated in early 2017.", n=2)


def test_versions_shown_apart_count() -> None:
    judge = Judge(STORE)
    told = answered("…", ONE, TWO, timeline=(version(2, TWO.quote), version(1, ONE.quote)))
    assert judge.versions_shown(told, judge.locate(TIMELINE)) == {sha("a"), sha("b")}


def test_a_blended_version_shows_neither_and_citations_alone_show_nothing() -> None:
    judge = Judge(STORE)
    located = judge.locate(TIMELINE)
    blend = "Consultation starts in early 2017 when the case is approved."
    blended = answered(blend, ONE, TWO, timeline=(version(1, blend),))
    assert judge.versions_shown(blended, located) == frozenset()
    assert judge.versions_shown(answered(ONE.quote, ONE, TWO), located) == frozenset()
    lost = answered("…", ONE, timeline=(version(7, ONE.quote),))
    assert judge.versions_shown(lost, located) == frozenset()


def test_grounding_asks_for_one_source_per_sentence() -> None:
    assert grounding(f"{ONE.quote} {TWO.quote}", [ONE, TWO]) == 1
    blend = "Consultation starts in early 2017 when the case is approved."
    # One has 7 of the 10 words (not in, early, 2017), the other 4: neither bears it out.
    assert grounding(blend, [ONE, TWO]) == pytest.approx(7 / 10)
    assert grounding("Nothing of the kind", []) == 0
    assert grounding("", [ONE]) == 0


def test_evidence_in_a_pack_is_found_in_any_of_its_papers() -> None:
    papers = FakeStore(
        {
            "a": "The agenda of the meeting.",
            "b": "It was agreed: the plan be noted.",
            "c": "A report on roads.",
        }
    )
    for name in ("b", "c"):
        papers.changed[name] = replace(document(name), sha256=sha("a"))
    judge = Judge(papers)
    (found,) = judge.locate(question(evidence=(Evidence(sha("a"), "the plan be noted"),)))
    assert found.documents == ("b",)
    assert found.passages == {"b-0"}


def test_evidence_in_a_copy_is_found_in_the_document_that_stands_for_it() -> None:
    store = FakeStore({"a": "It was agreed: the plan be noted."})
    store.changed["a"] = replace(document("a"), also_in=(Place("pack.pdf", sha("pack"), (4, 6)),))
    judge = Judge(store)
    (found,) = judge.locate(question(evidence=(Evidence(sha("pack"), "the plan be noted"),)))
    assert found.passages == {"a-0"}
