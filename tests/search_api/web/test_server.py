"""A real server in a process of its own: it starts, refuses, follows new builds, and stops."""

import shutil
import signal
import socket
import threading
import time
import urllib.request
from pathlib import Path

import httpx2 as httpx
import pytest

from indexer.build import build_index
from indexer.errors import IndexNotReadyError, UsageError
from search_api.server import address, listen, serve
from tests.search_api.web.served import copied_corpus, running


@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT])
def test_it_serves_and_stops_cleanly(index: Path, stop: signal.Signals) -> None:
    with running(index) as (at, process):
        with urllib.request.urlopen(f"{at}/readyz") as response:
            assert response.status == 200
        process.send_signal(stop)
        assert process.wait(timeout=30) == 0
        assert process.stdout is not None
        assert process.stderr is not None
        assert (process.stdout.read(), process.stderr.read()) == ("", "")


def test_a_port_in_use_is_refused_with_the_remedy(index: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(UsageError) as error:
            serve(index, None, "127.0.0.1", port, lambda _: None)
    assert f"127.0.0.1:{port} cannot be used" in error.value.what
    assert "--port or PORT=" in error.value.remedy


@pytest.mark.parametrize(
    ("host", "port"), [("192.0.2.1", 0), ("127.0.0.1", 70000), ("127.0.0.1", -1)]
)
def test_an_address_that_is_none_is_refused(host: str, port: int) -> None:
    with pytest.raises(UsageError):
        listen(host, port)


def test_the_address_can_be_typed_into_a_browser() -> None:
    with listen("127.0.0.1", 0) as listener:
        assert address(listener) == f"http://127.0.0.1:{listener.getsockname()[1]}"


def test_without_an_index_it_does_not_start(tmp_path: Path) -> None:
    with pytest.raises(IndexNotReadyError):
        serve(tmp_path / "index", None, "127.0.0.1", 0, lambda _: None)


def test_a_new_build_is_served_without_a_failed_request(index: Path, tmp_path: Path) -> None:
    mine = Path(shutil.copytree(index, tmp_path / "index"))
    corpus = copied_corpus(tmp_path)
    builds: set[str] = set()
    failures: list[str] = []
    done = threading.Event()

    def ask(at: str) -> None:
        with httpx.Client(base_url=at, timeout=60) as client:
            while not done.is_set():
                response = client.get("/v1/search", params={"q": "What was agreed?", "k": 3})
                if response.status_code != 200 or len(response.json()["hits"]) != 3:
                    failures.append(response.text)
                builds.add(response.headers["minutebook-build"])

    with running(mine, corpus) as (at, _):
        before = httpx.get(f"{at}/readyz").json()["index"]["build"]
        askers = [threading.Thread(target=ask, args=(at,)) for _ in range(3)]
        for asker in askers:
            asker.start()
        try:
            (corpus / "documents" / "new.txt").write_text("Minutes\n\nIt was agreed to go on.\n")
            after = build_index(corpus, mine).info.id
            ready = httpx.get(f"{at}/readyz", timeout=60).json()
            patience = time.monotonic() + 60
            while after not in builds and time.monotonic() < patience:
                time.sleep(0.05)
        finally:
            done.set()
            for asker in askers:
                asker.join()
    assert failures == []
    assert ready["index"]["build"] == after != before
    assert ready["index"]["documents"] == 6
    assert builds == {before, after}
