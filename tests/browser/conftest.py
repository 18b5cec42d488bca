"""A real Chromium, and real servers over real indexes."""

from __future__ import annotations

import os
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from indexer.build import build_index
from search_api.app import create_app
from tests.search_api.web.councils import councils_index
from tests.search_api.web.long_pack import long_pack
from tests.search_api.web.served import running, sample_index
from tests.search_api.web.test_pictures import a_pdf

SWITCHES = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def site() -> Iterator[str]:
    with running(sample_index()) as (address, _):
        yield address


@pytest.fixture(scope="session")
def councils_site() -> Iterator[str]:
    """Serve two councils that differ."""
    index = councils_index()
    with running(index, index.parent / "corpus") as (address, _):
        yield address


@pytest.fixture(scope="session")
def pdf_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve a corpus of one long PDF and one file that cannot be read."""
    folder = tmp_path_factory.mktemp("pdf-site")
    corpus, index = folder / "corpus", folder / "index"
    corpus.mkdir()
    a_pdf(corpus / "minutes.pdf", pages=20)
    (corpus / "broken.pdf").write_bytes(b"%PDF-1.4 broken")
    build_index(corpus, index)
    with running(index, corpus) as (address, _):
        yield address


@pytest.fixture(scope="session")
def long_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve one PDF of 500 pages."""
    corpus = tmp_path_factory.mktemp("long-site") / "corpus"
    corpus.mkdir()
    long_pack(corpus / "pack.pdf")
    build_index(corpus, corpus.parent / "index")
    with running(corpus.parent / "index", corpus) as (address, _):
        yield address


@pytest.fixture(scope="session")
def dead_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve an index that is not there."""
    nowhere: Path = tmp_path_factory.mktemp("dead") / "index"
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        config = uvicorn.Config(create_app(nowhere), log_config=None)
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, args=([listener],), daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.05)
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        server.should_exit = True
        thread.join(timeout=30)


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Give Chromium, for these tests alone: its driver keeps an event loop in this thread."""
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
    """Give a page without JavaScript, at two widths."""
    window = ViewportSize(width=request.param, height=844)
    context = browser.new_context(viewport=window, java_script_enabled=False)
    yield context.new_page()
    context.close()


@pytest.fixture
def lively(browser: Browser) -> Iterator[Page]:
    """Give a page with JavaScript; a fault of the script or a refused resource fails the test."""
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    faults: list[str] = []
    page.on("console", lambda message: faults.append(message.text))
    page.on("pageerror", lambda error: faults.append(str(error)))
    yield page
    context.close()
    assert faults == []
