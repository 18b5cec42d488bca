"""What the pages say plainly: orders of the list, doubt, and that nothing was searched."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from fastapi.testclient import TestClient

from search_api.results import AnswerStatus, Level
from search_api.web.words import NO_DOCUMENT, NOT_SURE, OUTCOMES, SEEMS
from tests.search_api.web.test_pages import QUESTION


def soup_of(client: TestClient, path: str) -> BeautifulSoup:
    response = client.get(path, headers={"accept": "text/html"})
    assert response.status_code == 200, response.text
    return BeautifulSoup(response.text, "html.parser")


@pytest.mark.parametrize("sort", ["file", "date", "-date", "title"])
def test_documents_stand_in_the_order_that_was_asked_for(client: TestClient, sort: str) -> None:
    listed = client.get("/v1/documents", params={"sort": sort}).json()["documents"]
    soup = soup_of(client, f"/documents?sort={sort}&from=2014")
    titles = [row.get_text() for row in soup.select("tbody th a")]
    assert titles == [document["title"] for document in listed]
    (chosen,) = soup.select(".orders [aria-current]")
    assert f"sort={sort}" in str(chosen["href"])
    for link in soup.select(".orders a"):
        assert "from=2014" in str(link["href"]), "the filters stay"
    (kept,) = soup.select("form.ask input[name=sort]")
    assert kept["value"] == sort


def test_an_order_that_is_none_is_refused(client: TestClient) -> None:
    response = client.get("/documents?sort=best", headers={"accept": "text/html"})
    assert response.status_code == 422


def test_where_the_filters_leave_nothing_it_is_not_said_that_the_documents_do_not_say(
    client: TestClient,
) -> None:
    main = soup_of(client, f"/answer?q={QUESTION}&to=1990").main
    assert main
    said = main.get_text()
    assert NO_DOCUMENT in said
    assert "Nothing was searched" in said
    assert OUTCOMES[AnswerStatus.NOT_FOUND] not in said


@pytest.mark.parametrize(
    "limits", ["", "&kind=minutes&body=Rutland County Council", "&body=Staffordshire"]
)
def test_an_answer_in_doubt_is_headed_so(client: TestClient, limits: str) -> None:
    answer = client.get(f"/v1/answer?q={QUESTION}{limits}").json()
    heading = soup_of(client, f"/answer?q={QUESTION}{limits}").select_one("#outcome")
    assert heading
    sure = answer["confidence"] and answer["confidence"]["level"]
    plain = OUTCOMES[AnswerStatus(answer["status"])]
    doubtful = {Level.SINGLE_SOURCE: SEEMS, Level.WEAK: NOT_SURE}
    answered = answer["status"] == AnswerStatus.ANSWERED
    assert heading.get_text() == (doubtful.get(sure, plain) if answered else plain)
