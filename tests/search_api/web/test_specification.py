"""The API keeps what its own description says, and the description says all there is.

schemathesis asks a real server whatever the description allows, and what it does not allow.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.search_api.web.served import running

_EXAMPLES = 5


def test_every_operation_does_what_its_description_says(index: Path, tmp_path: Path) -> None:
    with running(index) as (at, _):
        command = [
            str(Path(sys.executable).parent / "schemathesis"),
            "run",
            f"{at}/openapi.json",
            "--checks=all",
            f"--max-examples={_EXAMPLES}",
            "--generation-deterministic",
            "--workers=1",
            "--request-timeout=60",
            "--continue-on-failure",
            "--warnings=off",
            "--no-color",
        ]
        done = subprocess.run(
            command, cwd=tmp_path, capture_output=True, text=True, timeout=900, check=False
        )
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr
    assert "Tested: 14" in done.stdout


@pytest.fixture(scope="module")
def described(client: TestClient) -> dict[str, Any]:
    found: dict[str, Any] = client.get("/openapi.json").json()
    return found


def test_every_field_has_a_description_and_an_example(described: dict[str, Any]) -> None:
    lacking = [
        f"{name}.{field}"
        for name, schema in described["components"]["schemas"].items()
        for field, shape in schema.get("properties", {}).items()
        if not _is_of_models(shape) and not (shape.get("description") and "examples" in shape)
    ]
    assert lacking == []


def _is_of_models(shape: dict[str, Any]) -> bool:
    """Say whether the field holds what has a description and examples of its own."""
    return "$ref" in shape or "$ref" in shape.get("items", {})


def test_every_parameter_has_a_description_and_an_example(described: dict[str, Any]) -> None:
    lacking = [
        (path, parameter["name"])
        for path, operations in described["paths"].items()
        for operation in operations.values()
        for parameter in operation.get("parameters", [])
        if parameter["in"] == "query"
        and not (parameter.get("description") and "examples" in parameter["schema"])
    ]
    assert lacking == []


def test_every_operation_has_a_name_of_its_own_and_says_how_it_fails(
    described: dict[str, Any],
) -> None:
    operations = [each for path in described["paths"].values() for each in path.values()]
    names = [operation["operationId"] for operation in operations]
    assert len(set(names)) == len(names)
    assert {"get_search", "post_answer", "get_documents", "get_builds"} <= set(names)
    for operation in operations:
        assert {"422", "500"} <= set(operation["responses"]), operation["operationId"]
        problems = operation["responses"]["500"]["content"]
        assert list(problems) == ["application/problem+json"]


def test_units_are_said(described: dict[str, Any]) -> None:
    schemas = described["components"]["schemas"]
    for name in ("SearchResponse", "AnswerResponse"):
        assert "milliseconds" in schemas[name]["properties"]["took_ms"]["description"]
    for name in ("PassageJson", "CitationJson", "DateJson"):
        assert "code points" in schemas[name]["properties"]["start"]["description"]
        assert "code points" in schemas[name]["properties"]["end"]["description"]
    assert "EDTF" in schemas["DocumentJson"]["properties"]["date"]["description"]
