"""Misspelt words are mended by what the documents hold; other names, figures and codes never."""

from __future__ import annotations

import pytest

from indexer.model import Acronym
from indexer.store.protocols import StoreReader
from search_api.asked.lexicon import english_count, near
from search_api.asked.spelling import corrections, respelt
from search_api.asked.understanding import understood_by
from search_api.query import Correction
from tests.contract.builders import document, plan, record
from tests.contract.memory import MemoryStore


@pytest.fixture(scope="module")
def store() -> StoreReader:
    memory = MemoryStore()
    writer = memory.writer(plan())
    texts = [
        "The public consultation on maternity wards in Leicester starts in May.",
        "Foynes and Chesterton were told of the vaccination centre by Healthwatch.",
        "Chestfield Parish wrote to the station about parking on 12 March 2018.",
    ]
    writer.add(record(document("a", body=None, committee=None, area=None), texts))
    writer.publish(plan())
    return memory.open()


def _mended(store: StoreReader, question: str) -> dict[str, str]:
    return {one.written: one.read_as for one in corrections(store, question)}


@pytest.mark.parametrize(
    ("question", "mended"),
    [
        ("When does the conultation start?", {"conultation": "consultation"}),
        ("Conultation in leicster", {"Conultation": "Consultation", "leicster": "leicester"}),
        ("Who went to Leicster’s wards?", {"Leicster": "Leicester"}),
        ("Is there a vaccinaton in Foynse?", {"vaccinaton": "vaccination", "Foynse": "Foynes"}),
        ("What does Healthwach say of maturnity?", {"Healthwach": "Healthwatch"}),
        ("a pbulic consulttation", {"consulttation": "consultation", "pbulic": "public"}),
    ],
)
def test_a_slip_is_mended_by_a_word_that_a_document_holds(
    store: StoreReader, question: str, mended: dict[str, str]
) -> None:
    found = _mended(store, question)
    assert mended.items() <= found.items()


@pytest.mark.parametrize(
    "question",
    [
        "What happens in Chesterfield?",  # A place that exists is not another one.
        "What did Chestefield say?",  # Nor is it when misspelt: Chesterfield is likelier meant.
        "Where is chiropody offered?",  # English, and not in the record.
        "Is there a hospise?",  # The likeliest word is not in the record.
        "What is on 12 Marhc 2081 in SE1X5?",
        "What does the MATERNTY unit cost?",  # Capitals are a short form.
        "Who chairs Foynas?",  # A wrong letter in a name makes another name.
        "Where is Leics?",
    ],
)
def test_other_words_stay_as_they_are(store: StoreReader, question: str) -> None:
    mended = {word for word in _mended(store, question) if word != "Marhc"}
    assert mended == set()


def test_short_forms_that_documents_explain_stay(store: StoreReader) -> None:
    known = [Acronym("Consltation", "Consumer Consultation", "id-a", None)]
    assert corrections(store, "What is a consltation?", known) == ()


def test_a_name_that_only_the_documents_know_is_mended_for_the_search_alone(
    store: StoreReader,
) -> None:
    query = understood_by(store, "What was said in Foynse about the conultation?")
    assert query.words.split() == ["Foynes", "consultation"]
    assert query.asked == "What was said in Foynse about the consultation?"
    assert {(one.read_as, one.sure) for one in query.corrections} == {
        ("Foynes", False),
        ("consultation", True),
    }


def test_every_place_of_a_word_is_mended_and_no_part_of_a_longer_one() -> None:
    mended = [Correction("wrad", "ward")]
    assert respelt("wrad, wrads and wrad’s", mended) == "ward, wrads and ward’s"


def test_many_unknown_words_are_not_all_looked_at(store: StoreReader) -> None:
    words = [f"qx{a}{b}vwq" for a in "bcdfg" for b in "hjklm"]
    assert _mended(store, " ".join([*words, "conultation"])) == {}


def test_the_list_of_words_is_british_too() -> None:
    assert english_count("Organisation") > 0
    assert english_count("organisaton") == 0
    assert ("scrutiny", 1) in near("scruitny", 1)
