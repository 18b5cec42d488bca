"""The pages for people, over the real index."""

import re
import threading
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag
from fastapi.testclient import TestClient
from hypothesis import given, settings
from hypothesis import strategies as st

from search_api.app import create_app
from search_api.engine import Engine
from search_api.web import examples
from search_api.web.looks import SCRIPT_VERSION
from tests.search_api.web.marks import marks_of
from tests.search_api.web.served import offered_by

SCRIPT = f"/static/minutebook.js?{SCRIPT_VERSION}"

QUESTION = "When is the Sustainability and Transformation Plan expected to be approved?"
CHANGED = "when does BCT consultation start?"
PAGES = [
    "/",
    f"/answer?q={QUESTION}",
    "/answer?q=Who+won+the+1998+World+Cup+final%3F",
    f"/search?q={QUESTION}",
    f"/search?q={QUESTION}&body=Rutland+County+Council&from=2016",
    "/documents",
    "/documents?kind=slides",
    "/documents?body=nobody",
    "/about",
    "/accessibility",
    "/feedback/thanks",
]


def soup_of(client: TestClient, path: str) -> BeautifulSoup:
    response = client.get(path, headers={"accept": "text/html"})
    assert response.status_code == 200, response.text
    return BeautifulSoup(response.text, "html.parser")


def words(tag: Tag | None) -> str:
    assert tag is not None
    return " ".join(tag.get_text(" ").split())


@pytest.mark.parametrize("path", PAGES)
def test_every_page_can_be_found_around_in(client: TestClient, path: str) -> None:
    soup = soup_of(client, path)
    assert soup.html is not None
    assert soup.html["lang"] == "en-GB"
    assert len(soup.find_all("h1")) == 1
    assert len(soup.find_all("main")) == 1
    assert soup.find("a", class_="nhsuk-skip-link", href="#main")
    assert words(soup.title)
    levels = [int(heading.name[1]) for heading in soup.find_all(re.compile("^h[1-6]$"))]
    assert levels[0] == 1
    assert all(below <= above + 1 for above, below in pairwise(levels))
    identifiers = [tag["id"] for tag in soup.find_all(id=True)]
    assert len(identifiers) == len(set(identifiers))
    for field in soup.find_all(["input", "select"]):
        assert field.get("type") == "hidden" or soup.find("label", attrs={"for": field["id"]})
    for described in soup.select("[aria-labelledby]"):
        assert soup.find(id=described["aria-labelledby"])


@pytest.mark.parametrize("path", PAGES)
def test_no_page_needs_another_machine_or_runs_what_is_in_it(client: TestClient, path: str) -> None:
    soup = soup_of(client, path)
    assert not soup.find_all(["iframe", "object", "embed"])
    assert not soup.find_all(style=True)
    assert all(script.get("src") and not script.string for script in soup.find_all("script"))
    loaded = [tag["href"] for tag in soup.find_all("link")]
    loaded += [tag["src"] for tag in soup.find_all(["script", "img"])]
    assert loaded
    assert all(str(address).startswith("/") for address in loaded)
    assert all(client.get(str(address)).status_code == 200 for address in loaded)


@pytest.mark.parametrize("path", PAGES)
def test_every_link_of_a_page_leads_somewhere(client: TestClient, path: str) -> None:
    soup = soup_of(client, path)
    for link in soup.find_all("a", href=True):
        address = str(link["href"])
        if address.startswith("#"):
            assert soup.find(id=address[1:]), address
        elif address.startswith("/"):
            assert client.get(address).status_code == 200, address


def test_the_answer_comes_first_and_then_its_proof(client: TestClient) -> None:
    said = client.get("/v1/answer", params={"q": QUESTION}).json()
    soup = soup_of(client, f"/answer?q={QUESTION}")
    answer = soup.find(id="answer")
    assert answer is not None
    assert answer.get_text().split() == said["answer"].split()
    quotes = [quote.get_text() for quote in soup.find_all("blockquote")]
    assert quotes == [citation["quote"] for citation in said["citations"]]
    told: set[str] = set()
    for citation in said["citations"]:
        card = soup.find(id=f"quotation-{citation['n']}")
        assert isinstance(card, Tag)
        document = citation["document"]
        for fact in ("body", "committee", "title"):
            assert (document[fact] or "") in words(card)
        whole = card.select_one(".source")
        assert (whole is None) is (document["id"] in told), "a document is told of once"
        if whole:
            assert " ".join(document["date_basis"].split()) in words(whole)
        told.add(document["id"])
        assert card.find("a", href=citation["link"])
        assert citation["quote"] in card.find_all(class_="reference")[0].get_text()


def test_the_timeline_is_shown_newest_first_as_it_comes(client: TestClient) -> None:
    said = client.get("/v1/answer", params={"q": CHANGED}).json()
    assert [version["date"] for version in said["timeline"]] == [
        "2018-02/2018-08",
        "2016-09-13",
        "2016-04/2016-06",
    ]
    soup = soup_of(client, f"/answer?q={CHANGED}")
    for telling in ("business case had been approved", "early 2017", "funding was"):
        assert telling in words(soup.main)
    rows = soup.select(".timeline li")
    assert [words(row.select_one(".what")) for row in rows] == [
        " ".join(version["statement"].split()) for version in said["timeline"]
    ]
    assert ["Superseded" in row.get_text() for row in rows] == [
        version["superseded"] for version in said["timeline"]
    ]


def test_a_question_of_how_things_stand_says_what_it_was_read_as(client: TestClient) -> None:
    asked = "Has the BCT consultation been delayed?"
    said = client.get("/v1/answer", params={"q": asked}).json()
    assert said["question"] == asked
    assert said["status"] == "changed"
    note = soup_of(client, f"/answer?q={asked}").find(id="read-as")
    assert note is not None
    assert said["understood"]["read_as"] in note.text
    assert soup_of(client, f"/answer?q={CHANGED}").find(id="read-as") is None


def test_what_several_meetings_said_is_read_out_with_its_dates(client: TestClient) -> None:
    asked = "How has the STP developed over time?"
    said = client.get("/v1/answer", params={"q": asked}).json()
    rows = soup_of(client, f"/answer?q={asked}").select("#answer li")
    lines = said["answer"].split("\n")
    assert len(rows) == len(lines) > 1
    for row, line, version in zip(rows, lines, said["timeline"], strict=False):
        assert words(row.select_one(".words")) == line
        assert version["body"] in words(row.select_one(".quiet"))
        assert f"Quotation {version['citation']}" in words(row)


def test_a_date_is_told_as_it_was_meant(client: TestClient) -> None:
    chips = soup_of(client, "/answer?q=What+was+agreed%3F&from=1/9/2016").select_one(".chips")
    assert chips is not None
    assert "1 September 2016" in words(chips)


def test_a_list_that_ended_says_so(client: TestClient) -> None:
    text = words(soup_of(client, "/documents?offset=99").main)
    assert "The list ends before this page" in text
    assert "Shown" not in text


def test_not_found_says_what_was_searched_and_what_is_near(client: TestClient) -> None:
    soup = soup_of(client, "/answer?q=Who+won+the+1998+World+Cup+final%3F&kind=minutes")
    text = words(soup.main)
    assert "The documents do not say" in text
    assert "4 documents, limited to kind of document: minutes" in text
    assert "Nearest passages, which are not an answer" in text
    assert not soup.find(id="answer")
    assert not soup.find(id="quotations")


def test_filters_that_leave_nothing_are_answered_kindly(client: TestClient) -> None:
    soup = soup_of(client, f"/answer?q={QUESTION}&to=1990")
    assert "No document fits" in words(soup.main)
    soup = soup_of(client, f"/search?q={QUESTION}&to=1990")
    assert "There are no passages" in words(soup.main)


def test_the_form_keeps_what_was_asked(client: TestClient) -> None:
    soup = soup_of(client, f"/answer?q={QUESTION}&kind=minutes&from=May+2014")
    assert isinstance(box := soup.find(id="q"), Tag)
    assert box["value"] == QUESTION
    assert isinstance(date := soup.find(id="f-from"), Tag)
    assert date["value"] == "May 2014"
    assert [one["value"] for one in soup.select("[name=kind][checked]")] == ["minutes"]
    chips = [words(chip) for chip in soup.select(".chips a")]
    assert chips == ["Remove Kind of document: Minutes ✕", "Remove From May 2014 ✕"]


def test_passages_can_be_turned_like_pages(client: TestClient) -> None:
    soup = soup_of(client, f"/search?q={QUESTION}")
    [onward] = soup.select("a[rel=next]")
    second = soup_of(client, str(onward["href"]))
    assert second.find(id="passage-11")
    assert second.select("a[rel=prev]")


def test_the_mark_is_the_quotation(client: TestClient) -> None:
    said = client.get("/v1/answer", params={"q": QUESTION}).json()
    for citation in said["citations"]:
        assert marks_of(client.get(citation["link"]).text) == (citation["quote"], 1)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_the_mark_is_exact_anywhere_in_the_corpus(client: TestClient, data: st.DataObject) -> None:
    documents = client.get("/v1/documents").json()["documents"]
    one = data.draw(st.sampled_from([document["id"] for document in documents]))
    text = client.get(f"/v1/documents/{one}/text").json()["text"]
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, min(len(text), start + 3000)))
    page = client.get(f"/documents/{one}?start={start}&end={end}").text
    assert marks_of(page) == (text[start:end], 1)


def test_the_viewer_shows_the_whole_text_part_by_part(client: TestClient) -> None:
    for document in client.get("/v1/documents").json()["documents"]:
        text = client.get(f"/v1/documents/{document['id']}/text").json()["text"]
        address, shown = f"/documents/{document['id']}", []
        while address:
            soup = soup_of(client, address)
            part = soup.find(class_="text")
            shown.append(words(part if isinstance(part, Tag) else None))
            onward = soup.select("a[rel=next]")
            address = str(onward[0]["href"]) if onward else ""
        assert " ".join(shown) == " ".join(text.split())


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("start=5&end=5", "There is no place from 5 to 5"),
        ("start=9&end=5", "There is no place from 9 to 5"),
        ("start=-1&end=5", "There is no place"),
        ("start=0&end=99999999", "There is no place from 0 to 99999999"),
        ("start=5", "needs both"),
        ("start=five&end=9", "“start” must be a whole number"),
        ("start=1&end=5&sheet=3", "“sheet” is not known here"),
        ("page=99", "has no page 99"),
        ("part=99", "There is no part 99"),
        ("part=1&page=1", "Give one of them"),
    ],
)
def test_a_bad_place_is_said_to_be_one(client: TestClient, query: str, said: str) -> None:
    document = client.get("/v1/documents").json()["documents"][0]["id"]
    response = client.get(f"/documents/{document}?{query}", headers={"accept": "text/html"})
    assert response.status_code in (404, 422)
    assert said in response.text
    assert "What to do" in response.text


HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'; DROP TABLE passages; --",
    "{{ 7 * 7 }}{% raw %}",
    "javascript:alert(1)",
    "</title><svg onload=alert(1)>",
    "\u202eesrever \u0000 \ud7ff",
]


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("path", ["/answer", "/search", "/documents"])
def test_a_hostile_question_stays_text(client: TestClient, path: str, text: str) -> None:
    asked = {"body": text} if path == "/documents" else {"q": text, "body": text, "from": "2014"}
    for parameters in (asked, {**asked, "from": text}, {**asked, text: text}):
        response = client.get(path, params=parameters, headers={"accept": "text/html"})
        assert response.status_code in (200, 422)
        soup = BeautifulSoup(response.text, "html.parser")
        assert not soup.find_all("img")
        assert [script.get("src") for script in soup.find_all("script")] == [SCRIPT]
        names = {name for tag in soup.find_all(True) for name in tag.attrs}
        assert not {name for name in names if name.startswith("on")}
        links = [str(link["href"]) for link in soup.find_all("a", href=True)]
        assert all(link.startswith(("/", "#", "https://")) for link in links)
        assert "49" not in words(soup.title)


def test_several_values_of_a_filter_are_alternatives(client: TestClient) -> None:
    both = "body=Rutland+County+Council&body=Staffordshire+County+Council"
    soup = soup_of(client, f"/documents?{both}")
    assert len(soup.select("tbody tr")) == 2
    [remove, _] = soup.select(".chips a")
    assert len(soup_of(client, str(remove["href"])).select("tbody tr")) == 1


def test_nobody_waits_for_questions_to_try(index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = threading.Event()
    monkeypatch.setattr(examples, "examples", lambda _: iter(["Why?"] if asked.wait(60) else []))
    with TestClient(create_app(index)) as client:
        assert "Questions you can try" not in client.get("/").text
        assert client.get(f"/answer?q={QUESTION}").status_code == 200
        asked.set()
        offered_by(client).wait(60)
        assert "/answer?q=Why%3F" in client.get("/").text


def test_the_server_may_stop_while_questions_to_try_are_looked_for(
    index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def endless(_: Engine) -> Iterator[str]:
        while True:
            time.sleep(0.01)
            yield "Why?"

    monkeypatch.setattr(examples, "examples", endless)
    with TestClient(create_app(index)) as client:
        client.get("/")


def test_questions_to_try_are_answered(client: TestClient) -> None:
    client.get("/")
    offered_by(client).wait(60)
    questions = soup_of(client, "/").select("section[aria-labelledby=how] a")
    assert questions
    for question in questions:
        soup = soup_of(client, str(question["href"]))
        assert soup.find(id="answer"), question


def test_marked_words_leave_the_quotation_as_it_is(client: TestClient) -> None:
    said = client.get("/v1/answer", params={"q": CHANGED}).json()
    quotes = soup_of(client, f"/answer?q={CHANGED}").find_all("blockquote")
    assert [quote.get_text() for quote in quotes] == [one["quote"] for one in said["citations"]]
    marked = [mark.get_text() for quote in quotes for mark in quote.find_all("mark")]
    assert any("2017" in mark for mark in marked)
    assert any("onsultation" in mark for mark in marked)


def test_more_from_this_meeting_leads_to_the_documents_of_that_time(client: TestClient) -> None:
    soup = soup_of(client, f"/answer?q={QUESTION}")
    link = soup.select(".go a")[1]
    assert "More from this" in words(link)
    card = link.find_parent("article")
    assert isinstance(card, Tag)
    title = card.select(".source dd")[-2].get_text().split(" (")[0]
    assert title in words(soup_of(client, str(link["href"])).find("table"))


def test_home_offers_the_documents_own_titles(client: TestClient) -> None:
    text = words(soup_of(client, "/").main)
    for document in client.get("/v1/documents").json()["documents"]:
        assert " ".join(document["title"].split()) in text


def test_the_list_says_how_each_date_is_known(client: TestClient) -> None:
    rows = soup_of(client, "/documents").select("tbody tr")
    documents = client.get("/v1/documents").json()["documents"]
    assert len(rows) == len(documents)
    for row, document in zip(rows, documents, strict=True):
        assert " ".join(document["date_basis"].split()) in words(row)


@pytest.mark.parametrize("question", [CHANGED, QUESTION, "Who won the 1998 World Cup final?"])
def test_how_sure_an_answer_is_is_told_with_every_reason(
    client: TestClient, engine: Engine, question: str
) -> None:
    soup = soup_of(client, f"/answer?q={question}")
    told = soup.find("div", class_="sure")
    sure = engine.answer(question).confidence
    assert (told is None) == (sure is None)
    if sure is not None and isinstance(told, Tag):
        assert f"How sure: {sure.level.value}" in words(told)
        said = [words(reason) for reason in told.find_all("li")]
        assert said == [" ".join(reason.split()) for reason in sure.reasons]
