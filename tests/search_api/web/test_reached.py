"""How an answer was reached, and bodies that differ, as the pages show them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from bs4 import BeautifulSoup, Tag
from fastapi.testclient import TestClient

from search_api.app import create_app
from tests.search_api.web.councils import EASTLEY, NORTHAM, QUESTION, councils_index
from tests.search_api.web.marks import marks_of


@pytest.fixture(scope="module")
def councils() -> Iterator[TestClient]:
    with TestClient(create_app(councils_index())) as client:
        yield client


def main_of(client: TestClient, path: str, **asked: str) -> Tag:
    response = client.get(path, params=asked, headers={"accept": "text/html"})
    assert response.status_code == 200, response.text
    main = BeautifulSoup(response.text, "html.parser").main
    assert main is not None
    return main


def words(tag: Tag | None) -> str:
    assert tag is not None
    return " ".join(tag.get_text(" ").split())


def test_bodies_that_differ_stand_side_by_side_each_with_its_date_and_words(
    councils: TestClient,
) -> None:
    said = councils.get("/v1/answer", params={"q": QUESTION}).json()
    assert said["status"] == "disputed"
    live = [version for version in said["timeline"] if not version["superseded"]]
    main = main_of(councils, "/answer", q=QUESTION)
    shown = main.select(".sides .side")
    assert [words(side.h2) for side in shown] == [version["body"] for version in live]
    assert {words(side.h2) for side in shown} == {NORTHAM, EASTLEY}
    quotes = [side.blockquote.get_text() if side.blockquote else "" for side in shown]
    assert quotes == [version["statement"] for version in live]
    assert ["23 May 2016" in words(side) for side in shown] == [True, False]


def test_every_quotation_of_a_version_is_a_link(councils: TestClient) -> None:
    said = councils.get("/v1/answer", params={"q": QUESTION}).json()
    main = main_of(councils, "/answer", q=QUESTION)
    [twice] = [side for side in main.select(".side") if NORTHAM in words(side)]
    assert "Said 2 times" in words(twice)
    for version, row in zip(said["timeline"], main.select(".timeline li"), strict=True):
        links = [str(link["href"]) for link in row.select("a")]
        assert links == [f"#quotation-{n}" for n in version["citations"]]
        assert all(main.find(id=link[1:]) for link in links)
        assert "Presented to the meeting" in words(row)


@pytest.mark.parametrize("path", ["/answer", "/search"])
def test_the_way_to_a_result_is_told_where_it_is_asked_for(councils: TestClient, path: str) -> None:
    plain = main_of(councils, path, q=QUESTION)
    assert plain.find(id="reached") is None
    [link] = [one for one in plain.select("a") if "reached" in one.get_text()]
    told = main_of(councils, str(link["href"]).split("?")[0], q=QUESTION, explain="true")
    api = councils.get(f"/v1{path}", params={"q": QUESTION, "explain": True}).json()["explanation"]
    shown = told.find(id="reached")
    assert isinstance(shown, Tag)
    text = words(shown)
    assert api["limits"] in text
    assert api["verdict"] in text
    lists = shown.select("details ol.played")
    assert [len(each.find_all("li")) for each in lists] == [
        len(each) for each in (api["candidates"], api["statements"]) if each
    ]
    outcomes = [row.strong.get_text() for row in lists[0].find_all("li") if row.strong]
    expected = [one["outcome"] for one in api["candidates"]]
    assert [one.rstrip(".").lower() for one in outcomes] == [one.lower() for one in expected]
    assert "None" not in text


def test_a_weighed_sentence_leads_to_its_very_words(councils: TestClient) -> None:
    told = main_of(councils, "/answer", q=QUESTION, explain="true")
    api = councils.get("/v1/answer", params={"q": QUESTION, "explain": True}).json()
    links = [str(link["href"]) for link in told.select("#reached ol")[1].select("a")]
    for link, one in zip(links, api["explanation"]["statements"], strict=True):
        assert marks_of(councils.get(link).text) == (one["text"], 1)


def test_links_of_an_explained_page_lead_on(councils: TestClient) -> None:
    for question in (QUESTION, "Who won the 1998 World Cup final?"):
        told = main_of(councils, "/answer", q=question, explain="true", to="2017")
        for link in told.select("a[href^='/']"):
            assert councils.get(str(link["href"])).status_code == 200, link


def test_a_flag_is_true_or_false(councils: TestClient) -> None:
    wrong = councils.get("/answer", params={"q": QUESTION, "explain": "perhaps"})
    assert wrong.status_code == 422
    assert "true or false" in wrong.text
