"""The limits of a request: how often, how much, for how long."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi import Body, Depends, Response
from starlette.testclient import TestClient

from hrreco.service import create_app
from hrreco.service.access import allowed
from hrreco.service.auth import Scope

Header = Callable[[str, str], dict[str, str]]
JSON = {"Content-Type": "application/json"}
ASKED = "/v1/employees/E000001/recommendations"


@pytest.fixture(scope="module")
def limited(folder: Path) -> Iterator[TestClient]:
    """A service of small limits, with routes that are slow, greedy and late."""
    file = folder / "hrreco.toml"
    before, _, _ = file.read_text().partition("[limits]")
    file.write_text(
        f"{before}[limits]\nrequests_per_minute = 3\nrequest_bytes = 2000\ntimeout_seconds = 0.3\n"
    )
    app = create_app(folder)

    @app.get("/slow")
    async def slow() -> Response:
        await asyncio.sleep(30)
        return Response("late")

    @app.get("/own")
    async def own() -> Response:
        raise TimeoutError

    @app.post("/body", dependencies=[Depends(allowed(Scope.EVENTS))])
    async def body(rows: list[Any] = Body()) -> Response:  # noqa: B008
        return Response(str(len(rows)))

    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


def test_whoever_asks_too_often_is_told_when_to_ask_again(
    limited: TestClient, bearer: Header, ids: list[str]
) -> None:
    headers = bearer("E000001", "employee")
    answers = [limited.get(ASKED, headers=headers) for _ in range(8)]  # over one full minute
    assert {one.status_code for one in answers} == {200, 429}
    refused = answers[-1]
    assert refused.headers["content-type"] == "application/problem+json"
    assert 1 <= int(refused.headers["retry-after"]) <= 60
    assert "E000001" not in refused.text
    assert limited.get("/health", headers=headers).status_code == 429
    asked = ASKED.replace("E000001", ids[-1])
    assert limited.get(asked, headers=bearer(ids[-1], "employee")).status_code == 200
    assert limited.get("/health").status_code == 200  # nobody in particular


def test_what_others_may_not_see_counts_as_well(limited: TestClient, bearer: Header) -> None:
    headers = bearer("E000003", "employee")
    answers = [limited.get(ASKED, headers=headers).status_code for _ in range(8)]
    assert set(answers) == {403, 429}


def test_a_body_that_is_too_large_is_not_read(limited: TestClient, bearer: Header) -> None:
    headers = {**bearer("lms", "lms"), **JSON}
    assert limited.post("/body", content=b"[1, 2]", headers=headers).text == "2"
    answer = limited.post("/body", content=b"[" + b" " * 2_000 + b"]", headers=headers)
    assert answer.status_code == 413
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["connection"] == "close"
    assert "2,000 bytes" in answer.json()["detail"]


def test_nor_is_one_that_does_not_say_how_large_it_is(limited: TestClient, bearer: Header) -> None:
    handed = 0

    def endless() -> Iterator[bytes]:
        nonlocal handed
        while handed < 1_000_000:
            handed += 500
            yield b" " * 500

    answer = limited.post("/body", content=endless(), headers=bearer("lms", "lms"))
    assert (answer.status_code, answer.json()["status"]) == (413, 413)


def test_nobody_unknown_hands_in_anything(limited: TestClient) -> None:
    for content in (b"[1, 2]", b"{torn", b" " * 1_999):  # which would else be told to be torn
        answer = limited.post("/body", content=content, headers=JSON)
        assert answer.status_code == 401


def test_a_request_that_takes_too_long_is_given_up(limited: TestClient) -> None:
    answer = limited.get("/slow")
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "30")
    assert "0.3 seconds" in answer.json()["detail"]
    assert limited.get("/own").status_code == 500
