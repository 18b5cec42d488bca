"""A person's way through the pages, in a real browser with JavaScript off."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

QUESTION = "When is the Sustainability and Transformation Plan expected to be approved?"
UNANSWERABLE = "Who won the 1998 World Cup final?"
IN_VIEW = """one => {
    const box = one.getBoundingClientRect();
    return box.top >= 0 && box.top < innerHeight && box.left >= 0 && box.right <= innerWidth;
}"""


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

    card.get_by_role("link", name="Open at the page").click()
    expect(page.locator("mark").first).to_be_visible()
    assert "".join(page.locator("mark").all_text_contents()) == quotation
    assert page.locator("#quote").evaluate(IN_VIEW)


def test_words_for_a_letter_are_one_click_away(page: Page, site: str) -> None:
    page.goto(f"{site}/answer?q={quote(QUESTION)}")
    card = page.locator(".card").first
    reference = card.locator(".reference")
    assert not reference.is_visible()
    card.get_by_text("Words for a letter").click()
    expect(reference).to_be_visible()
    assert (card.locator("blockquote").text_content() or "") in reference.inner_text()


def test_a_search_is_narrowed_by_hand(page: Page, site: str) -> None:
    page.goto(site)
    page.get_by_label("What do you want to know?").fill(QUESTION)
    page.get_by_text("Narrow it down").click()
    page.get_by_label("Staffordshire County Council").check()
    page.get_by_label("Rutland County Council").check()
    page.get_by_label("Dated from").fill("January 2016")
    page.get_by_role("button", name="Find the answer").click()
    chips = page.locator(".chips a")
    assert [" ".join(chip.split()[:-1]) for chip in chips.all_inner_texts()] == [
        "Remove Organisation: Rutland County Council",
        "Remove Organisation: Staffordshire County Council",
        "Remove From January 2016",
    ]
    chips.first.click()
    expect(chips).to_have_count(2)
    page.get_by_role("link", name="Look in all documents").click()
    expect(page.locator(".limits")).to_have_count(0)


def test_a_mistake_is_explained_and_can_be_mended(page: Page, site: str) -> None:
    page.goto(f"{site}/answer?q={quote(QUESTION)}&from=whenever")
    assert "“whenever” cannot be read as a date" in page.locator("main").inner_text()
    page.get_by_label("Dated from").fill("2016")
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(page.locator(".limits")).to_have_count(1)


def test_what_the_record_does_not_say_is_said(page: Page, site: str) -> None:
    page.goto(f"{site}/answer?q={quote(UNANSWERABLE)}")
    text = page.locator("main").inner_text()
    assert "The documents do not say" in text
    assert "Nearest passages, which are not an answer" in text


def test_a_refusal_helps_on(page: Page, site: str) -> None:
    page.goto(f"{site}/answer?q={quote(UNANSWERABLE)}&kind=minutes")
    page.get_by_role("link", name="Ask the same of all documents").click()
    expect(page.locator(".chips")).to_have_count(0)
    page.get_by_role("link", name="See which organisations and years are here").click()
    expect(page.get_by_role("heading", name="About this collection")).to_be_visible()


def test_a_judgement_is_sent_and_thanked_for(page: Page, site: str) -> None:
    page.goto(f"{site}/answer?q={quote(QUESTION)}")
    page.get_by_label("Yes", exact=True).check()
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    page.get_by_role("link", name="Back to the answer").click()
    expect(page.locator("#answer")).to_be_visible()


def test_answers_are_taken_away_as_files(page: Page, site: str) -> None:
    page.goto(f"{site}/answer?q={quote(QUESTION)}")
    page.get_by_text("Take these with you").click()
    for words, name in (("Word", "answer.docx"), ("CSV", "answer.csv"), ("RIS", "answer.ris")):
        with page.expect_download() as waiting:
            page.get_by_role("link", name=words).click()
        assert waiting.value.suggested_filename == f"minutebook-{name}"
        assert waiting.value.path().stat().st_size > 200


def test_one_can_go_there_and_back(page: Page, site: str) -> None:
    page.goto(f"{site}/answer?q={quote(QUESTION)}")
    answer = page.locator("#answer").inner_text()
    page.get_by_role("link", name="Open at the page").first.click()
    page.go_back()
    assert page.locator("#answer").inner_text() == answer


def test_a_long_pdf_is_turned_like_pages(page: Page, pdf_site: str) -> None:
    page.goto(f"{pdf_site}/answer?q={quote('What was agreed about the plan?')}")
    page.get_by_role("link", name="Open at the page").first.click()
    assert page.locator("#quote").evaluate(IN_VIEW)
    page.get_by_role("link", name="Next pages").first.click()
    expect(page.locator(".sheet").first).to_have_attribute("id", "page-7")
    page.get_by_label("Page (1 to 20)").fill("20")
    page.get_by_role("button", name="Go to page").click()
    assert page.locator("#page-20-h").evaluate(IN_VIEW)
    picture = page.locator("#page-20 img")
    picture.scroll_into_view_if_needed()
    expect(picture).to_have_js_property("naturalWidth", 1000, timeout=60_000)


def test_what_could_not_be_read_is_named(page: Page, pdf_site: str) -> None:
    page.goto(f"{pdf_site}/documents")
    page.get_by_role("link", name="1 file could not be read").click()
    assert "broken.pdf" in page.locator("section[aria-labelledby=skipped]").inner_text()


def test_without_an_index_one_is_told_what_to_do(page: Page, dead_site: str) -> None:
    response = page.goto(f"{dead_site}/answer?q={quote(QUESTION)}")
    assert response
    assert response.status == 503
    text = page.locator("main").inner_text()
    assert "There is no index to search yet" in text
    assert "minutebook index" in text
    assert page.get_by_label("Your question").input_value() == QUESTION
    page.get_by_role("link", name="Accessibility statement").click()
    expect(page.get_by_role("heading", name="Accessibility statement")).to_be_visible()


def test_the_keyboard_is_enough(page: Page, site: str) -> None:
    page.goto(site)
    page.keyboard.press("Tab")
    assert page.locator(":focus").inner_text() == "Skip to the content"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type(QUESTION)
    page.keyboard.press("Enter")
    page.wait_for_url("**/answer?**")
    expect(page.locator("#answer")).to_be_visible()


def test_on_paper_there_are_words_and_no_controls(page: Page, site: str) -> None:
    page.goto(f"{site}/answer?q={quote(QUESTION)}")
    page.emulate_media(media="print")
    for control in (".top", ".ask", ".judge", ".take", ".go"):
        assert not page.locator(control).first.is_visible(), control
    for words in ("#answer", "blockquote", ".card .source"):
        assert page.locator(words).first.is_visible(), words
