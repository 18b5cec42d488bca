"""Composed text where people and programs meet it: command, JSON, API, page; off by default."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from search_api.app import create_app
from search_api.compose import Composer
from tests.search_api.compose.model import Handler, Model, completion, running, writing

_ROOT = Path(__file__).parents[3]
_QUESTION = "when does BCT consultation start?"
_MISSING = "When will the Zebulon clinic open?"
_LABEL = "Written by a language model (tiny) from the quotations below; check it against them."


def _copying(handler: Handler) -> None:
    """Be a model that writes down each quotation, and something that none of them says."""
    quotations = handler.model.data["quotations"]
    lines = [f"{one['words'].rstrip('.')} [{n}]." for n, one in quotations.items()]
    handler.send(completion("\n".join(["All is well [1].", *lines])))


@pytest.fixture
def model() -> Iterator[Model]:
    with running(_copying) as model:
        yield model


def _run(*words: str | Path, **settings: str) -> subprocess.CompletedProcess[str]:
    environment = {k: v for k, v in os.environ.items() if not k.startswith("MINUTEBOOK_")}
    return subprocess.run(
        [sys.executable, "-m", "minutebook", *map(str, words)],
        cwd=_ROOT,
        env={**environment, "PYTHONPATH": str(_ROOT), **settings},
        input='{"id": "a", "question": "' + _QUESTION + '"}\n',
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )


def _settings(model: Model) -> dict[str, str]:
    return {
        "MINUTEBOOK_LLM_URL": f"{model.url}/v1",
        "MINUTEBOOK_LLM_MODEL": "tiny",
        "MINUTEBOOK_LLM_KEY": "sk-secret-1",
    }


def _without_time(answer: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in answer.items() if name not in ("took_ms", "composed")}


def test_json_has_the_composed_text_beside_the_untouched_answer(
    sample_index: Path, model: Model
) -> None:
    asked = ("ask", _QUESTION, "--json", "--index", sample_index)
    plain = _run(*asked, **_settings(model))
    assert model.asked == []  # naming an endpoint sends nothing until it is asked for
    done = _run(*asked, "--compose", **_settings(model))
    extracted, answer = json.loads(plain.stdout), json.loads(done.stdout)
    assert extracted["composed"] is None
    assert _without_time(answer) == _without_time(extracted)
    composed = answer["composed"]
    assert set(composed) == {"text", "model", "sentences", "removed"}
    assert composed["model"] == "tiny"
    assert composed["removed"] >= 1
    quotes = {c["n"]: c["quote"] for c in answer["citations"]}
    for sentence in composed["sentences"]:
        (n,) = sentence["citations"]
        assert sentence["text"].rstrip(".") in " ".join(quotes[n].split())
    assert answer["timeline"][0]["citation"] in composed["sentences"][0]["citations"]
    assert "All is well" not in done.stdout
    assert "sk-secret-1" not in done.stdout + done.stderr


def test_a_person_reads_it_labelled_with_dates(sample_index: Path, model: Model) -> None:
    done = _run("ask", _QUESTION, "--compose", "--index", sample_index, **_settings(model))
    assert done.returncode == 0, done.stderr
    assert _LABEL in done.stdout
    assert done.stdout.index(_LABEL) < done.stdout.index("Quotations:")
    after = done.stdout.split(_LABEL)[1].split("Over time")[0]
    assert "between February and August 2018" in after
    assert "[1]" in after
    assert "All is well" not in done.stdout


def test_a_batch_is_composed_line_by_line(sample_index: Path, model: Model) -> None:
    done = _run("ask", "--compose", "--batch", "-", "--index", sample_index, **_settings(model))
    (line,) = map(json.loads, done.stdout.splitlines())
    assert (line["id"], line["composed"]["model"]) == ("a", "tiny")


def test_what_is_not_found_is_not_composed(sample_index: Path, model: Model) -> None:
    done = _run("ask", _MISSING, "--compose", "--json", "--index", sample_index, **_settings(model))
    answer = json.loads(done.stdout)
    assert (answer["status"], answer["composed"]) == ("not_found", None)
    assert model.asked == []


def test_without_an_endpoint_the_flag_says_what_to_set(sample_index: Path) -> None:
    done = _run("ask", _QUESTION, "--compose", "--index", sample_index)
    assert done.returncode == 2
    assert "MINUTEBOOK_LLM_URL" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_dead_endpoint_costs_the_composed_text_alone(sample_index: Path) -> None:
    with running(writing("")) as gone:
        settings = _settings(gone)
    done = _run("ask", _QUESTION, "--compose", "--index", sample_index, **settings)
    assert done.returncode == 0
    assert "language model (tiny)" not in done.stdout
    assert "Quotations:" in done.stdout
    assert f"WARNING: The language model at {gone.url} was not used" in done.stderr
    assert "sk-secret-1" not in done.stderr


def test_a_setting_that_cannot_be_used_stops_the_server_at_once(sample_index: Path) -> None:
    done = _run("serve", "--index", sample_index, MINUTEBOOK_LLM_URL="file:///etc/passwd")
    assert done.returncode == 2
    assert "MINUTEBOOK_LLM_MODEL" in done.stderr


@pytest.fixture
def client(sample_index: Path, model: Model) -> Iterator[TestClient]:
    with TestClient(create_app(sample_index, composer=Composer(model.endpoint()))) as client:
        yield client


@pytest.fixture
def bare(sample_index: Path) -> Iterator[TestClient]:
    with TestClient(create_app(sample_index)) as client:
        yield client


def test_the_api_composes_where_it_is_asked_to(client: TestClient, model: Model) -> None:
    plain = client.get("/v1/answer", params={"q": _QUESTION}).json()
    assert plain["composed"] is None
    assert model.asked == []
    got = client.get("/v1/answer", params={"q": _QUESTION, "compose": "true"}).json()
    posted = client.post("/v1/answer", json={"q": _QUESTION, "compose": True}).json()
    assert got["composed"] == posted["composed"]
    assert got["composed"]["model"] == "tiny"
    assert _without_time(got) == _without_time(plain)


def test_the_api_says_that_it_has_no_model(bare: TestClient) -> None:
    response = bare.get("/v1/answer", params={"q": _QUESTION, "compose": "true"})
    assert response.status_code == 409
    assert "MINUTEBOOK_LLM_URL" in response.json()["remedy"]
    assert bare.get("/v1/answer", params={"q": _QUESTION}).status_code == 200


def test_the_page_labels_composed_text(client: TestClient, model: Model) -> None:
    offered = client.get("/answer", params={"q": _QUESTION}).text
    assert "compose=true" in offered
    assert _LABEL not in offered
    assert model.asked == []
    shown = client.get("/answer", params={"q": _QUESTION, "compose": "true"}).text
    assert shown.index(_LABEL) < shown.index('href="#quotation-1">[1]</a>')
    assert "Between February and August 2018, " in shown
    assert "(superseded):" in shown
    assert "compose=true" not in shown
    assert "All is well" not in shown


def test_the_page_without_a_model_is_as_it_was(bare: TestClient) -> None:
    plain = bare.get("/answer", params={"q": _QUESTION}).text
    assert "compose" not in plain
    assert bare.get("/answer", params={"q": _QUESTION, "compose": "true"}).text == plain
    assert bare.get("/answer", params={"q": _QUESTION, "compose": "x"}).status_code == 422


def test_the_page_tells_that_it_was_in_vain(sample_index: Path) -> None:
    with running(writing("All is well [1].")) as useless:
        app = create_app(sample_index, composer=Composer(useless.endpoint()))
        with TestClient(app) as client:
            shown = client.get("/answer", params={"q": _QUESTION, "compose": "true"})
            missing = client.get("/answer", params={"q": _MISSING, "compose": "true"})
    assert shown.status_code == 200
    assert "All is well" not in shown.text
    assert "wrote nothing that the quotations bear out" in shown.text
    assert "language model" not in missing.text


def test_markup_of_a_model_is_text_on_the_page(sample_index: Path) -> None:
    with running(writing("<b>x</b> [1].")) as hostile:
        app = create_app(sample_index, composer=Composer(hostile.endpoint()))
        with TestClient(app) as client:
            shown = client.get("/answer", params={"q": _QUESTION, "compose": "true"}).text
    assert "<b>x</b>" not in shown
