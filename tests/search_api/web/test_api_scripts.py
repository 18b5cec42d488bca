"""What scripts rely on beyond question and answer: pages, facets, fields, tags, bulk, builds."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import httpx2 as httpx
import pytest
from fastapi.testclient import TestClient

from search_api.limits import LONGEST_BODY
from search_api.wire.requests import MOST_QUESTIONS
from tests.search_api.web.served import running
from tests.search_api.web.test_problems import problem

QUESTION = "When is the Sustainability and Transformation Plan expected to be approved?"
NOWHERE = "Who won the 1998 World Cup final?"


def lines(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


@pytest.mark.parametrize("sort", ["file", "date", "-date", "title"])
def test_pages_make_up_the_whole_list(client: TestClient, sort: str) -> None:
    whole = client.get("/v1/documents", params={"sort": sort}).json()
    assert whole["next"] is None
    found, cursor = [], None
    while True:
        asked = {"sort": sort, "limit": "2"} | ({"cursor": cursor} if cursor else {})
        response = client.get("/v1/documents", params=asked)
        page = response.json()
        assert page["total"] == whole["total"]
        found += page["documents"]
        cursor = page["next"]
        if cursor is None:
            assert "link" not in response.headers
            break
        assert len(page["documents"]) == 2
        address = response.headers["link"].removeprefix("<").removesuffix('>; rel="next"')
        assert client.get(address).json()["documents"][0] not in found
    assert found == whole["documents"]


def test_the_orders_are_what_they_say(client: TestClient) -> None:
    def listed(sort: str, field: str) -> list[str]:
        documents = client.get("/v1/documents", params={"sort": sort}).json()["documents"]
        return [document[field] for document in documents]

    assert listed("file", "file") == sorted(listed("file", "file"))
    assert listed("title", "title") == sorted(listed("title", "title"), key=str.casefold)
    years = [date[:4] for date in listed("date", "date") if date]
    assert years == sorted(years)
    assert [date[:4] for date in listed("-date", "date") if date] == sorted(years, reverse=True)


@pytest.mark.parametrize("cursor", ["x", "", "_____", "W10", "WyJ4Il0"])
def test_a_cursor_that_leads_nowhere_is_not_found(client: TestClient, cursor: str) -> None:
    response = client.get("/v1/documents", params={"cursor": cursor})
    assert response.status_code == 404
    assert "cursor" in problem(response)["detail"]


def test_a_cursor_belongs_to_its_list(client: TestClient) -> None:
    cursor = client.get("/v1/documents", params={"limit": 1}).json()["next"]
    for other in ({"kind": "minutes"}, {"sort": "title"}):
        response = client.get("/v1/documents", params={"cursor": cursor, **other})
        assert response.status_code == 404


@pytest.mark.parametrize("asked", ["true", "body,area,committee,kind,role,year"])
def test_facets_count_what_the_search_leaves(client: TestClient, asked: str) -> None:
    said = client.get("/v1/search", params={"q": QUESTION, "facets": asked}).json()
    assert set(said["facets"]) == {"body", "area", "committee", "kind", "role", "year"}
    for name in ("body", "area", "committee", "kind", "role"):
        assert sum(each["passages"] for each in said["facets"][name]) == said["total"]
    assert client.get("/v1/search", params={"q": QUESTION}).json()["facets"] is None


def test_a_facet_heeds_the_filters_on_the_other_fields(client: TestClient) -> None:
    asked = {"q": QUESTION, "kind": "slides", "facets": ["kind", "role"]}
    said = client.post("/v1/search", json=asked).json()
    assert {each["value"] for each in said["facets"]["role"]} == {"slide"}
    assert len(said["facets"]["kind"]) > 1
    for each in said["facets"]["kind"]:
        chosen = client.get("/v1/search", params={"q": QUESTION, "kind": each["value"]}).json()
        assert chosen["total"] == each["passages"]


def test_only_the_fields_that_were_chosen_come(client: TestClient) -> None:
    fields = "hits.rank,hits.document.title,total"
    said = client.get("/v1/search", params={"q": QUESTION, "k": 2, "fields": fields}).json()
    assert set(said) == {"hits", "total", "index"}
    assert all(set(hit) == {"rank", "document"} for hit in said["hits"])
    assert all(set(hit["document"]) == {"title"} for hit in said["hits"])
    whole = client.post("/v1/search", json={"q": QUESTION, "fields": ["hits", "hits.rank"]}).json()
    assert len(whole["hits"][0]) > 5
    answered = client.post("/v1/answer", json={"q": QUESTION, "fields": ["citations.quote"]})
    assert {tuple(citation) for citation in answered.json()["citations"]} == {("quote",)}
    listed = client.get("/v1/documents", params={"fields": ["documents.id", "next"]}).json()
    assert set(listed) == {"documents", "next", "index"}


@pytest.mark.parametrize("asked", ["fields=hits.colour", "fields=", "facets=colour", "k=1&k=2"])
def test_what_cannot_be_chosen_is_refused(client: TestClient, asked: str) -> None:
    response = client.get(f"/v1/search?q=x&{asked}")
    assert response.status_code == 422
    problem(response)


@pytest.mark.parametrize(
    "path",
    [
        "/v1/search?q=plan",
        "/v1/answer?q=plan",
        "/v1/documents",
        "/v1/builds",
        "one",
        "text",
        "file",
    ],
)
def test_what_has_not_changed_is_not_sent_again(client: TestClient, path: str) -> None:
    document = client.get("/v1/documents").json()["documents"][0]["id"]
    own = {"one": "", "text": "/text", "file": "/file"}
    address = f"/v1/documents/{document}{own[path]}" if path in own else path
    first = client.get(address)
    tag = first.headers["etag"]
    assert "no-cache" in first.headers["cache-control"]
    for known in (tag, f'"other", {tag}', tag.removeprefix("W/"), "*"):
        again = client.get(address, headers={"If-None-Match": known})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == tag
        assert again.headers["minutebook-build"] == first.headers["minutebook-build"]
    assert client.get(address, headers={"If-None-Match": '"other"'}).content == first.content or (
        "took_ms" in first.text
    )


def test_another_question_has_another_tag(client: TestClient) -> None:
    tags = {client.get(f"/v1/search?q={q}").headers["etag"] for q in ("plan", "budget")}
    assert len(tags) == 2
    assert client.get("/v1/search?q=", headers={"If-None-Match": tags.pop()}).status_code == 422
    assert "etag" not in client.get("/v1/documents/none").headers


def test_responses_are_compressed_where_the_caller_can_read_it(client: TestClient) -> None:
    plain = client.get("/v1/documents", headers={"accept-encoding": "identity"})
    packed = client.get("/v1/documents", headers={"accept-encoding": "gzip"})
    assert packed.headers["content-encoding"] == "gzip"
    assert int(packed.headers["content-length"]) < len(plain.content) / 2
    assert packed.json() == plain.json()


def test_every_response_names_build_and_model(client: TestClient) -> None:
    index = client.get("/readyz").json()["index"]
    document = client.get("/v1/documents").json()["documents"][0]["id"]
    passage = client.get("/v1/search?q=plan").json()["hits"][0]["passage"]["id"]
    for path in (
        "/v1/search?q=plan",
        "/v1/search?q=plan&fields=total",
        "/v1/answer?q=plan",
        "/v1/documents",
        f"/v1/documents/{document}",
        f"/v1/documents/{document}/text",
        f"/v1/passages/{passage}",
        "/v1/builds",
    ):
        response = client.get(path)
        assert response.headers["minutebook-build"] == index["build"]
        assert response.headers["minutebook-model"] == index["model"]
        if path != f"/v1/documents/{document}":
            assert response.json()["index"] == index


def test_the_builds_are_listed(client: TestClient) -> None:
    said = client.get("/v1/builds").json()
    assert [build["current"] for build in said["builds"]] == [True]
    (build,) = said["builds"]
    assert build["build"] == said["index"]["build"]
    assert build["passages"] == said["index"]["passages"]
    assert build["built"].startswith("20")
    assert build["model_fingerprint"]


def test_many_questions_get_a_line_each_in_their_order(client: TestClient) -> None:
    asked: dict[str, Any] = {
        "questions": [
            QUESTION,
            {"id": "bad", "colour": "red"},
            {"id": "none", "question": NOWHERE},
            {"id": "when", "question": QUESTION, "as_of": "whenever"},
            17,
            {"id": "slides", "question": QUESTION, "filters": {"kind": "slides"}},
            {"id": "long", "question": "why " * 2000},
        ],
        "k": 2,
        "kind": "minutes",
    }
    response = client.post("/v1/answer", json=asked)
    assert response.headers["content-type"].startswith("application/jsonl")
    said = lines(response.text)
    assert [line["id"] for line in said] == [1, "bad", "none", "when", 5, "slides", "long"]
    assert [line["line"] for line in said if "error" in line] == [2, 4, 5, 7]
    assert all(line["remedy"] for line in said if "error" in line)
    assert {line["index"]["build"] for line in said} == {response.headers["minutebook-build"]}
    alone = client.post("/v1/answer", json={"q": QUESTION, "k": 2, "kind": "minutes"}).json()
    assert said[0] | {"took_ms": 0} == {"id": 1} | alone | {"took_ms": 0}
    assert said[2]["status"] == "not_found"
    assert {hit["document"]["kind"] for hit in said[5]["hits"]} == {"slides"}


def test_many_answers_can_be_cut_to_some_fields(client: TestClient) -> None:
    response = client.post("/v1/answer", json={"questions": [NOWHERE], "fields": "status"})
    (line,) = lines(response.text)
    assert set(line) == {"id", "status", "index"}


@pytest.mark.parametrize(
    "asked",
    [
        {"questions": []},
        {"questions": "x"},
        {"questions": ["x"] * (MOST_QUESTIONS + 1)},
        {"questions": ["x"], "q": "x"},
        {"questions": ["x"], "from": "whenever"},
    ],
)
def test_a_bulk_request_that_is_none_is_refused_whole(
    client: TestClient, asked: dict[str, Any]
) -> None:
    response = client.post("/v1/answer", json=asked)
    assert response.status_code == 422
    problem(response)


def test_a_body_that_is_too_long_is_refused(client: TestClient) -> None:
    response = client.post("/v1/answer", json={"q": "x" * LONGEST_BODY})
    assert response.status_code == 413
    assert "fewer questions" in problem(response)["remedy"]
    streamed = client.post(
        "/v1/answer",
        content=(b" " * 65536 for _ in range(20)),
        headers={"content-type": "application/json"},
    )
    assert streamed.status_code == 413
    problem(streamed)


def test_a_body_nested_beyond_reason_is_refused(client: TestClient) -> None:
    response = client.post(
        "/v1/search", content="[" * 100_000, headers={"content-type": "application/json"}
    )
    assert response.status_code in (400, 422)
    problem(response)


def test_lines_come_as_they_are_found_and_work_ends_with_the_client(index: Path) -> None:
    with running(index) as (at, _), httpx.Client(base_url=at, timeout=60) as client:
        asked = {"questions": [f"{QUESTION} {n}" for n in range(MOST_QUESTIONS)], "k": 1}
        began = time.monotonic()
        with client.stream("POST", "/v1/answer", json=asked) as response:
            first = json.loads(next(response.iter_lines()))
        assert first["id"] == 1
        patience = began + 60
        while 'route="/v1/answer"' not in (counted := client.get("/metrics").text):
            assert time.monotonic() < patience, counted
            time.sleep(0.1)
        taken = next(
            float(line.split()[-1])
            for line in counted.splitlines()
            if line.startswith('minutebook_request_seconds_sum{route="/v1/answer"}')
        )
        assert taken < MOST_QUESTIONS * first["took_ms"] / 1000 / 4
