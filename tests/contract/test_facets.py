"""What every store promises of facets: they tell what a filter by each value would leave."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer.errors import UsageError
from indexer.model import Filters, Kind, Role
from indexer.store.facets import Facet, FacetCount, without
from indexer.store.protocols import DocumentRecord
from tests.contract.builders import council, document, record
from tests.contract.conftest import NewStore, Store
from tests.contract.filling import filled
from tests.contract.memory import MemoryStore
from tests.contract.strategies import corpora, plain_text

FILTERS = [
    Filters(),
    Filters(kind=(Kind.MINUTES,)),
    Filters(role=(Role.COMMENT, Role.RESOLUTION)),
    Filters(body=("leicester",), start="2016", end="2018"),
    Filters(as_of="2018-01"),
    Filters(area=("nowhere",)),
]


def test_a_value_counts_what_choosing_it_leaves(store: Store) -> None:
    reader = filled(store, council())
    for filters in FILTERS:
        counted = reader.facets(Facet, filters)
        assert set(counted) == set(Facet)
        for facet in (Facet.KIND, Facet.ROLE, Facet.YEAR):
            for each in counted[facet]:
                if each.value:
                    assert each.passages == reader.count(_choosing(facet, each.value, filters))


def _choosing(facet: Facet, value: str, filters: Filters) -> Filters:
    if facet is Facet.KIND:
        return replace(filters, kind=(Kind(value),))
    if facet is Facet.ROLE:
        return replace(filters, role=(Role(value),))
    return replace(filters, start=value, end=value)


def test_the_values_add_up_to_the_passages_left(store: Store) -> None:
    reader = filled(store, council())
    for filters in FILTERS:
        for facet in set(Facet) - {Facet.YEAR}:
            others = without(facet, filters)
            counts = reader.facets([facet], filters)[facet]
            assert sum(each.passages for each in counts) == reader.count(others)
            if facet is not Facet.ROLE and not others.role:
                assert sum(each.documents for each in counts) == len(reader.documents(others))


def test_the_greatest_come_first_and_the_unknown_last(store: Store) -> None:
    reader = filled(
        store,
        [
            record(document("a", body=None, date=None), ["One.", "Two.", "Three."]),
            record(document("b", body="B", date="2016/2018"), ["One."]),
            record(document("c", body="C", date="2017-01/.."), ["One.", "Two."]),
        ],
    )
    counted = reader.facets([Facet.BODY, Facet.YEAR])
    assert counted[Facet.BODY] == [
        FacetCount("C", 2, 1),
        FacetCount("B", 1, 1),
        FacetCount(None, 3, 1),
    ]
    assert counted[Facet.YEAR] == [
        FacetCount("2016", 1, 1),
        FacetCount("2017", 3, 2),
        FacetCount("2018", 3, 2),
        FacetCount(None, 3, 1),
    ]


def test_a_document_without_passages_counts_for_nothing(store: Store) -> None:
    reader = filled(store, [record(document("a"), [])])
    assert all(not counts for counts in reader.facets(Facet).values())


def test_a_date_that_is_none_is_refused(store: Store) -> None:
    with pytest.raises(UsageError):
        filled(store, council()).facets([Facet.KIND], Filters(start="last spring"))


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(corpora(plain_text), st.sampled_from(FILTERS))
def test_engines_count_alike(
    new_store: NewStore, corpus: list[DocumentRecord], filters: Filters
) -> None:
    ours = filled(new_store(), corpus).facets(Facet, filters)
    assert ours == filled(MemoryStore(), corpus).facets(Facet, filters)
