"""A pack of 500 pages is as light and as easy to find one's way in as two pages are."""

from __future__ import annotations

import httpx
import pytest
from playwright.sync_api import Browser, Page, Response, expect

from tests.browser.test_accessibility import OPEN_ALL, OVERFLOW, violations
from tests.browser.test_browser import IN_VIEW
from tests.search_api.web.long_pack import PAGES, agreed_on
from tests.search_api.web.test_pictures import washed

pytestmark = pytest.mark.browser

MOST_BYTES = 30_000
"""Of the compressed page of one part, with its list of 125 sections; the pictures come later."""
WITHIN_LIST = """one => {
    const box = one.getBoundingClientRect();
    const list = one.closest(".sections").getBoundingClientRect();
    return box.top >= list.top && box.bottom <= list.bottom;
}"""


@pytest.fixture(scope="module")
def pack(long_site: str) -> str:
    """Return the document's address."""
    (document,) = httpx.get(f"{long_site}/v1/documents").json()["documents"]
    assert document["pages"] == PAGES
    return f"{long_site}/documents/{document['id']}"


@pytest.fixture(scope="module")
def text(pack: str) -> str:
    found: str = httpx.get(pack.replace("/documents/", "/v1/documents/") + "/text").json()["text"]
    return found


def quoted(pack: str, text: str, number: int) -> str:
    """Return the address of the sentence that stands on one page alone."""
    start = text.index(agreed_on(number))
    return f"{pack}?start={start}&end={start + len(agreed_on(number))}#quote"


@pytest.mark.parametrize("number", [1, PAGES // 2, PAGES])
def test_a_quotation_anywhere_opens_with_few_bytes_and_one_request_to_paint(
    page: Page, pack: str, text: str, number: int
) -> None:
    sent: list[Response] = []

    def _note(one: Response) -> None:
        sent.append(one)

    page.on("response", _note)
    page.goto(quoted(pack, text, number))
    assert page.locator("mark").all_text_contents() == [agreed_on(number)]
    assert page.locator("#quote").evaluate(IN_VIEW)
    assert page.locator("#quote").locator("xpath=ancestor::section").get_attribute("id") == (
        f"page-{number}"
    )
    assert int(sent[0].headers["content-length"]) < MOST_BYTES
    needed = [one.url for one in sent if one.request.resource_type in ("stylesheet", "font")]
    assert needed == [], "the page is painted from its own words"
    pictures = page.locator(".picture img")
    assert 0 < pictures.count() <= 7
    assert set(pictures.evaluate_all("all => all.map(one => one.loading)")) == {"lazy"}


def test_the_quotation_is_outlined_on_the_picture_of_its_page_alone(
    page: Page, pack: str, text: str
) -> None:
    page.goto(quoted(pack, text, PAGES // 2))
    here = page.locator(f"#page-{PAGES // 2} img")
    here.scroll_into_view_if_needed()
    expect(here).to_have_js_property("naturalWidth", 1000, timeout=60_000)
    for place, outlined in ((here, True), (page.locator(f"#page-{PAGES // 2 + 1} img"), False)):
        address = page.evaluate("at => new URL(at, location).href", place.get_attribute("src"))
        picture = httpx.get(address, timeout=60).content
        assert (washed(picture) is not None) is outlined


def test_one_turns_on_and_back_and_goes_to_a_page(page: Page, pack: str, text: str) -> None:
    page.goto(quoted(pack, text, PAGES // 2))
    first = page.locator(".sheet").first.get_attribute("id") or ""
    page.get_by_role("link", name="Next pages").first.click()
    expect(page.locator(".sheet").first).not_to_have_attribute("id", first)
    assert page.locator("#text").evaluate(IN_VIEW), "the document's facts are not read again"
    assert f"of {PAGES}" in page.locator("#text").inner_text()
    page.get_by_role("link", name="Previous pages").first.click()
    expect(page.locator(".sheet").first).to_have_attribute("id", first)
    assert page.locator("mark").count() == 1, "the quotation is still marked"
    page.get_by_label(f"Page (1 to {PAGES})").fill(str(PAGES))
    page.get_by_role("button", name="Go to page").click()
    assert page.locator(f"#page-{PAGES}-h").evaluate(IN_VIEW)
    assert page.get_by_role("link", name="Next pages").count() == 0


def test_the_sections_tell_where_one_is_and_lead_on(page: Page, pack: str, text: str) -> None:
    page.goto(quoted(pack, text, PAGES // 2))
    here = page.locator(".sections [aria-current]")
    heading = here.text_content() or ""
    assert heading.startswith("63. ")
    summary = page.get_by_text("Sections of this document")
    assert f"You are in: {heading}" in summary.inner_text()
    summary.click()
    assert page.evaluate(OVERFLOW) <= 0
    assert "page 249" in here.locator("xpath=..").inner_text()
    page.locator(".sections a").last.click()
    expect(page.locator("#page-497")).to_be_visible()
    assert page.locator(":target").evaluate(IN_VIEW)


def test_with_the_keyboard_alone_on_a_narrow_screen(browser: Browser, pack: str, text: str) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 640})
    page = context.new_page()
    page.goto(quoted(pack, text, PAGES // 2))
    page.locator("summary").focus()
    page.keyboard.press("Enter")
    here = page.locator(".sections [aria-current]")
    page.wait_for_function(f"({WITHIN_LIST})(document.querySelector('.sections [aria-current]'))")
    assert page.evaluate(OVERFLOW) <= 0
    here.focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#page-253")).to_be_visible()
    assert page.locator(":target").evaluate(IN_VIEW)
    page.evaluate(OPEN_ALL)
    assert violations(page) == []
    context.close()
