"""What every store promises of filters and of the order of its documents."""

from __future__ import annotations

from dataclasses import replace

import pytest

from indexer.errors import UsageError
from indexer.model import Filters, Kind, Part, Role, Successor
from tests.contract.builders import council, document, record, unit
from tests.contract.conftest import Store
from tests.contract.filling import filled, numbers_of


def test_the_papers_of_a_pack_stand_in_the_order_of_their_pages(store: Store) -> None:
    papers = [
        replace(document(name), file="pack.pdf", part=Part("A pack", (page, page + 1), 200))
        for name, page in (("c", 100), ("a", 19), ("b", 2))
    ]
    reader = filled(store, [record(paper, ["Some words."]) for paper in papers])
    assert [each.id for each in reader.documents()] == ["id-b", "id-a", "id-c"]


def test_documents_stand_in_the_order_of_their_files(store: Store) -> None:
    reader = filled(store, council()[::-1])
    assert [each.file[0] for each in reader.documents()] == ["a", "b", "c", "d"]


@pytest.mark.parametrize(
    ("filters", "kept"),
    [
        (Filters(), "abcd"),
        (Filters(body=("leicester city",)), "ab"),
        (Filters(body=("LEICESTER  CITY\nCOUNCIL",)), "a"),
        (Filters(body=("Rutland", "CCG")), "bd"),
        (Filters(body=("Nowhere",)), ""),
        (Filters(area=("leicester",)), "ab"),
        (Filters(committee=("scrutiny",)), "ad"),
        (Filters(kind=(Kind.SLIDES,)), "b"),
        (Filters(body=("Leicester",), kind=(Kind.MINUTES,)), "a"),
        (Filters(start="2016"), "abd"),
        (Filters(start="2016-03-08"), "bd"),
        (Filters(start="2018-12-31", end="2018-12-31"), "b"),
        (Filters(start="2020-07"), "d"),
        (Filters(end="2018"), "ab"),
        (Filters(end="2019-05-31"), "ab"),
        (Filters(end="2019-06-01"), "abd"),
        (Filters(as_of="2016-03-07"), "a"),
        (Filters(as_of="2016-03-06"), ""),
        (Filters(as_of="2016-03"), "a"),
        (Filters(as_of="2018-01"), "ab"),
        (Filters(start="2017", end="2021", as_of="2018"), "b"),
    ],
)
def test_filters_keep_these_documents(store: Store, filters: Filters, kept: str) -> None:
    reader = filled(store, council())
    assert "".join(each.file[0] for each in reader.documents(filters)) == kept
    passages = [
        passage for each in council() if each.document.file[0] in kept for passage in each.passages
    ]
    assert reader.count(filters) == len(passages)
    near = reader.passages(numbers_of(reader.nearest(unit("q"), 100, filters)))
    assert {each.id for each in near} == {each.id for each in passages}


def test_a_newer_body_finds_the_documents_of_those_it_succeeded(store: Store) -> None:
    system = Successor("NHS Shire ICB", "2022-07", ("Shire Integrated Care Board", "QX9"))
    merged = Successor("NHS Shire CCG", "2020-04", ("Shire Commissioners",))
    reader = filled(
        store,
        [
            record(
                document("a-east", body="NHS East CCG", successors=(merged, system)), ["Waiting."]
            ),
            record(
                document(
                    "b-merged", body=merged.body, body_names=merged.names, successors=(system,)
                ),
                ["Waiting."],
            ),
            record(document("c-system", body=system.body, body_names=system.names), ["Waiting."]),
            record(document("d-stranger", body="Shire County Council"), ["Waiting."]),
        ],
    )
    for name, kept in [
        ("NHS Shire ICB", "abc"),
        ("shire integrated care board", "abc"),
        ("qx9", "abc"),
        ("NHS Shire CCG", "ab"),
        ("Shire Commissioners", "ab"),
        ("NHS East CCG", "a"),
        ("Shire County", "d"),
        ("Shire", "abcd"),
    ]:
        filters = Filters(body=(name,))
        assert "".join(each.file[0] for each in reader.documents(filters)) == kept, name
        assert reader.count(filters) == len(kept)
        assert len(reader.nearest(unit("q"), 10, filters)) == len(kept)
        assert len(reader.matching("waiting", 10, filters)) == len(kept)
    assert reader.document("id-a-east").successors == (merged, system)


def test_a_filter_that_is_no_date_is_the_askers_mistake(store: Store) -> None:
    reader = filled(store, council())
    with pytest.raises(UsageError):
        reader.count(Filters(start="last spring"))


def test_roles_select_passages_and_not_documents(store: Store) -> None:
    reader = filled(store, council())
    filters = Filters(role=(Role.COMMENT, Role.RESOLUTION))
    assert len(reader.documents(filters)) == 4
    assert reader.count(filters) == 3
    hits = reader.nearest(unit("q"), 10, filters)
    assert sorted(numbers_of(hits)) == [0, 2, 7]


def test_k_means_k_down_to_one_passage(store: Store) -> None:
    """The one passage that a filter leaves is found, however many others are nearer."""
    many = record(document("many"), ["waiting times " * 3] * 300)
    one = record(document("one", body="Rutland"), ["waiting"], roles=[Role.ACTION])
    reader = filled(store, [many, one])
    query = many.vectors[7]
    for filters in (Filters(body=("Rutland",)), Filters(role=(Role.ACTION,))):
        assert numbers_of(reader.nearest(query, 10, filters)) == [300]
        assert numbers_of(reader.matching("waiting times", 10, filters)) == [300]
    assert len(reader.nearest(query, 250)) == 250
    assert len(reader.matching("waiting", 250, Filters(body=("Leicester",)))) == 250


def test_k_means_k_over_scattered_documents(store: Store) -> None:
    """Every other one of many documents: neither a range nor a few ranges."""
    records = [
        record(document(f"{n:03}", body="Odd" if n % 2 else "Even"), [f"budget item {n}", "other"])
        for n in range(150)
    ]
    reader = filled(store, records)
    odd = Filters(body=("Odd",))
    near = reader.passages(numbers_of(reader.nearest(unit("q"), 1000, odd)))
    assert len(near) == 150
    found = reader.passages(numbers_of(reader.matching("budget", 60, odd)))
    assert len(found) == 60
    assert all(reader.document(each.document_id).body == "Odd" for each in [*near, *found])
