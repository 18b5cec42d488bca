"""What every store promises of lists of documents, a page at a time."""

from __future__ import annotations

from dataclasses import replace

import pytest

from indexer.model import Document, Filters, Kind, Part
from indexer.store.listing import Key, Sort
from indexer.store.protocols import StoreReader
from tests.contract.builders import council, document, record
from tests.contract.conftest import Store
from tests.contract.filling import filled


@pytest.fixture
def reader(store: Store) -> StoreReader:
    more = [
        replace(document("e", date="2016-03"), title="zebra", file="e-Zebra.pdf"),
        replace(document("f", date="2016-03-07"), title="Alpha", file="f-alpha.pdf"),
    ]
    return filled(store, [*council(), *(record(each, ["Words."]) for each in more)][::-1])


def letters(reader: StoreReader, sort: Sort, limit: int = 100, **asked: object) -> str:
    page = reader.listed(sort, limit, **asked)  # type: ignore[arg-type]
    return "".join(each.file[0] for each in page.documents)


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        (Sort.FILE, "abcdef"),
        (Sort.TITLE, "fabcde"),  # whatever the case
        (Sort.DATE, "eafbdc"),  # by the first day, equal ones by file, without a date last
        (Sort.DATE_DOWN, "dbeafc"),  # by the last day
    ],
)
def test_documents_are_listed_in_an_order(reader: StoreReader, sort: Sort, order: str) -> None:
    assert letters(reader, sort) == order
    assert letters(reader, sort, 2, skip=3) == order[3:5]
    assert letters(reader, sort, filters=Filters(kind=(Kind.MINUTES,))) == order.replace("b", "")


@pytest.mark.parametrize("sort", Sort)
@pytest.mark.parametrize("limit", [1, 2, 5, 6, 7])
def test_pages_follow_one_another_without_gap_or_repeat(
    reader: StoreReader, sort: Sort, limit: int
) -> None:
    for filters in (Filters(), Filters(start="2016", end="2018"), Filters(body=("nobody",))):
        whole = reader.listed(sort, 100, filters=filters)
        assert whole.last is None
        assert whole.total == len(reader.documents(filters)) == len(whole.documents)
        found: list[Document] = []
        after: Key | None = None
        while True:
            page = reader.listed(sort, limit, after=after, filters=filters)
            found += page.documents
            assert page.total == whole.total
            assert len(page.documents) == limit or page.last is None
            after = page.last
            if after is None:
                break
        assert found == whole.documents


def test_a_page_goes_on_where_its_last_document_is_gone(new_store_reader: StoreReader) -> None:
    gone: Key = ("bb.pdf", 0, "id-gone")
    assert letters(new_store_reader, Sort.FILE, after=gone) == "cd"


@pytest.fixture
def new_store_reader(store: Store) -> StoreReader:
    return filled(store, council())


def test_beyond_the_end_there_is_nothing(reader: StoreReader) -> None:
    page = reader.listed(Sort.FILE, 10, skip=50)
    assert (page.documents, page.total, page.last) == ([], 6, None)
    assert reader.listed(Sort.FILE, 0).total == 6


def test_the_papers_of_a_pack_are_listed_in_the_order_of_their_pages(store: Store) -> None:
    papers = [
        replace(document(name), file="pack.pdf", part=Part("A pack", (page, page + 1), 200))
        for name, page in (("c", 100), ("a", 19), ("b", 2))
    ]
    reader = filled(store, [record(paper, ["Some words."]) for paper in papers])
    listed = reader.listed(Sort.FILE, 10).documents
    assert [each.id for each in listed] == ["id-b", "id-a", "id-c"]
