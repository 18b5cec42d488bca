"""What JavaScript adds: copying, recent questions, a word for those who wait."""

from __future__ import annotations

import time
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.test_browser import QUESTION

pytestmark = pytest.mark.browser


def test_a_quotation_is_copied_with_its_reference(lively: Page, site: str) -> None:
    lively.goto(f"{site}/answer?q={quote(QUESTION)}")
    card = lively.locator(".card").first
    button = card.get_by_role("button", name="Copy quotation with reference")
    button.click()
    expect(card.locator("button.copy")).to_contain_text("Copied")
    expect(lively.get_by_role("status")).to_have_text("Quotation and reference copied.")
    copied = lively.evaluate("navigator.clipboard.readText()")
    assert copied == card.locator(".reference").text_content()
    assert (card.locator("blockquote").text_content() or "") in copied


def test_copying_works_where_the_clipboard_is_closed_to_scripts(lively: Page, site: str) -> None:
    lively.add_init_script("delete Navigator.prototype.clipboard")
    lively.goto(f"{site}/answer?q={quote(QUESTION)}")
    lively.locator("button.copy").first.click()
    expect(lively.locator("button.copy").first).to_contain_text("Copied")


def test_recent_questions_stay_in_the_browser_and_can_be_cleared(lively: Page, site: str) -> None:
    lively.goto(site)
    assert not lively.get_by_role("heading", name="Your recent questions").is_visible()
    for question in (QUESTION, "What about beds?", QUESTION):
        lively.goto(f"{site}/answer?q={quote(question)}")
    lively.goto(site)
    links = lively.locator("#recent-list a")
    assert links.all_inner_texts() == [QUESTION, "What about beds?"]
    links.first.click()
    expect(lively.locator("#answer")).to_be_visible()
    lively.goto(site)
    lively.get_by_role("button", name="Clear these questions").click()
    expect(lively.get_by_role("heading", name="Your recent questions")).to_be_hidden()
    expect(lively.get_by_label("What do you want to know?")).to_be_focused()
    lively.reload()
    expect(lively.get_by_role("heading", name="Your recent questions")).to_be_hidden()


def test_what_was_kept_cannot_become_markup_or_lead_elsewhere(lively: Page, site: str) -> None:
    lively.goto(site)
    lively.evaluate(
        """() => localStorage.setItem("minutebook.recent", JSON.stringify([
            {q: "<img src=x onerror=alert(1)>", at: "/answer?q=x"},
            {q: "away", at: "https://elsewhere.example/"},
            {q: "run", at: "javascript:alert(1)"}, 7, null]))"""
    )
    lively.reload()
    assert lively.locator("#recent-list a").all_inner_texts() == ["<img src=x onerror=alert(1)>"]
    assert lively.locator("#recent-list img").count() == 0
    lively.evaluate("localStorage.setItem('minutebook.recent', 'no json')")
    lively.reload()
    expect(lively.get_by_role("heading", name="Your recent questions")).to_be_hidden()


def test_the_address_to_keep_has_no_empty_fields(lively: Page, site: str) -> None:
    lively.goto(site)
    lively.get_by_label("What do you want to know?").fill(QUESTION)
    lively.keyboard.press("Enter")
    lively.wait_for_url("**/answer?**")
    assert "=&" not in lively.url
    assert not lively.url.endswith("=")


def test_a_slow_server_is_waited_for_with_a_word(lively: Page, site: str) -> None:
    def _slowly(route: Route) -> None:
        time.sleep(3)
        route.continue_()

    lively.goto(site)
    lively.route("**/answer?**", _slowly)
    lively.get_by_label("What do you want to know?").fill(QUESTION)
    lively.evaluate(
        """() => {
            const told = document.getElementById("told");
            new MutationObserver(() => sessionStorage.setItem("told", told.textContent))
                .observe(told, {childList: true});
        }"""
    )
    lively.get_by_role("button", name="Find the answer").click(no_wait_after=True)
    expect(lively.locator("#answer")).to_be_visible(timeout=30_000)
    assert "Looking through the documents" in lively.evaluate("sessionStorage.getItem('told')")
    lively.go_back()
    box = lively.get_by_label("What do you want to know?")
    expect(box).to_be_enabled()
    assert lively.locator("form.waiting").count() == 0
