"""Answers over small records, with the real model: the words, the history, the refusals."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer.build import build_index
from indexer.errors import ModelMismatchError, UsageError
from indexer.model import Filters
from search_api.answer.lists import LONGEST
from search_api.engine import Engine
from search_api.printed import results as printed
from search_api.results import Answer, AnswerStatus

_MEETINGS = {
    "2015-03-02": "The new clinic in Fernby would open in June 2016.",
    "2016-05-09": "The new clinic in Fernby would open when the lease had been signed.",
    "2017-01-16": "The new clinic in Fernby would open in spring 2018.",
}
_OTHER = """MINUTES

Members received a report on parking in Oldham Road. The following steps were agreed:

a) New signs would be put up.
b) Permits would cost £45 a year.
c) Mr Alan Pike would write to residents.

Five local clinics had been reviewed. These were Ashby, Birch, Cole, Dunn and Elm.

RESOLVED: That the report be noted.
"""


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    folder = tmp_path_factory.mktemp("answers")
    corpus = folder / "corpus"
    corpus.mkdir()
    manifest = []
    for date, words in _MEETINGS.items():
        text = f"FERNBY CLINIC\n\nThe Board received an update on the Fernby clinic. {words}\n"
        (corpus / f"{date}.txt").write_text(text, encoding="utf-8")
        manifest.append(
            f'[[document]]\nfile = "{date}.txt"\ndate = "{date}"\nkind = "minutes"\n'
            'body = "Fernby Health Board"\narea = "Fernby"\ntitle = "Fernby clinic: update"\n'
        )
    (corpus / "parking.txt").write_text(_OTHER, encoding="utf-8")
    (corpus / "manifest.toml").write_text("\n".join(manifest), encoding="utf-8")
    build_index(corpus, folder / "index")
    opened = Engine.open(folder / "index")
    yield opened
    opened.store.close()


def _proven(engine: Engine, answer: Answer) -> Answer:
    """Check what must hold of every answer, and return it."""
    for citation in answer.citations:
        text = engine.store.text(citation.document.id)
        assert citation.span.of(text) == citation.quote != ""
    if answer.answer is not None:
        assert len(answer.answer) <= LONGEST
        assert answer.citations
    return answer


def test_a_record_that_changed_shows_each_version_newest_first(engine: Engine) -> None:
    answer = _proven(engine, engine.answer("When will the Fernby clinic open?"))
    assert answer.status is AnswerStatus.CHANGED
    assert answer.answer == _MEETINGS["2017-01-16"]
    assert [version.date.edtf for version in answer.timeline] == sorted(_MEETINGS, reverse=True)
    assert [version.superseded for version in answer.timeline] == [False, True, True]
    for version in answer.timeline:
        cited = next(c for c in answer.citations if c.n == version.citation)
        assert cited.quote == version.statement
        assert version.statement == _MEETINGS[str(version.date.edtf)]
        assert version.body == "Fernby Health Board"


@pytest.mark.parametrize(
    "question",
    [
        "How soon will the Fernby clinic open?",
        "When was the Fernby clinic going to open?",
        "What is the opening date of the Fernby clinic?",
        "Is there a date for the Fernby clinic to open?",
        "Has the Fernby clinic opened yet?",
        "What is the latest position on when the Fernby clinic opens?",
        "Could you give me the date on which the Fernby clinic opens?",
        "I am writing to our MP and need to know when the Fernby clinic will open, can you help?",
        "What's the latest on the Fernby clinic opening?",
        "Has the opening of the Fernby clinic been delayed?",
        "Is it true that the Fernby clinic will open in May 2016?",
        "Will the Fernby clinic be opening by summer 2015, as planned?",
        "What has to happen before the Fernby clinic opens?",
    ],
)
def test_however_it_is_asked_each_version_is_shown(engine: Engine, question: str) -> None:
    answer = _proven(engine, engine.answer(question))
    assert answer.status is AnswerStatus.CHANGED
    assert answer.answer == _MEETINGS["2017-01-16"]
    assert [version.date.edtf for version in answer.timeline] == sorted(_MEETINGS, reverse=True)


def test_what_was_asked_in_place_of_a_question_is_said(engine: Engine) -> None:
    asked = "Has the opening of the Fernby clinic been delayed?"
    read = engine.answer(asked)
    assert read.result.query == asked
    assert read.understood
    assert read.understood.read_as == "When is the opening of the Fernby clinic?"
    assert f"read as “{read.understood.read_as}”" in printed.answer(read)
    plain = engine.answer(read.understood.read_as)
    assert plain.understood
    assert plain.understood.read_as is None
    assert "read as" not in printed.answer(plain)


def test_as_of_answers_as_the_record_stood(engine: Engine) -> None:
    answer = engine.answer("When will the Fernby clinic open?", filters=Filters(as_of="2016"))
    assert answer.answer == _MEETINGS["2016-05-09"]
    assert [version.date.edtf for version in answer.timeline] == ["2016-05-09", "2015-03-02"]


def test_dates_that_may_overlap_supersede_nothing(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    manifest = []
    for name, date in (("a", "2016"), ("b", "2016-09-13"), ("c", "2014")):
        words = f"The Ferry clinic would open in {name.upper()}pril 20{ord(name)}."
        (corpus / f"{name}.txt").write_text(f"CLINICS\n\n{words}\n", encoding="utf-8")
        manifest.append(f'[[document]]\nfile = "{name}.txt"\ndate = "{date}"\nkind = "minutes"\n')
    (corpus / "manifest.toml").write_text("\n".join(manifest), encoding="utf-8")
    build_index(corpus, tmp_path / "index")
    engine = Engine.open(tmp_path / "index")
    answer = _proven(engine, engine.answer("When would the Ferry clinic open?"))
    engine.store.close()
    superseded = {version.date.edtf: version.superseded for version in answer.timeline}
    assert superseded == {"2016-09-13": False, "2016": False, "2014": True}


def test_one_statement_is_answered_with_what_introduces_it(engine: Engine) -> None:
    answer = _proven(engine, engine.answer("How much would a parking permit cost?"))
    assert answer.status is AnswerStatus.ANSWERED
    assert answer.citations[0].quote == "Permits would cost £45 a year."
    assert answer.citations[0].lead_in == "The following steps were agreed:"


def test_a_list_is_given_whole(engine: Engine) -> None:
    answer = _proven(engine, engine.answer("Which following steps on parking were agreed?"))
    for words in ("New signs", "£45", "Alan Pike"):
        assert words in (answer.answer or "")


def test_a_sentence_is_given_with_the_one_that_spells_it_out(engine: Engine) -> None:
    answer = _proven(engine, engine.answer("Which local clinics had been reviewed?"))
    assert "Ashby, Birch, Cole, Dunn and Elm" in (answer.answer or "")


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("When will the Northgate clinic open?", "Northgate"),
        ("How much would a permit cost in 2031?", "2031"),
        ("Who is Dr Zebulon Quill?", "Zebulon"),
    ],
)
def test_a_name_that_no_passage_holds_is_not_found(
    engine: Engine, question: str, missing: str
) -> None:
    answer = engine.answer(question, k=3)
    assert answer.status is AnswerStatus.NOT_FOUND
    assert (answer.answer, answer.citations, answer.timeline) == (None, (), ())
    assert missing in (answer.reason or "")
    assert len(answer.result.hits) == 3


@pytest.mark.parametrize("question", ["hello", "what is it?", "bananas on the moon"])
def test_what_is_not_asked_of_the_record_is_not_found(engine: Engine, question: str) -> None:
    assert engine.answer(question).status is AnswerStatus.NOT_FOUND


def test_filters_that_leave_nothing_say_so(engine: Engine) -> None:
    answer = engine.answer("When will the clinic open?", filters=Filters(body=("Nowhere",)))
    assert answer.status is AnswerStatus.NOT_FOUND
    assert "filters" in (answer.reason or "")


def test_search_pages_through_the_same_ranking(engine: Engine) -> None:
    whole = engine.search("clinic parking plan", k=4)
    pages = [engine.search("clinic parking plan", k=2, offset=offset) for offset in (0, 2)]
    ids = [hit.passage.id for page in pages for hit in page.hits]
    assert ids == [hit.passage.id for hit in whole.hits]
    assert [hit.rank for page in pages for hit in page.hits] == [1, 2, 3, 4]


def test_a_question_that_cannot_be_used_is_refused(engine: Engine) -> None:
    for question in ("", "x" * 10_000):
        with pytest.raises(UsageError):
            engine.answer(question)
    with pytest.raises(UsageError):
        engine.search("beds", k=0)


def test_another_model_than_the_builds_is_refused(engine: Engine, tmp_path: Path) -> None:
    from dataclasses import replace

    class Stranger:
        identity = replace(engine.embedder.identity, fingerprint="0" * 64)
        count_tokens = engine.embedder.count_tokens
        embed = engine.embedder.embed
        read = engine.embedder.read
        read_in_context = engine.embedder.read_in_context

    assert tmp_path.exists()
    with pytest.raises(ModelMismatchError) as caught:
        Engine(engine.store, Stranger())
    assert "minutebook index" in caught.value.remedy
