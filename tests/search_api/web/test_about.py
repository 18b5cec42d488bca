"""What is said of the collection as a whole."""

from bs4 import BeautifulSoup
from fastapi.testclient import TestClient

from search_api.engine import Engine
from search_api.web.overview import overview_of


def words(client: TestClient, path: str) -> str:
    response = client.get(path, headers={"accept": "text/html"})
    assert response.status_code == 200
    main = BeautifulSoup(response.text, "html.parser").main
    assert main
    return " ".join(main.get_text(" ").split())


def test_the_collection_says_what_it_holds_and_lacks(client: TestClient) -> None:
    said = words(client, "/about")
    documents = client.get("/v1/documents").json()
    assert documents["index"]["build"] in said
    assert "minutes: 4, slides: 1" in said
    assert "UTC" in said
    for document in documents["documents"]:
        assert document["body"] in said
    assert "Every file in the folder could be read." in said
    assert "Each document has a date." in said
    assert "Each document says which organisation it is from." in said


def test_the_years_are_drawn_and_said(client: TestClient) -> None:
    text = client.get("/about", headers={"accept": "text/html"}).text
    soup = BeautifulSoup(text, "html.parser")
    title = soup.select_one("svg title")
    assert title
    assert title.get_text() == "Documents by year: 2014: 1, 2016: 3, 2018: 1"
    assert len(soup.select("svg rect")) == 3
    for link in soup.select("section[aria-labelledby=years] a"):
        listed = words(client, str(link["href"]))
        assert "of 5 documents" in listed


def test_holders_lead_to_their_documents(client: TestClient) -> None:
    soup = BeautifulSoup(client.get("/about").text, "html.parser")
    for row in soup.select("tbody tr"):
        link = row.find("a")
        assert link
        listed = client.get(str(link["href"]))
        count = BeautifulSoup(listed.text, "html.parser").select("tbody tr")
        assert len(count) == int(str(row.find_all("td")[0].contents[0]))


def test_the_overview_is_gathered_once_for_a_build(client: TestClient, engine: Engine) -> None:
    client.get("/")
    first = client.app.state.overview  # type: ignore[attr-defined]
    client.get("/documents")
    assert client.app.state.overview is first  # type: ignore[attr-defined]
    assert overview_of(engine) == first


def test_the_accessibility_statement_is_honest_about_its_limits(client: TestClient) -> None:
    said = words(client, "/accessibility")
    for part in ("WCAG", "2.2", "no independent audit", "What may not work well"):
        assert part in said
