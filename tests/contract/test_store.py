"""What every store promises, whatever engine is behind it."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer.errors import IndexNotReadyError, NotFoundError
from indexer.model import Filters, Kind, Role
from indexer.store.protocols import DocumentRecord, Scored
from tests.contract.builders import DIMENSIONS, council, document, plan, record, token_codes, unit
from tests.contract.conftest import NewStore, Store
from tests.contract.filling import filled, numbers_of
from tests.contract.memory import MemoryStore
from tests.contract.strategies import corpora, plain_text, sentences

generated = settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def assert_same_ranking(found: Sequence[Scored], expected: Sequence[Scored]) -> None:
    """Compare two rankings whose scores may differ by rounding, and so the order of near ties."""
    scores = {hit.number: hit.score for hit in expected}
    assert [hit.score for hit in found] == pytest.approx(
        [hit.score for hit in expected][: len(found)], rel=1e-4, abs=1e-5
    )
    for hit in found:
        assert hit.score == pytest.approx(scores[hit.number], rel=1e-4, abs=1e-5)


@generated
@given(records=corpora())
def test_every_field_comes_back(new_store: NewStore, records: list[DocumentRecord]) -> None:
    reader = filled(new_store(), records)
    assert sorted(reader.documents(), key=lambda d: d.id) == sorted(
        (each.document for each in records), key=lambda d: d.id
    )
    number = 0
    for each in records:
        name = each.document.id
        assert reader.document(name) == each.document
        assert reader.text(name) == each.parsed.text
        assert reader.pages(name) == list(each.parsed.pages)
        assert reader.blocks(name) == list(each.parsed.blocks)
        assert reader.document_passages(name) == list(each.passages)
        numbers = range(number, number + len(each.passages))
        assert reader.passages(numbers) == list(each.passages)
        assert reader.contexts(numbers) == list(each.contexts)
        assert np.array_equal(reader.vectors(list(numbers)), each.vectors)
        for found, kept in zip(reader.tokens(numbers), each.tokens, strict=True):
            assert np.array_equal(found.signs, kept.signs)
            assert np.array_equal(found.starts, kept.starts)
        number += len(each.passages)
    assert reader.acronyms() == [acronym for each in records for acronym in each.acronyms]
    assert reader.count() == number


@generated
@given(
    records=corpora(plain_text),
    words=sentences,
    k=st.integers(1, 20),
    filters=st.sampled_from(
        [
            Filters(),
            Filters(role=(Role.TEXT, Role.REPORT, Role.COMMENT)),
            Filters(kind=(Kind.MINUTES, Kind.AGENDA, Kind.SLIDES)),
            Filters(start="2016"),
            Filters(as_of="2016-06", role=tuple(Role)[:5]),
        ]
    ),
)
def test_search_agrees_with_the_reference(
    new_store: NewStore, records: list[DocumentRecord], words: str, k: int, filters: Filters
) -> None:
    reader, reference = filled(new_store(), records), filled(MemoryStore(), records)
    everything = reference.count() + 1
    assert reader.count(filters) == reference.count(filters)
    assert reader.documents(filters) == reference.documents(filters)

    near = reader.nearest(unit("a question"), k, filters)
    assert len(near) == min(k, reference.count(filters))
    assert_same_ranking(near, reference.nearest(unit("a question"), everything, filters))

    matching = reader.matching(words, k, filters)
    expected = reference.matching(words, everything, filters)
    assert len(matching) == min(k, len(expected))
    assert_same_ranking(matching, expected)


@pytest.mark.parametrize("k", [1, 3, 10, 40])
def test_a_broad_filter_finds_what_stands_far_down(store: Store, k: int) -> None:
    """The best hits are all of the other body: those asked for come after them, and none lacks."""
    short = ["waiting"]
    long = ["waiting for a reply to the letter that was sent about the budget of the year"]
    records = [
        record(
            document(f"{n}", body="B" if n % 3 else "A"), short if n % 3 else long, contexts=[""]
        )
        for n in range(90)
    ]
    reader, reference = filled(store, records), filled(MemoryStore(), records)
    matching = reader.matching("waiting", k, Filters(body=("A",)))
    assert len(matching) == min(k, 30)
    assert_same_ranking(matching, reference.matching("waiting", 90, Filters(body=("A",))))


def test_the_build_says_what_it_is(store: Store) -> None:
    writer = store.writer(plan())
    for each in council():
        writer.add(each)
    published = writer.publish(plan())
    assert store.open().info == published
    assert (published.documents, published.passages) == (4, 8)
    assert published == replace(
        plan(),
        format=published.format,
        documents=4,
        passages=8,
        checksums=published.checksums,
        vectors=published.vectors,
        segments=published.segments,
    )


def test_numbers_are_given_in_order_and_asked_for_in_any(store: Store) -> None:
    reader = filled(store, council())
    ids = [passage.id for each in council() for passage in each.passages]
    assert [passage.id for passage in reader.passages(range(8))] == ids
    assert [passage.id for passage in reader.passages([5, 0, 5])] == [ids[5], ids[0], ids[5]]
    assert reader.contexts([7, 0]) == ["Minutes d-plan", "Minutes a-scrutiny"]
    expected = np.stack([unit(("id-b-board", 1)), unit(("id-a-scrutiny", 0))])
    assert np.array_equal(reader.vectors([4, 0]), expected)
    assert reader.passages([]) == []
    assert reader.vectors([]).shape == (0, DIMENSIONS)


def test_more_numbers_than_a_query_takes_variables(store: Store) -> None:
    reader = filled(store, [record(document("long"), [f"line {n}" for n in range(1200)])])
    assert [p.text for p in reader.passages(range(1199, -1, -1))] == [
        f"line {n}" for n in range(1199, -1, -1)
    ]


def test_nearest_finds_a_passage_by_its_own_vector(store: Store) -> None:
    reader = filled(store, council())
    for number in range(8):
        vector = reader.vectors([number])[0]
        best = reader.nearest(vector * 3, 1)[0]
        assert best.number == number
        assert best.score == pytest.approx(np.linalg.norm(vector), abs=1e-5)


def test_nearest_refuses_what_has_no_direction(store: Store) -> None:
    reader = filled(store, council())
    for vector in (np.zeros(DIMENSIONS), np.full(DIMENSIONS, np.nan), unit("q", DIMENSIONS + 1)):
        with pytest.raises(ValueError, match="vector"):
            reader.nearest(vector.astype(np.float32), 3)


def test_no_more_than_asked_for(store: Store) -> None:
    reader = filled(store, council())
    for k in (0, -1):
        assert reader.nearest(unit("q"), k) == []
        assert reader.matching("waiting", k) == []
    assert len(reader.nearest(unit("q"), 1_000_000)) == 8


def test_words_are_found_by_their_stem_and_in_the_context(store: Store) -> None:
    records = [
        record(document("a"), ["Members discussed the ambulances."], contexts=["Leicester"]),
        record(document("b"), ["Nothing of the kind."], contexts=["Ambulance board"]),
        record(document("c"), ["Bins."], contexts=["Refuse"]),
    ]
    reader = filled(store, records)
    assert numbers_of(reader.matching("AMBULANCE, discussing?", 10)) == [0, 1]
    assert numbers_of(reader.matching("zebra", 10)) == []


def test_words_are_found_with_and_without_their_accents(store: Store) -> None:
    texts = ["An Bord Pleanála decides.", "An Bord Pleanala decides.", "Nobody decides."]
    reader = filled(store, [record(document(str(n)), [text]) for n, text in enumerate(texts)])
    for word in ("Pleanála", "Pleanala", "PLEANÁLA"):
        assert numbers_of(reader.matching(word, 10)) == [0, 1]
        assert reader.frequency(word) == 2


def test_words_are_counted_by_passages_and_stems(store: Store) -> None:
    reader = filled(store, council())
    assert reader.frequency("waiting") == 3
    assert reader.frequency("WAITS") == 3
    assert reader.frequency("ambulance") == 2
    assert reader.frequency("ambulance-waiting") == 2
    assert [reader.frequency(word) for word in ("unheard", "", "…")] == [0, 0, 0]


@pytest.mark.parametrize(
    "words",
    [
        "",
        "   ",
        "?!",
        '"unclosed',
        "text:waiting AND (NOT",
        "waiting^9 ~2 *",
        "[y TO z]",
        "\\",
        "\0waiting\0",
        "waiting 💉 naïve ＷＡＩＴＩＮＧ",
        "w" * 100_000,
        "waiting " * 5_000,
        " ".join(f"w{n}" for n in range(3_000)),
    ],
)
def test_any_characters_are_a_safe_question(store: Store, words: str) -> None:
    reader = filled(store, council())
    found = numbers_of(reader.matching(words, 10))
    assert (0 in found) == ("waiting" in words)


def test_unicode_comes_back_as_it_was(store: Store) -> None:
    texts = ["Cafés à Ōtara — “quoted” 🏥", "e\u0301 is not é", "مرحبا", "a\0b\r\n\u2028c"]
    reader = filled(store, [record(document("ünïcode 🏥"), texts)])
    assert [each.text for each in reader.document_passages("id-ünïcode 🏥")] == texts
    assert reader.text("id-ünïcode 🏥") == "\n".join(texts)
    assert numbers_of(reader.matching("cafés", 1)) == [0]


def test_what_is_not_there_is_not_found(store: Store) -> None:
    reader = filled(store, council())
    for ask in (
        reader.document,
        reader.text,
        reader.pages,
        reader.blocks,
        reader.document_passages,
        reader.passage,
    ):
        with pytest.raises(NotFoundError):
            ask("no such")
    for numbers in ([8], [-1], [0, 10**12]):
        with pytest.raises(NotFoundError):
            reader.passages(numbers)
        with pytest.raises(NotFoundError):
            reader.contexts(numbers)
        with pytest.raises(NotFoundError):
            reader.vectors(numbers)


def test_an_empty_build_answers_with_nothing(store: Store) -> None:
    reader = filled(store, [])
    assert reader.documents() == []
    assert reader.acronyms() == []
    assert reader.count() == 0
    assert reader.nearest(unit("q"), 5) == []
    assert reader.matching("waiting", 5) == []


def test_nothing_can_be_opened_before_the_first_publish(store: Store) -> None:
    with pytest.raises(IndexNotReadyError):
        store.open()
    writer = store.writer(plan())
    writer.add(council()[0])
    with pytest.raises(IndexNotReadyError):
        store.open()
    writer.discard()
    with pytest.raises(IndexNotReadyError):
        store.open()


def test_discard_leaves_the_current_build(store: Store) -> None:
    filled(store, council()[:1], "first")
    writer = store.writer(plan("second"))
    writer.add(council()[1])
    assert store.open().info.id == "first"
    writer.discard()
    writer.discard()
    assert store.open().info.id == "first"
    assert [each.file for each in store.open().documents()] == ["a-scrutiny.pdf"]


def test_a_reader_goes_on_serving_after_newer_builds(store: Store) -> None:
    reader = filled(store, council(), "first")
    for build_id in ("second", "third", "fourth"):
        assert filled(store, council()[:1], build_id).info.id == build_id
    assert reader.info.id == "first"
    assert len(reader.nearest(unit("q"), 100)) == 8
    assert sorted(numbers_of(reader.matching("ambulance", 10))) == [5, 7]
    assert reader.text("id-d-plan").startswith("Better Care Fund.")
    assert reader.passages([7])[0].role is Role.COMMENT
    assert reader.count(Filters(role=(Role.SLIDE,))) == 2


@pytest.mark.parametrize(
    "wrong", ["document id", "passage id", "contexts", "text", "width", "length", "tokens"]
)
def test_a_record_that_contradicts_itself_is_refused_whole(store: Store, wrong: str) -> None:
    first, second = council()[:2]
    bad = {
        "document id": replace(second, document=replace(second.document, id=first.document.id)),
        "passage id": replace(second, passages=[second.passages[0], first.passages[0]]),
        "contexts": replace(second, contexts=second.contexts[:1]),
        "text": replace(
            second, passages=[second.passages[0], replace(second.passages[1], text="Else.")]
        ),
        "width": replace(second, vectors=np.ones((2, DIMENSIONS + 1), np.float32)),
        "length": replace(second, vectors=second.vectors * 2),
        "tokens": replace(second, tokens=[second.tokens[0], token_codes(0, 2, 2 * DIMENSIONS)]),
    }[wrong]
    writer = store.writer(plan())
    writer.add(first)
    with pytest.raises(ValueError):  # noqa: PT011
        writer.add(bad)
    writer.add(second)
    writer.publish(plan())
    reader = store.open()
    assert reader.info.passages == reader.count() == 5
    assert numbers_of(reader.matching("specialty", 5)) == [3]
    assert reader.nearest(second.vectors[1], 1)[0].number == 4


def test_several_threads_may_read_at_once(store: Store) -> None:
    reader = filled(store, council())
    expected = [reader.passages([n])[0].id for n in range(8)]
    failures: list[BaseException] = []

    def read() -> None:
        try:
            for n in list(range(8)) * 20:
                assert reader.passages([n])[0].id == expected[n]
                assert reader.nearest(reader.vectors([n])[0], 1)[0].number == n
                assert reader.matching("waiting", 8, Filters(body=("Leicester",)))
                assert reader.text("id-a-scrutiny").startswith("Members")
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=read) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
