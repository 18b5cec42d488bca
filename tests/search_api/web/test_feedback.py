"""“Was this right?”: kept on this machine, refused from elsewhere, given out as gold candidates."""

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from fastapi.testclient import TestClient

from eval.gold import load_gold
from indexer.errors import UsageError
from indexer.model import Filters, Kind
from search_api.app import create_app
from search_api.web.candidates import candidates
from search_api.web.feedback import Evidence, Feedback, Judgement, Verdict, beside
from search_api.web.feedback_cli import feedback
from tests.search_api.web.served import CORPUS

CHANGED = "when does BCT consultation start?"
NOWHERE = "Who won the 1998 World Cup final?"
OWN = {"origin": "http://testserver", "accept": "text/html"}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "said.sqlite"


@pytest.fixture
def site(index: Path, file: Path) -> Iterator[TestClient]:
    with TestClient(create_app(index, corpus=CORPUS, feedback_file=file)) as client:
        yield client


def test_a_judgement_is_kept_with_what_was_shown(site: TestClient, file: Path) -> None:
    sent = {"q": CHANGED, "as_of": "2016-10", "verdict": "yes", "words": " early  2017 "}
    response = site.post("/feedback", data=sent, headers=OWN, follow_redirects=False)
    assert response.status_code == 303
    thanks = site.get(response.headers["location"], headers=OWN)
    assert "Your judgement is kept" in thanks.text
    [kept] = Feedback(file).judgements()
    said = site.get("/v1/answer", params={"q": CHANGED, "as_of": "2016-10"}).json()
    assert (kept.question, kept.answer, kept.status) == (CHANGED, said["answer"], said["status"])
    assert kept.words == "early 2017"
    assert kept.limits == {"as_of": ["2016-10"]}
    assert kept.build == said["index"]["build"]
    assert [one.quote for one in kept.evidence] == [said["citations"][0]["quote"]]


def test_a_passage_can_be_said_to_be_the_right_one(site: TestClient, file: Path) -> None:
    hit = site.get("/v1/answer", params={"q": CHANGED}).json()["hits"][2]["passage"]
    sent = {"q": CHANGED, "verdict": "passage", "passage": hit["id"]}
    assert site.post("/feedback", data=sent, headers=OWN).status_code == 200
    [kept] = Feedback(file).judgements()
    assert [one.quote for one in kept.evidence] == [hit["text"]]


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"q": CHANGED}, "whether it was right"),
        ({"q": CHANGED, "verdict": "maybe"}, "whether it was right"),
        ({"q": CHANGED, "verdict": "passage"}, "but not which"),
        ({"q": CHANGED, "verdict": "passage", "passage": "p0"}, "not in the index"),
        ({"q": "", "verdict": "yes"}, "empty"),
        ({"q": CHANGED, "verdict": "yes", "colour": "blue"}, "not known here"),
    ],
)
def test_what_cannot_be_kept_is_explained(
    site: TestClient, file: Path, sent: dict[str, str], said: str
) -> None:
    response = site.post("/feedback", data=sent, headers=OWN)
    assert response.status_code == 422
    assert said in response.text
    assert not file.exists()


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"origin": "https://elsewhere.example"},
        {"origin": "null"},
        {"origin": "http://testserver", "sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
)
def test_a_form_of_another_site_is_refused(
    site: TestClient, file: Path, headers: dict[str, str]
) -> None:
    sent = {"q": CHANGED, "verdict": "yes"}
    assert site.post("/feedback", data=sent, headers=headers).status_code == 403
    assert not file.exists()


def test_what_is_no_form_or_too_large_is_refused(site: TestClient) -> None:
    assert site.post("/feedback", json={"q": CHANGED}, headers=OWN).status_code == 415
    large = {"q": CHANGED, "verdict": "yes", "words": "x" * 70_000}
    assert site.post("/feedback", data=large, headers=OWN).status_code == 413
    many = "&".join(f"f{n}=1" for n in range(300))
    form = {**OWN, "content-type": "application/x-www-form-urlencoded"}
    assert site.post("/feedback", content=many, headers=form).status_code == 422


def test_a_file_that_cannot_be_written_is_said_so(index: Path, tmp_path: Path) -> None:
    nowhere = tmp_path / "no" / "folder.sqlite"
    with TestClient(create_app(index, feedback_file=nowhere)) as client:
        response = client.post("/feedback", data={"q": CHANGED, "verdict": "no"}, headers=OWN)
    assert response.status_code == 500
    assert "could not be kept" in response.text


def test_judgements_become_questions_that_eval_reads(
    site: TestClient, file: Path, tmp_path: Path
) -> None:
    hit = site.get("/v1/answer", params={"q": CHANGED}).json()["hits"][0]["passage"]
    for sent in (
        {"q": CHANGED, "verdict": "no"},
        {"q": CHANGED, "as_of": "2016-10", "verdict": "yes"},
        {"q": NOWHERE, "verdict": "yes"},
        {"q": "What is said of beds?", "verdict": "no"},
        {"q": "What is said of beds?", "kind": "minutes", "from": "May 2014", "verdict": "yes"},
        {"q": CHANGED, "verdict": "passage", "passage": hit["id"], "words": "early 2017"},
    ):
        assert site.post("/feedback", data=sent, headers=OWN).status_code == 200
    done = CliRunner().invoke(feedback, ["export", "--feedback", str(file)])
    assert done.exit_code == 0, done.output
    (tmp_path / "gold.jsonl").write_text(done.stdout, encoding="utf-8")
    gold = {(q.question, q.as_of): q for q in load_gold(tmp_path / "gold.jsonl")}
    beds = "What is said of beds?"
    assert set(gold) == {(CHANGED, "2016-10"), (NOWHERE, None), (CHANGED, None), (beds, None)}
    assert gold[beds, None].filters == Filters(kind=(Kind.MINUTES,), start="2014-05")
    assert gold[CHANGED, "2016-10"].filters == Filters()
    assert not gold[NOWHERE, None].answerable
    chosen = gold[CHANGED, None]
    assert chosen.answers == ("early 2017",)
    assert chosen.kind == "when"
    assert [one.quote for one in chosen.evidence] == [" ".join(hit["text"].split())]
    assert "judged wrong" in done.stderr

    listed = CliRunner().invoke(feedback, ["list", "--json", "--feedback", str(file)])
    assert len(listed.stdout.splitlines()) == 6
    assert json.loads(listed.stdout.splitlines()[0])["verdict"] == "no"


def test_the_last_judgement_of_a_question_counts() -> None:
    proof = (Evidence("0" * 64, "a.txt", "It was agreed."),)
    said = Judgement("b", "What was agreed?", {}, "answered", "It was.", Verdict.YES, "", proof)
    wrong = Judgement("b", "what was agreed?", {}, "answered", "It was.", Verdict.NO, "", proof)
    assert len(candidates([wrong, said]).lines) == 1
    assert candidates([said, wrong]).lines == ()
    assert sum(candidates([said, wrong]).left_out.values()) == 1


def test_judgements_under_other_filters_are_of_other_questions() -> None:
    proof = (Evidence("0" * 64, "a.txt", "It was agreed."),)

    def judged(limits: dict[str, list[str]]) -> Judgement:
        return Judgement("b", "What?", limits, "answered", "It was.", Verdict.YES, "", proof)

    limits = [{}, {"kind": ["minutes"]}, {"from": ["2016"]}, {"as_of": ["2016"]}, {"as_of": ["x"]}]
    found = candidates([judged(each) for each in [*limits, {"kind": ["minutes"]}]])
    assert len(found.lines) == 4
    assert found.left_out == {"asked under limits that this version cannot read": 1}


def test_without_a_file_there_is_a_remedy(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="Nobody has judged"):
        Feedback(tmp_path / "none.sqlite").judgements()
    (tmp_path / "other.sqlite").write_text("no database")
    with pytest.raises(UsageError, match="cannot be read"):
        Feedback(tmp_path / "other.sqlite").judgements()


def test_the_file_stands_beside_the_index_and_is_sqlite(tmp_path: Path) -> None:
    path = beside(tmp_path / "index")
    assert path == tmp_path / "index.feedback.sqlite"
    proof = (Evidence("0" * 64, "a.txt"),)
    Feedback(path).keep(Judgement("b", "?", {}, "not_found", None, Verdict.YES, "", proof))
    with sqlite3.connect(path) as file:
        assert file.execute("SELECT count(*) FROM judgements").fetchone() == (1,)
