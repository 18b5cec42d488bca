"""A person's way through the pages, in a real browser with JavaScript off."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, Request, ViewportSize, sync_playwright

from tests.search_api.web.served import running, sample_index

pytestmark = pytest.mark.browser

QUESTION = "When is the Sustainability and Transformation Plan expected to be approved?"
UNANSWERABLE = "Who won the 1998 World Cup final?"
SWITCHES = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
IN_VIEW = """one => {
    const box = one.getBoundingClientRect();
    return box.top >= 0 && box.top < innerHeight && box.left >= 0 && box.right <= innerWidth;
}"""
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
FAINT = """() => {
    const channel = c => (c /= 255) <= .04045 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4;
    const numbers = text => text.match(/[\\d.]+/g).map(Number);
    const light = ([r, g, b]) => .2126 * channel(r) + .7152 * channel(g) + .0722 * channel(b);
    const ground = one => {
        for (; one; one = one.parentElement) {
            const colour = numbers(getComputedStyle(one).backgroundColor);
            if (colour.length < 4 || colour[3] > 0) return colour;
        }
        return [255, 255, 255];
    };
    const faint = [];
    for (const one of document.querySelectorAll("body *")) {
        const own = [...one.childNodes].some(n => n.nodeType === 3 && n.data.trim());
        if (!own || !one.checkVisibility()) continue;
        const pair = [light(numbers(getComputedStyle(one).color)), light(ground(one))];
        const ratio = (Math.max(...pair) + .05) / (Math.min(...pair) + .05);
        if (ratio < 4.5) faint.push(`${one.tagName}.${one.className} ${ratio.toFixed(2)}`);
    }
    return faint;
}"""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with running(sample_index()) as (address, _):
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        reason = "Chromium is not installed, so no page was tried in a browser"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=SWITCHES)
        yield browser
        browser.close()


@pytest.fixture(params=[1280, 390], ids=["desk", "telephone"])
def page(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    window = ViewportSize(width=request.param, height=844)
    context = browser.new_context(viewport=window, java_script_enabled=False)
    yield context.new_page()
    context.close()


def test_a_question_is_answered_and_its_quotation_found(page: Page, site: str) -> None:
    page.goto(site)
    page.get_by_label("What do you want to know?").fill(QUESTION)
    page.get_by_role("button", name="Find the answer").click()

    assert page.locator("#answer").inner_text()
    card = page.locator(".card").first
    quotation = card.locator("blockquote").text_content()
    assert quotation
    dates = card.locator(".source")
    assert "20" in dates.inner_text()
    assert "How it is known" in dates.inner_text()

    card.get_by_role("link", name="See it in the document").click()
    assert "".join(page.locator("mark").all_text_contents()) == quotation
    assert page.locator("#quote").evaluate(IN_VIEW)


def test_words_for_a_letter_are_one_click_away(page: Page, site: str) -> None:
    page.goto(f"{site}/answer?q={quote(QUESTION)}")
    card = page.locator(".card").first
    reference = card.locator(".reference")
    assert not reference.is_visible()
    card.get_by_text("Words for a letter").click()
    assert reference.is_visible()
    assert (card.locator("blockquote").text_content() or "") in reference.inner_text()


def test_a_search_is_narrowed_by_hand(page: Page, site: str) -> None:
    page.goto(site)
    page.get_by_label("What do you want to know?").fill(QUESTION)
    page.get_by_text("Narrow it down").click()
    page.get_by_label("Organisation").select_option("Staffordshire County Council")
    page.get_by_label("Dated from").fill("January 2016")
    page.get_by_role("button", name="Find the answer").click()
    assert "Looking only in: body: Staffordshire County Council; from January 2016" in (
        page.locator(".limits").inner_text()
    )
    page.get_by_role("link", name="Look in all documents").click()
    assert page.locator(".limits").count() == 0


def test_a_mistake_is_explained_and_can_be_mended(page: Page, site: str) -> None:
    page.goto(f"{site}/answer?q={quote(QUESTION)}&from=whenever")
    assert "“whenever” cannot be read as a date" in page.locator("main").inner_text()
    page.get_by_label("Dated from").fill("2016")
    page.get_by_role("button", name="Ask").click()
    assert page.locator(".limits").count() == 1


def test_what_the_record_does_not_say_is_said(page: Page, site: str) -> None:
    page.goto(f"{site}/answer?q={quote(UNANSWERABLE)}")
    text = page.locator("main").inner_text()
    assert "The documents do not say" in text
    assert "Nearest passages, which are not an answer" in text


def test_the_keyboard_is_enough(page: Page, site: str) -> None:
    page.goto(site)
    page.keyboard.press("Tab")
    assert page.locator(":focus").inner_text() == "Skip to the content"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type(QUESTION)
    page.keyboard.press("Enter")
    page.wait_for_url("**/answer?**")
    assert page.locator("#answer").is_visible()


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_no_page_needs_scrolling_sideways_or_is_faint(
    browser: Browser, site: str, width: int
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800})
    page = context.new_page()
    errors: list[str] = []

    def _leaves(request: Request) -> None:
        if not request.url.startswith(site):
            errors.append(request.url)

    page.on("console", lambda message: errors.append(message.text))
    page.on("request", _leaves)
    page.goto(f"{site}/documents")
    document = page.locator(".documents a").first.get_attribute("href")
    for path in (
        "/",
        "/documents",
        f"{document}?start=100&end=900",
        f"/answer?q={quote(QUESTION)}&from=2014",
        f"/answer?q={quote(UNANSWERABLE)}",
        f"/search?q={quote(QUESTION)}",
    ):
        page.goto(f"{site}{path}")
        assert page.evaluate(OVERFLOW) <= 0, path
        assert page.evaluate(FAINT) == [], path
    context.close()
    assert errors == []
