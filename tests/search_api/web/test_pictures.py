"""Pictures of PDF pages: the right page, the quotation outlined, drawn apart and within limits."""

import threading
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from PIL import Image, ImageChops
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from indexer.build import build_index
from indexer.errors import NotFoundError
from indexer.model import Page, Span
from search_api.app import create_app
from search_api.web import pictures
from search_api.web.pictures import Pictures, quote_on
from tests.search_api.web.test_notes import DOCUMENT

AGREED = "The Board agreed that the plan be noted and that officers report back in May."
LINES = [
    "Health and Wellbeing Board",
    "Minutes of the meeting held on 13 September 2016",
    "1. Sustainability and Transformation Plan",
    AGREED,
    "2. Any other business",
    "There was none, and the meeting closed at four in the afternoon.",
]


def a_pdf(path: Path, pages: int = 2) -> Path:
    canvas = Canvas(str(path), pagesize=A4, invariant=True)
    for number in range(pages):
        for place, line in enumerate(LINES):
            canvas.drawString(72, 760 - 30 * place, line if number else f"{line} ")
        canvas.showPage()
    canvas.save()
    return path


def washed(picture: bytes) -> tuple[int, int, int, int] | None:
    """Return the bounds of what is yellow in a picture."""
    image = Image.open(BytesIO(picture)).convert("RGB")
    red, _, blue = image.split()
    mask = ImageChops.subtract(red, blue).point(lambda value: 255 if value > 60 else 0)
    return mask.getbbox()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    folder = tmp_path_factory.mktemp("pdf")
    corpus, index = folder / "corpus", folder / "index"
    corpus.mkdir()
    a_pdf(corpus / "minutes.pdf")
    build_index(corpus, index)
    with TestClient(create_app(index, corpus=corpus)) as client:
        yield client


def test_the_viewer_shows_each_pages_picture(site: TestClient) -> None:
    [document] = site.get("/v1/documents").json()["documents"]
    text = site.get(f"/v1/documents/{document['id']}/text").json()["text"]
    start = text.index(AGREED)
    page = site.get(f"/documents/{document['id']}?start={start}&end={start + len(AGREED)}")
    address = f"/documents/{document['id']}/pages/1.webp?start={start}&amp;end="
    assert f'src="{address}{start + len(AGREED)}"' in page.text
    assert f'src="/documents/{document["id"]}/pages/2.webp"' in page.text
    assert page.text.count('loading="lazy"') == 2


def test_the_quotation_is_outlined_on_its_page(site: TestClient) -> None:
    [document] = site.get("/v1/documents").json()["documents"]
    text = site.get(f"/v1/documents/{document['id']}/text").json()["text"]
    start = text.index(AGREED)
    address = f"/documents/{document['id']}/pages/1.webp"
    response = site.get(address, params={"start": start, "end": start + len(AGREED)})
    assert response.headers["content-type"] == "image/webp"
    assert "max-age" in response.headers["cache-control"]
    box = washed(response.content)
    assert box
    image = Image.open(BytesIO(response.content))
    line = (842 - 670) / 842 * image.height  # the fourth line's foot, from the top
    assert box[1] < line < box[3] + 5
    assert box[3] - box[1] < image.height * 0.04
    assert abs(box[0] - 72 / 595 * image.width) < 12
    assert washed(site.get(address).content) is None


@pytest.mark.parametrize(
    ("path", "status"),
    [("pages/3.webp", 404), ("pages/0.webp", 404), ("pages/1.webp?start=0&end=999999", 422)],
)
def test_what_is_not_there_is_said(site: TestClient, path: str, status: int) -> None:
    [document] = site.get("/v1/documents").json()["documents"]
    assert site.get(f"/documents/{document['id']}/{path}").status_code == status


def test_a_text_file_has_no_pictures(client: TestClient) -> None:
    document = client.get("/v1/documents").json()["documents"][0]["id"]
    assert "<img" not in client.get(f"/documents/{document}").text
    assert client.get(f"/documents/{document}/pages/1.webp").status_code == 404


def test_the_second_of_two_equal_quotations_is_outlined(tmp_path: Path) -> None:
    path = tmp_path / "twice.pdf"
    canvas = Canvas(str(path), pagesize=A4, invariant=True)
    canvas.drawString(72, 700, "It was agreed to go on.")
    canvas.drawString(72, 200, "It was agreed to go on.")
    canvas.save()
    first = washed(Pictures().page(path, DOCUMENT, 1, "It was agreed", 0))
    second = washed(Pictures().page(path, DOCUMENT, 1, "It was agreed", 1))
    assert first
    assert second
    assert second[1] > first[3]


def test_words_in_another_order_are_found_and_strangers_are_not(tmp_path: Path) -> None:
    path = a_pdf(tmp_path / "a.pdf")
    loose = "The Board agreed that | the plan be noted || and that officers report back"
    assert washed(Pictures().page(path, DOCUMENT, 1, loose))
    assert washed(Pictures().page(path, DOCUMENT, 1, "Nothing of the kind stands here")) is None


def test_which_of_several_is_counted_on_the_page() -> None:
    text = "agreed. agreed. agreed."
    assert quote_on(text, Page(1, Span(0, len(text))), Span(8, 15)) == ("agreed.", 1)
    assert quote_on(text, Page(1, Span(8, len(text))), Span(8, 15)) == ("agreed.", 0)
    assert quote_on(text, Page(1, Span(0, 5)), Span(8, 15)) == ("", 0)


@pytest.mark.parametrize("content", [b"", b"%PDF-1.4 broken", b"\x00" * 5000])
def test_a_damaged_file_harms_nobody(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "bad.pdf"
    path.write_bytes(content)
    with pytest.raises(NotFoundError, match="cannot be shown"):
        Pictures().page(path, DOCUMENT, 1)


def test_drawing_that_takes_too_long_is_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pictures, "_SECONDS", 0.01)
    with pytest.raises(NotFoundError):
        Pictures().page(a_pdf(tmp_path / "a.pdf"), DOCUMENT, 1)


def test_what_was_drawn_is_kept_within_bounds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[int] = []

    def _draw(_path: Path, number: int, _quote: str, _nth: int) -> bytes:
        drawn.append(number)
        return bytes(100)

    monkeypatch.setattr(pictures, "_drawn", _draw)
    kept = Pictures(kept_bytes=250)
    for number in (1, 2, 1, 3, 1, 2):
        kept.page(tmp_path, DOCUMENT, number)
    assert drawn == [1, 2, 3, 2]
    threads = [threading.Thread(target=kept.page, args=(tmp_path, DOCUMENT, 2)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert drawn == [1, 2, 3, 2]
