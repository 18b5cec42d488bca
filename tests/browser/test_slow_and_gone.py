"""What a person sees while a server is slow, when it ends, and when its index changes or goes."""

from __future__ import annotations

import shutil
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from subprocess import Popen
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, expect

from indexer.build import build_index
from tests.browser.test_browser import QUESTION
from tests.search_api.web.served import copied_corpus, running, sample_index

pytestmark = pytest.mark.browser

NOTE_WORDS = """() => {
    const form = document.querySelector("form.ask"), noted = [];
    new MutationObserver(() => {
        const said = form.querySelector(".patience");
        if (!said) return;
        noted.push({words: said.textContent, visible: said.checkVisibility(),
                    told: document.getElementById("told").textContent});
        sessionStorage.setItem("noted", JSON.stringify(noted));
    }).observe(document.body, {childList: true, subtree: true, characterData: true});
}"""

Served = tuple[str, Popen[str]]


@pytest.fixture(scope="module")
def own_site() -> Iterator[Served]:
    """Serve the sample by a process that a test may stop for a while."""
    with running(sample_index()) as served:
        yield served


@contextmanager
def stopped(process: Popen[str]) -> Iterator[None]:
    """Let a server do nothing at all for a while: nobody can tell it from a very slow one."""
    process.send_signal(signal.SIGSTOP)
    try:
        yield
    finally:
        process.send_signal(signal.SIGCONT)


def test_a_slow_answer_is_waited_for_with_words_on_the_screen(
    browser: Browser, own_site: Served
) -> None:
    """The words are noted as they come: Playwright waits for the page that is to come."""
    address, process = own_site
    page = browser.new_page()
    page.goto(address)
    page.get_by_label("What do you want to know?").fill(QUESTION)
    page.evaluate(NOTE_WORDS)
    with stopped(process):
        page.get_by_role("button", name="Find the answer").click(no_wait_after=True)
        time.sleep(12)
    expect(page.locator("#answer")).to_be_visible(timeout=60_000)
    noted = page.evaluate("JSON.parse(sessionStorage.getItem('noted'))")
    for words in ("Looking through the documents", "Still looking"):
        seen = [one for one in noted if words in one["words"]]
        assert seen
        assert seen[0]["visible"]
        assert words in seen[0]["told"], "screen readers are told the same"
    page.go_back()
    assert page.locator(".patience").count() == 0
    assert page.get_by_label("What do you want to know?").is_enabled()
    page.context.close()


def test_a_slow_answer_comes_without_scripts_too(browser: Browser, own_site: Served) -> None:
    address, process = own_site
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    page.get_by_label("What do you want to know?").fill(QUESTION)
    with stopped(process):
        page.get_by_role("button", name="Find the answer").click(no_wait_after=True)
        time.sleep(8)
    expect(page.locator("#answer")).to_be_visible(timeout=60_000)
    context.close()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_a_server_that_ends_meanwhile_loses_no_question(browser: Browser, scripts: bool) -> None:
    context = browser.new_context(java_script_enabled=scripts)
    page = context.new_page()
    with running(sample_index()) as (address, process):
        page.goto(address)
        box = page.get_by_label("What do you want to know?")
        box.fill(QUESTION)
        process.send_signal(signal.SIGSTOP)
        page.get_by_role("button", name="Find the answer").click(no_wait_after=True)
        page.wait_for_timeout(1500)
        process.kill()
        process.wait(timeout=30)
        page.wait_for_timeout(1500)
    port = address.rsplit(":", 1)[1]
    with running(sample_index(), port=int(port)):
        page.reload()
        expect(page.locator("#answer")).to_be_visible(timeout=60_000)
        assert page.get_by_label("Your question").input_value() == QUESTION
    context.close()


def test_an_index_that_goes_away_under_a_server_goes_on_answering(
    page: Page, tmp_path: Path
) -> None:
    index = Path(shutil.copytree(sample_index(), tmp_path / "index"))
    with running(index) as (address, _):
        page.goto(f"{address}/answer?q={quote(QUESTION)}")
        answer = page.locator("#answer").inner_text()
        index.rename(tmp_path / "elsewhere")
        page.reload()
        assert page.locator("#answer").inner_text() == answer
        page.get_by_role("link", name="Open at the page").first.click()
        expect(page.locator("mark").first).to_be_visible()
        page.goto(f"{address}/about")
        expect(page.get_by_role("heading", name="Whose they are")).to_be_visible()


def test_a_link_to_what_a_newer_index_no_longer_has_says_what_to_do(
    page: Page, tmp_path: Path
) -> None:
    corpus = copied_corpus(tmp_path)
    (corpus / "manifest.toml").unlink()
    index = Path(shutil.copytree(sample_index(), tmp_path / "index"))
    with running(index, corpus) as (address, _):
        gone = next((corpus / "documents").iterdir())
        page.goto(f"{address}/files?file={quote(gone.name)}")
        lost = page.locator(".files td a").first.get_attribute("href")
        assert (response := page.goto(f"{address}{lost}"))
        assert response.status == 200
        gone.unlink()
        build_index(corpus, index)
        response = page.goto(f"{address}{lost}")
        assert response
        assert response.status == 404
        said = page.locator("main").inner_text()
        assert "What to do" in said
        assert "not in the collection now" in said
        page.get_by_role("link", name="see the documents").click()
        expect(page.get_by_text("4 documents can be searched")).to_be_visible()
