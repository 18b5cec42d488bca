"""Whatever goes wrong, programs get one shape, people get a page, and nobody gets a traceback."""

import json
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from fastapi.testclient import TestClient
from httpx2 import Response

from indexer.errors import (
    IndexDamagedError,
    IndexNotReadyError,
    MinutebookError,
    ModelMismatchError,
)
from search_api.app import create_app
from search_api.builds import KeptBuild
from search_api.engine import Engine
from tests.search_api.web.served import copied_corpus

SHAPE = {"type", "title", "status", "detail", "remedy", "instance"}
PERSON = {"accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


class Broken:
    """An index that cannot be opened."""

    def __init__(self, error: Exception) -> None:
        self.error = error

    def engine(self) -> AbstractContextManager[Engine]:
        raise self.error

    def builds(self) -> list[KeptBuild]:
        raise self.error

    def close(self) -> None:
        pass


def problem(response: Response) -> dict[str, str]:
    assert response.headers["content-type"] == "application/problem+json"
    said: dict[str, str] = response.json()
    assert set(said) == SHAPE
    assert int(said["status"]) == response.status_code
    assert said["detail"]
    assert said["remedy"]
    assert "Traceback" not in response.text
    return said


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        ("/v1/search", 422, "“q” is missing"),
        ("/v1/search?q=", 422, ""),
        ("/v1/search?q=%20", 422, ""),
        ("/v1/answer?q=", 422, ""),
        ("/v1/search?q=x&colour=red", 422, "“colour” is not known here"),
        ("/v1/search?q=x&from_=2016", 422, "“from_” is not known here"),
        ("/v1/search?q=x&k=0", 422, "“k” must be"),
        ("/v1/search?q=x&k=101", 422, "“k” must be"),
        ("/v1/search?q=x&k=many", 422, "“k” must be a whole number"),
        ("/v1/search?q=x&offset=-1", 422, "“offset” must be"),
        ("/v1/search?q=x&kind=novel", 422, "“kind” must be 'minutes'"),
        ("/v1/search?q=x&role=hero", 422, "“role” must be"),
        ("/v1/search?q=x&body=", 422, "“body” is empty"),
        ("/v1/search?q=x&from=whenever", 422, "“from”"),
        ("/v1/answer?q=x&offset=1", 422, "“offset” is not known here"),
        ("/v1/answer?q=x&as_of=2016-13", 422, "“as_of”"),
        ("/v1/documents?q=x", 422, "“q” is not known here"),
        ("/v1/documents/none", 404, "none"),
        ("/v1/documents/none/text", 404, "none"),
        ("/v1/documents/none/file", 404, "none"),
        ("/v1/documents/none?x=1", 422, "“x” is not known here"),
        ("/v1/passages/none", 404, "none"),
        ("/v1/nowhere", 404, "/v1/nowhere"),
        ("/nowhere", 404, "/nowhere"),
        ("/documents/none", 404, "not in the collection now"),
        ("/healthz?x=1", 422, "“x”"),
        ("/static/nothing.css", 404, ""),
        ("/static/../app.py", 404, ""),
    ],
)
def test_every_error_has_one_shape(client: TestClient, path: str, status: int, said: str) -> None:
    response = client.get(path)
    found = problem(response)
    assert response.status_code == status
    assert said in found["detail"]


def test_what_is_allowed_is_named(client: TestClient) -> None:
    said = problem(client.get("/v1/search?q=x&colour=red"))
    for name in ("q", "k", "offset", "body", "from", "to", "as_of"):
        assert name in said["remedy"].removesuffix(".").replace(":", ",").split(", ")


@pytest.mark.parametrize("route", ["/v1/search", "/v1/answer"])
def test_a_question_that_is_too_long_is_refused_in_plain_words(
    client: TestClient, route: str
) -> None:
    said = problem(client.get(route, params={"q": "why " * 2500}))
    assert "2,000" in said["detail"] + said["remedy"]
    problem(client.post(route, json={"q": "why " * 2500}))


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ('{"q": "x", "colour": "red"}', "“colour” is not known here"),
        ("{", "not JSON"),
        ("[]", "JSON object"),
        ('{"q": 3}', "“q” must be"),
        ('{"k": 3}', "“q” is missing"),
        ("", ""),
    ],
)
def test_a_bad_body_is_refused(client: TestClient, body: str, said: str) -> None:
    headers = {"content-type": "application/json"}
    response = client.post("/v1/search", content=body, headers=headers)
    assert response.status_code == 422
    assert said in problem(response)["detail"]


def test_a_body_does_not_excuse_unknown_parameters(client: TestClient) -> None:
    assert client.post("/v1/search?k=3", json={"q": "x"}).status_code == 422


def test_a_method_that_is_not_allowed_is_said_to_be(client: TestClient) -> None:
    response = client.delete("/v1/search")
    assert response.status_code == 405
    assert response.headers["allow"] == "GET, POST"
    assert client.post("/v1/documents").headers["allow"] == "GET"
    problem(response)


@pytest.mark.parametrize(
    ("error", "name"),
    [
        (IndexNotReadyError("No index.", "Build one."), "index-not-ready"),
        (IndexDamagedError("It is damaged.", "Build it again."), "index-damaged"),
        (ModelMismatchError("Another model.", "Build it again."), "model-mismatch"),
    ],
)
def test_an_index_that_cannot_be_used(error: MinutebookError, name: str) -> None:
    with TestClient(create_app(Path("none"), live=Broken(error))) as client:
        assert client.get("/healthz").status_code == 200
        for path in ("/readyz", "/v1/search?q=x", "/v1/documents", "/"):
            response = client.get(path)
            assert response.status_code == 503
            assert response.headers["retry-after"]
            said = problem(response)
            assert said["type"] == f"urn:minutebook:problem:{name}"
            assert (said["detail"], said["remedy"]) == (error.what, error.remedy)


def test_no_index_yet_is_said_with_the_remedy(tmp_path: Path) -> None:
    with TestClient(create_app(tmp_path / "index")) as client:
        assert "index" in problem(client.get("/readyz"))["remedy"]


def test_an_unforeseen_error_shows_nothing_of_our_insides() -> None:
    app = create_app(Path("none"), live=Broken(ZeroDivisionError("a secret")))
    with TestClient(app, raise_server_exceptions=False) as client:
        response = client.get("/readyz")
        assert response.status_code == 500
        assert "secret" not in response.text
        assert "ZeroDivision" not in response.text
        assert response.headers["x-content-type-options"] == "nosniff"
        problem(response)
        page = client.get("/", headers=PERSON)
        assert page.status_code == 500
        assert "Try again" in page.text


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        ("/answer?q=x&from=whenever", 422, "“whenever” cannot be read as a date"),
        ("/answer", 422, "question"),
        ("/nowhere", 404, "Check the address"),
        ("/documents/none", 404, "What to do"),
        ("/documents/none/original", 404, "What to do"),
        ("/search?q=x&colour=red", 422, "“colour” is not known here"),
    ],
)
def test_people_get_a_page_with_the_remedy(
    client: TestClient, path: str, status: int, said: str
) -> None:
    response = client.get(path, headers=PERSON)
    assert response.status_code == status
    assert response.headers["content-type"].startswith("text/html")
    assert said in response.text
    assert 'href="/"' in response.text


def test_the_api_speaks_one_language_to_everyone(client: TestClient) -> None:
    problem(client.get("/v1/search", headers=PERSON))


def test_a_file_that_changed_or_went_is_not_sent(tmp_path: Path, index: Path) -> None:
    corpus = copied_corpus(tmp_path)
    with TestClient(create_app(index, corpus=corpus)) as client:
        first, second, *_ = client.get("/v1/documents").json()["documents"]
        address = f"/v1/documents/{first['id']}/file"
        assert client.get(address).status_code == 200
        with (corpus / first["file"]).open("a") as file:
            file.write("!")
        assert "changed" in problem(client.get(address))["detail"]
        (corpus / second["file"]).unlink()
        assert (
            "not in the corpus"
            in problem(client.get(f"/v1/documents/{second['id']}/file"))["detail"]
        )


def test_a_link_out_of_the_corpus_is_not_followed(tmp_path: Path, index: Path) -> None:
    corpus = copied_corpus(tmp_path)
    with TestClient(create_app(index, corpus=corpus)) as client:
        document = client.get("/v1/documents").json()["documents"][0]
        inside = corpus / document["file"]
        outside = inside.rename(tmp_path / "outside.txt")
        inside.symlink_to(outside)
        problem(client.get(f"/v1/documents/{document['id']}/file"))


def test_without_a_corpus_no_files_are_offered(index: Path) -> None:
    with TestClient(create_app(index)) as client:
        document = client.get("/v1/documents").json()["documents"][0]
        problem(client.get(f"/v1/documents/{document['id']}/file"))
        page = client.get(f"/documents/{document['id']}", headers=PERSON).text
        assert "/original" not in page


@pytest.mark.parametrize(
    ("parameters", "remedy"),
    [
        ({"q": "x", "k": 0}, "Change that, and ask again."),
        ({"q": "x", "colour": "red"}, "The names are: body, area, "),
        ({"k": 3}, "The names are: body, area, "),
    ],
)
def test_the_remedy_is_of_what_is_wrong(
    client: TestClient, parameters: dict[str, str | int], remedy: str
) -> None:
    assert problem(client.get("/v1/search", params=parameters))["remedy"].startswith(remedy)


def test_a_wrong_filter_of_one_among_many_is_told_the_names_of_filters(client: TestClient) -> None:
    asked = {"questions": [{"question": "beds", "filters": {"colour": "red"}}, "beds"]}
    first, second = client.post("/v1/answer", json=asked).text.splitlines()
    assert "“filters.colour” is not known here" in first
    assert "The names are: body, area, committee, kind, role, from, to, as_of." in first
    assert json.loads(second)["status"]


def test_a_person_at_a_wrong_address_reads_no_words_of_programs(client: TestClient) -> None:
    response = client.get("/nowhere", headers={"accept": "text/html"})
    assert response.status_code == 404
    assert "There is no such page" in response.text
    main = response.text.split("<main")[1].split("</main>")[0]
    assert "GET" not in main
    assert "openapi" not in main


def test_a_date_that_cannot_be_read_is_marked_where_it_was_typed(client: TestClient) -> None:
    client.get("/")  # from then on it is known what can be chosen
    address = "/answer?q=plan&body=Leicester+City+Council&from=zz&to=2016"
    page = BeautifulSoup(client.get(address, headers=PERSON).text, "html.parser")
    wrong, right = page.find(id="f-from"), page.find(id="f-to")
    assert wrong is not None
    assert right is not None
    assert wrong["aria-invalid"] == "true"
    assert right.get("aria-invalid") is None
    said = page.find(id=str(wrong["aria-describedby"]).split()[0])
    assert said is not None
    assert "“zz” cannot be read as a date" in said.get_text()
    assert page.find("input", value="Rutland County Council")
    assert not page.find("input", value="letter")
