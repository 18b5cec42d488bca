"""The stylesheet is cut from the design system's, small, and without what is the NHS's own."""

import base64
import gzip
import hashlib
import re

import pytest
import tinycss2  # type: ignore[import-untyped]
from bs4 import BeautifulSoup
from fastapi.testclient import TestClient

from search_api.web.design.trim import OWN, TRIMMED, WHOLE, trimmed, used_classes
from search_api.web.looks import STYLE

MOST_BYTES = 60_000
MOST_OF_STYLE = 12_000


def test_the_trimmed_stylesheet_is_what_the_templates_need() -> None:
    fresh = trimmed(WHOLE.read_text("utf-8"), used_classes(), OWN.read_text("utf-8"))
    remedy = "run python -m search_api.web.design.trim"
    assert TRIMMED.read_text("utf-8") == fresh, remedy


def test_the_design_systems_file_is_the_one_that_was_published() -> None:
    assert hashlib.sha256(WHOLE.read_bytes()).hexdigest() == (
        "13e3b14dbb03ca232b2fd9cc48825151511318c712f18fd8df9e58f7bc51080f"
    )


def test_no_font_colour_or_address_of_the_nhs_is_left() -> None:
    lowered = STYLE.lower()
    for theirs in ("frutiger", "#005eb8", "#003087", "url(", "assets.nhs.uk", "@font-face"):
        assert theirs not in lowered


@pytest.mark.parametrize("sheet", [STYLE, TRIMMED.read_text("utf-8")])
def test_the_stylesheet_can_be_read_to_its_end(sheet: str) -> None:
    rules = tinycss2.parse_stylesheet(sheet, True, True)
    assert not [rule for rule in rules if rule.type == "error"]
    assert sheet.count("{") == sheet.count("}")


def test_rules_for_other_classes_go_and_conditions_stay() -> None:
    css = (
        ".a,.b{color:red}.b:hover{x:y}.b:not(.c){x:z}@media print{.c{x:y}.b{p:q}}"
        "@media (min-width:1em){@media print{.b{n:n}}}@font-face{src:url(x)}"
        "@media (-ms-high-contrast:active),screen and (forced-colors:active){.b{h:c}}"
        ":root{--x:1;--y:2}.b--d:hover{x:var(--x)}"
    )
    assert trimmed(css, {"b", "b--d"}, "").partition("\n")[2] == (
        ".b{color:red}.b:hover{x:y}.b:not(.c){x:z}@media print{.b{p:q}}"
        "@media (min-width:1em){@media print{.b{n:n}}}@media (forced-colors:active){.b{h:c}}"
        ":root{--x:1;}.b--d:hover{x:var(--x)}\n"
    )


def test_the_policy_names_the_very_style_of_the_page(client: TestClient) -> None:
    response = client.get("/", headers={"accept": "text/html"})
    found = re.search(r"<style>(.*?)</style>", response.text, re.DOTALL)
    assert found
    digest = base64.b64encode(hashlib.sha256(found[1].encode()).digest()).decode()
    policy = response.headers["content-security-policy"]
    assert f"style-src 'sha256-{digest}'" in policy
    assert "unsafe" not in policy
    assert "script-src 'self';" in policy


def test_a_first_visit_to_an_answer_is_light(client: TestClient) -> None:
    asked = "/answer?q=when+does+BCT+consultation+start%3F"
    headers = {"accept": "text/html", "accept-encoding": "gzip"}
    page = client.get(asked, headers=headers)
    soup = BeautifulSoup(page.text, "html.parser")
    others = [tag["src"] for tag in soup.find_all("script")]
    others += [tag["href"] for tag in soup.find_all("link")]
    responses = [page, *(client.get(str(address), headers=headers) for address in others)]
    sent = [int(response.headers["content-length"]) for response in responses]
    assert page.headers["content-encoding"] == "gzip"
    assert sum(sent) <= MOST_BYTES
    assert not soup.find_all("link", rel="stylesheet"), "the page is painted after one request"
    assert all(script.has_attr("defer") for script in soup.find_all("script"))


def test_the_style_is_small() -> None:
    assert len(gzip.compress(STYLE.encode())) <= MOST_OF_STYLE
