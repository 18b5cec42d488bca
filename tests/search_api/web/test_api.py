"""Every address of the API, over the real index."""

import hashlib
import json

import pytest
from fastapi.testclient import TestClient

from tests.search_api.web.served import CORPUS, offered_by

Asked = dict[str, str | int | list[str]]

QUESTION = "When is the Sustainability and Transformation Plan expected to be approved?"
SEARCH = set("query hits total acronyms filters index took_ms".split())
ANSWER = set("question status answer as_of citations timeline hits acronyms index took_ms".split())


def test_a_search_gives_k_hits_best_first(client: TestClient) -> None:
    said = client.get("/v1/search", params={"q": QUESTION, "k": 7}).json()
    assert set(said) >= SEARCH
    assert [hit["rank"] for hit in said["hits"]] == [1, 2, 3, 4, 5, 6, 7]
    scores = [hit["score"] for hit in said["hits"]]
    assert scores == sorted(scores, reverse=True)


def test_every_passage_is_the_text_of_its_document(client: TestClient) -> None:
    for hit in client.get("/v1/search", params={"q": QUESTION, "k": 20}).json()["hits"]:
        passage = hit["passage"]
        text = client.get(f"/v1/documents/{passage['document_id']}/text").json()["text"]
        assert text[passage["start"] : passage["end"]] == passage["text"]
        alone = client.get(f"/v1/passages/{passage['id']}").json()
        assert alone["passage"] == passage
        assert alone["document"] == hit["document"]


def test_an_answer_quotes_the_record(client: TestClient) -> None:
    said = client.get("/v1/answer", params={"q": QUESTION}).json()
    assert set(said) >= ANSWER
    assert said["status"] in ("answered", "changed", "disputed")
    assert said["citations"]
    for citation in said["citations"]:
        text = client.get(f"/v1/documents/{citation['document']['id']}/text").json()["text"]
        assert text[citation["start"] : citation["end"]] == citation["quote"]
        assert client.get(citation["link"]).status_code == 200


def test_what_the_record_does_not_say_is_not_found(client: TestClient) -> None:
    said = client.get("/v1/answer", params={"q": "Who won the 1998 World Cup final?"}).json()
    assert (said["status"], said["answer"], said["citations"]) == ("not_found", None, [])
    assert said["hits"]
    assert said["reason"]


@pytest.mark.parametrize("route", ["search", "answer"])
def test_post_says_the_same_as_get(client: TestClient, route: str) -> None:
    asked: Asked = {"q": QUESTION, "k": 3, "kind": ["minutes"], "from": "2014", "as_of": "2018"}
    got = client.get(f"/v1/{route}", params=asked).json()
    posted = client.post(f"/v1/{route}", json=asked).json()
    assert got | {"took_ms": 0} == posted | {"took_ms": 0}
    assert got["filters"]["from"] == "2014"


def test_one_value_may_stand_for_a_list(client: TestClient) -> None:
    said = client.post("/v1/search", json={"q": QUESTION, "kind": "slides"}).json()
    assert {hit["document"]["kind"] for hit in said["hits"]} == {"slides"}


def test_offset_goes_on_where_the_last_page_ended(client: TestClient) -> None:
    whole = client.get("/v1/search", params={"q": QUESTION, "k": 8}).json()["hits"]
    rest = client.get("/v1/search", params={"q": QUESTION, "k": 4, "offset": 4}).json()["hits"]
    assert [hit["passage"]["id"] for hit in rest] == [h["passage"]["id"] for h in whole[4:]]
    assert [hit["rank"] for hit in rest] == [5, 6, 7, 8]


def test_filters_of_one_field_are_alternatives_and_fields_add_up(client: TestClient) -> None:
    bodies = ["rutland county council", "staffordshire"]
    asked: Asked = {"q": QUESTION, "k": 50, "body": bodies, "to": "2017"}
    hits = client.get("/v1/search", params=asked).json()["hits"]
    assert {hit["document"]["body"] for hit in hits} == {"Staffordshire County Council"}


def test_the_documents_are_listed_and_filtered(client: TestClient) -> None:
    said = client.get("/v1/documents").json()
    assert said["total"] == len(said["documents"]) == said["index"]["documents"] == 5
    slides = client.get("/v1/documents", params={"kind": "slides"}).json()["documents"]
    assert [document["date"] for document in slides] == ["2016-09-13"]
    one = slides[0]
    assert client.get(f"/v1/documents/{one['id']}").json() == one


def test_the_original_file_is_the_one_that_was_indexed(client: TestClient) -> None:
    for document in client.get("/v1/documents").json()["documents"]:
        response = client.get(f"/v1/documents/{document['id']}/file")
        assert response.content == (CORPUS / document["file"]).read_bytes()
        assert hashlib.sha256(response.content).hexdigest() == document["sha256"]
        assert response.headers["content-type"].startswith(document["media_type"])


def test_it_is_alive_and_ready(client: TestClient) -> None:
    assert client.get("/healthz").json() == {"status": "alive"}
    ready = client.get("/readyz")
    assert ready.json()["status"] == "ready"
    assert ready.headers["minutebook-build"] == ready.json()["index"]["build"]


def test_requests_are_counted_by_route_and_not_by_question(client: TestClient) -> None:
    client.get("/v1/search", params={"q": "a secret question"})
    client.request("INVENTED", "/v1/search")
    response = client.get("/metrics")
    assert response.headers["content-type"].startswith("text/plain; version=0.0.4")
    assert (
        'minutebook_requests_total{method="GET",route="/v1/search",status="200"}' in response.text
    )
    assert 'method="other"' in response.text
    assert "secret" not in response.text


def test_every_response_says_what_a_browser_may_do(client: TestClient) -> None:
    for path in ("/", "/healthz", "/v1/nowhere", "/static/minutebook.js", "/v1/documents"):
        headers = client.get(path).headers
        assert headers["content-security-policy"].startswith("default-src 'none'; ")
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"


def test_the_head_of_a_response_can_be_asked_for(client: TestClient) -> None:
    client.get("/")
    offered_by(client).wait(60)
    for path in ("/", "/healthz", "/v1/documents", "/static/minutebook.js"):
        head, whole = client.head(path), client.get(path)
        assert head.status_code == 200
        assert head.content == b""
        assert head.headers["content-length"] == whole.headers["content-length"]


def test_the_description_is_complete(client: TestClient) -> None:
    described = client.get("/openapi.json").json()
    assert described["openapi"].startswith("3.1.")
    assert {
        "/v1/search",
        "/v1/answer",
        "/v1/documents",
        "/v1/documents/{document_id}",
        "/v1/documents/{document_id}/text",
        "/v1/documents/{document_id}/file",
        "/v1/passages/{passage_id}",
        "/v1/builds",
        "/v1/files",
        "/healthz",
        "/readyz",
        "/metrics",
    } == set(described["paths"])
    for path, methods in described["paths"].items():
        for method, operation in methods.items():
            assert operation["summary"], path
            assert operation["description"], path
            for parameter in operation.get("parameters", []):
                if parameter["in"] == "query":
                    assert parameter["description"], (path, method, parameter)
            for response in operation["responses"].values():
                assert response["description"]
    assert "HTTPValidationError" not in json.dumps(described)


def test_every_reference_of_the_description_leads_somewhere(client: TestClient) -> None:
    described = client.get("/openapi.json").json()
    schemas = described["components"]["schemas"]

    def references(node: object) -> list[str]:
        if isinstance(node, dict):
            own = [node["$ref"]] if isinstance(node.get("$ref"), str) else []
            return own + [one for value in node.values() for one in references(value)]
        if isinstance(node, list):
            return [one for value in node for one in references(value)]
        return []

    found = references(described)
    assert found
    assert {one.removeprefix("#/components/schemas/") for one in found} <= set(schemas)


def test_no_page_loads_a_script_from_another_machine(client: TestClient) -> None:
    assert client.get("/docs").status_code == 404
    assert client.get("/redoc").status_code == 404
