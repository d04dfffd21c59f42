"""What is told of a request: what was asked and how it went, never who or of whom."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from starlette.testclient import TestClient

from hrreco.service import create_app
from hrreco.service.logs import JsonLines

Header = Callable[[str, str], dict[str, str]]
ASKED = "/v1/employees/E000001/recommendations"
CANARY = "E-CANARY-7"


@pytest.fixture(scope="module")
def failing(folder: Path) -> Iterator[TestClient]:
    """A service with a route that fails."""
    app = create_app(folder)

    @app.get("/fails/{name}")
    async def fails(name: str) -> None:
        raise ValueError(name)

    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


@pytest.fixture
def lines(caplog: pytest.LogCaptureFixture) -> Callable[[], list[dict[str, Any]]]:
    """Returns what the log has told so far."""
    caplog.set_level(logging.INFO)
    return lambda: [
        json.loads(JsonLines().format(one))
        for one in caplog.records
        if one.name != "httpx2"  # the client that asks
    ]


def test_a_request_is_told_by_its_route(
    client: TestClient, bearer: Header, lines: Callable[[], list[dict[str, Any]]]
) -> None:
    answer = client.get(f"{ASKED}?k=1&{CANARY}=1", headers=bearer("E000001", "employee"))
    (told,) = lines()
    assert {name: told[name] for name in ("method", "route", "status", "role")} == {
        "method": "GET",
        "route": "/v1/employees/{employee_id}/recommendations",
        "status": 200,
        "role": "employee",
    }
    assert told["request"] == answer.headers["x-request-id"]
    assert told["ms"] > 0
    assert set(told) - {"at", "level", "logger", "message"} == {
        *("method", "route", "status", "role", "request", "ms")
    }


def test_an_id_is_taken_if_a_machine_has_drawn_it(client: TestClient) -> None:
    def answered(given: str | bytes) -> str:
        return str(client.get("/health", headers={"X-Request-ID": given}).headers["x-request-id"])

    for sane in (str(uuid4()), uuid4().hex, "4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7"):
        assert answered(sane) == sane
    insane = (CANARY, "E000001", "", "a" * 65, "a" * 19, "x" * 32, "010190-123A", "a" * 30 + "\n")
    for given in insane:
        made = answered(given.encode())
        assert made != given
        assert len(made) == 32
    assert answered("E000001") != answered("E000001")


def test_a_failure_is_told_without_its_words(
    failing: TestClient, lines: Callable[[], list[dict[str, Any]]]
) -> None:
    answer = failing.get(f"/fails/{CANARY}")
    assert answer.status_code == 500
    assert answer.headers["content-type"] == "application/problem+json"
    assert len(answer.headers["x-request-id"]) == 32
    failed, told = lines()
    assert (failed["error"], told["status"], told["route"]) == ("ValueError", 500, "/fails/{name}")
    assert failed["request"] == told["request"] == answer.headers["x-request-id"]
    assert CANARY not in answer.text + json.dumps(lines())


def test_nothing_that_was_asked_for_in_vain_is_told(
    client: TestClient, bearer: Header, lines: Callable[[], list[dict[str, Any]]]
) -> None:
    for path in (f"/{CANARY}", f"/v1/employees/{CANARY}/{CANARY}", f"//{CANARY}//"):
        client.get(path, headers=bearer(CANARY, "lms"))
        client.request(CANARY, path)
    client.get(ASKED.replace("E000001", CANARY), headers=bearer(CANARY, "employee"))
    client.get("/health", headers={"Authorization": CANARY, "User-Agent": CANARY})
    told = lines()
    assert len(told) == 8
    assert CANARY.lower() not in json.dumps(told).lower()


def test_no_cache_keeps_what_is_about_somebody(client: TestClient, bearer: Header) -> None:
    for asked in (ASKED, "/v1/employees/E000001/profile", "/nowhere"):
        answer = client.get(asked, headers=bearer("E000001", "employee"))
        assert answer.headers["cache-control"] == "no-store"
    assert client.get("/web/hrreco-suggestions.js").headers["cache-control"] == "no-cache"
