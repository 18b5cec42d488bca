"""WCAG 2.2 AA over every page and state: axe, narrow windows, zoom, keyboard, forced colours."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, Page, Request

from tests.search_api.web.councils import QUESTION as COUNCILS_QUESTION

pytestmark = pytest.mark.browser

QUESTION = "When is the Sustainability and Transformation Plan expected to be approved?"
RULES = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    }
}
STATES = {
    "home": "/",
    "answered": f"/answer?q={QUESTION}",
    "changed": "/answer?q=when does BCT consultation start?",
    "refused": "/answer?q=Who won the 1998 World Cup final?",
    "limited": f"/answer?q={QUESTION}&kind=minutes&body=Rutland County Council&from=2014",
    "nothing-fits": f"/answer?q={QUESTION}&to=1990",
    "passages": "/search?q=beds",
    "documents": "/documents",
    "no-documents": "/documents?body=nobody",
    "ordered": "/documents?sort=-date",
    "files": "/files",
    "no-files": "/files?outcome=skipped&file=nothing",
    "about": "/about",
    "statement": "/accessibility",
    "thanks": f"/feedback/thanks?q={QUESTION}",
    "mistake": f"/answer?q={QUESTION}&from=whenever",
    "nowhere": "/nowhere",
    "document": "{document}",
    "marked": "{document}?start=100&end=900",
}
ON_COUNCILS = {
    "disputed": f"/answer?q={COUNCILS_QUESTION}",
    "explained": f"/answer?q={COUNCILS_QUESTION}&explain=true",
    "passages-explained": f"/search?q={COUNCILS_QUESTION}&explain=true",
}
ON_PDF = {
    "pdf": "{document}",
    "pdf-marked": "{document}?start=60&end=200&page=2",
    "pdf-documents": "/documents",
    "pdf-files": "/files",
    "pdf-about": "/about",
}
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
NAMELESS_FOCUS = """() => {
    const one = document.activeElement;
    const style = getComputedStyle(one);
    const seen = style.outlineStyle !== "none" || style.boxShadow !== "none";
    const box = one.getBoundingClientRect();
    return {tag: one.tagName, at: one.id || one.textContent.trim().slice(0, 40), seen,
            inside: box.width > 0 && box.left >= -1 && box.right <= innerWidth + 1};
}"""
OPEN_ALL = "document.querySelectorAll('details').forEach(one => { one.open = true; })"


def address_of(page: Page, site: str, path: str) -> str:
    if "{document}" not in path:
        return site + path
    page.goto(f"{site}/documents")
    document = page.locator(".documents a").first.get_attribute("href") or ""
    return site + path.replace("{document}", document)


def violations(page: Page) -> list[str]:
    found = Axe().run(page, options=RULES).response["violations"]
    return [
        f"{one['id']}: {node['html'][:160]} {node.get('failureSummary', '')}"
        for one in found
        for node in one["nodes"]
    ]


def visit(page: Page, site: str, path: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(address_of(page, site, path))


@pytest.fixture(scope="module")
def seen(browser: Browser) -> Page:
    return browser.new_context().new_page()


@pytest.mark.parametrize("state", STATES)
def test_axe_finds_nothing_folded_or_unfolded(seen: Page, site: str, state: str) -> None:
    visit(seen, site, STATES[state], 1280)
    assert violations(seen) == []
    seen.set_viewport_size({"width": 320, "height": 800})
    seen.evaluate(OPEN_ALL)
    assert violations(seen) == [], "narrow, with everything unfolded"


@pytest.mark.parametrize("state", ON_COUNCILS)
def test_axe_finds_nothing_where_bodies_differ(seen: Page, councils_site: str, state: str) -> None:
    for width in (1280, 390, 320):
        visit(seen, councils_site, ON_COUNCILS[state], width)
        seen.evaluate(OPEN_ALL)
        assert violations(seen) == []
        assert seen.evaluate(OVERFLOW) <= 0


def test_bodies_that_differ_stand_beside_one_another_or_on_a_telephone_below(
    seen: Page, councils_site: str
) -> None:
    tops = "all => all.map(one => one.getBoundingClientRect().top)"
    visit(seen, councils_site, ON_COUNCILS["disputed"], 1280)
    first, second = seen.locator(".side").evaluate_all(tops)
    assert first == second
    seen.set_viewport_size({"width": 390, "height": 800})
    first, second = seen.locator(".side").evaluate_all(tops)
    assert first < second


@pytest.mark.parametrize("state", ON_PDF)
def test_axe_finds_nothing_where_there_are_pictures(seen: Page, pdf_site: str, state: str) -> None:
    for width in (1280, 320):
        visit(seen, pdf_site, ON_PDF[state], width)
        seen.evaluate(OPEN_ALL)
        assert violations(seen) == []
        assert seen.evaluate(OVERFLOW) <= 0


def test_axe_finds_nothing_without_an_index(seen: Page, dead_site: str) -> None:
    for path in ("/", f"/answer?q={QUESTION}&from=2014", "/documents", "/about"):
        visit(seen, dead_site, path, 390)
        assert violations(seen) == [], path


@pytest.mark.parametrize("state", STATES)
def test_no_page_needs_scrolling_sideways(seen: Page, site: str, state: str) -> None:
    """320 pixels are also what is left of a 1280 pixel window at a zoom of 400%."""
    visit(seen, site, STATES[state], 1280)
    seen.evaluate(OPEN_ALL)
    for width in (1280, 390, 320):
        seen.set_viewport_size({"width": width, "height": 800})
        assert seen.evaluate(OVERFLOW) <= 0, width


def test_no_page_asks_another_machine(browser: Browser, site: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    faults: list[str] = []

    def _leaves(request: Request) -> None:
        if not request.url.startswith(site):
            faults.append(request.url)

    page.on("request", _leaves)
    page.on("pageerror", lambda error: faults.append(str(error)))
    for path in STATES.values():
        page.goto(address_of(page, site, path))
    context.close()
    assert faults == []


@pytest.mark.parametrize("state", ["home", "changed", "documents", "files", "marked"])
def test_the_keyboard_reaches_everything_and_shows_where_it_is(
    browser: Browser, site: str, state: str
) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.goto(address_of(page, site, STATES[state]))
    wanted = page.evaluate(
        """() => [...document.querySelectorAll("a[href], button, input, summary")]
            .filter(one => one.type !== "hidden" && one.checkVisibility()
                    && one.type !== "radio").length"""
    )
    reached: list[str] = []
    for _ in range(wanted + 10):
        page.keyboard.press("Tab")
        focus = page.evaluate(NAMELESS_FOCUS)
        if focus["tag"] == "BODY":
            break
        assert focus["seen"], focus
        assert focus["inside"], focus
        reached.append(focus["at"])
    context.close()
    assert len(reached) >= wanted
    assert reached[0] == "Skip to the content"


def test_forced_colours_keep_what_colour_said(browser: Browser, site: str) -> None:
    context = browser.new_context(forced_colors="active")
    page = context.new_page()
    page.goto(f"{site}{STATES['changed']}")
    outline = "one => getComputedStyle(one).outlineStyle"
    assert page.locator("blockquote mark").first.evaluate(outline) == "solid"
    assert page.locator(".answer").evaluate("one => getComputedStyle(one).borderTopWidth") == "1px"
    fills = [
        page.locator(f"rect.{name}").first.evaluate("one => getComputedStyle(one).fill")
        for name in ("is", "was")
    ]
    assert fills[0] != fills[1]
    assert violations(page) == []
    context.close()


def test_larger_spacing_of_text_loses_nothing(seen: Page, site: str) -> None:
    """WCAG 1.4.12: lines 1.5, paragraphs 2, letters .12 and words .16 times the type's size."""
    for state in ("home", "changed", "documents", "marked"):
        visit(seen, site, STATES[state], 320)
        seen.evaluate(
            """() => { const sheet = new CSSStyleSheet(); sheet.replaceSync(
                "* { line-height: 1.5 !important; letter-spacing: .12em !important;"
                + " word-spacing: .16em !important; } p { margin-bottom: 2em !important; }");
                document.adoptedStyleSheets = [sheet]; }"""
        )
        assert seen.evaluate(OVERFLOW) <= 0, state


def test_targets_are_large_enough(seen: Page, site: str) -> None:
    """WCAG 2.5.8: 24 pixels, but for links within text."""
    for state in ("home", "changed", "documents", "marked"):
        visit(seen, site, STATES[state], 390)
        seen.evaluate(OPEN_ALL)
        small = seen.evaluate(
            """() => [...document.querySelectorAll("button, summary, nav a, .chips a, .go a")]
                .filter(one => one.checkVisibility() && !one.closest(".nhsuk-skip-link"))
                .map(one => [one.textContent.trim(), one.getBoundingClientRect()])
                .filter(([, box]) => box.height < 24 || box.width < 24)
                .map(([words]) => words)"""
        )
        assert small == [], state


def test_screen_readers_hear_names_and_landmarks(seen: Page, site: str) -> None:
    seen.goto(f"{site}{STATES['changed']}")
    seen.wait_for_selector("button.copy:visible")
    tree = seen.locator("body").aria_snapshot().replace(" : ", ": ")
    for line in (
        "banner",
        'navigation "Main"',
        "main",
        "contentinfo",
        "search",
        'searchbox "Your question"',
        'heading "The record changed over time" [level=1]',
        'region "What the record said, newest first"',
        'group "Was this right?"',
        'button "Copy quotation with reference: quotation 1"',
        "status",
    ):
        assert line in tree, line
    assert "Open at the page: quotation 1, " in tree
