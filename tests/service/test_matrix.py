"""Who may ask what of whom; see `matrix`."""

from __future__ import annotations

import json
import logging
from pathlib import Path

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from hrreco.service.logs import JsonLines
from tests.service.matrix import ROUTES, Found, ask_all, callers, served


def asked(
    client: TestClient,
    folder: Path,
    ids: list[str],
    elsewhere: Path,
    caplog: pytest.LogCaptureFixture,
    *,
    few: bool,
) -> Found:
    """Ask all; check that no line of the log names anybody."""
    caplog.set_level(logging.INFO)
    own, another = ids[:2]
    found = ask_all(client, callers(folder, elsewhere, own), [own, another], few=few)
    records = [one for one in caplog.records if one.name != "httpx2"]  # the client that asks
    assert len(records) >= found.asked
    lines = [JsonLines().format(one) for one in records]
    assert [line for line in lines if any(one in line for one in (*ids, "E999999"))] == []
    assert all(json.loads(line) for line in lines)
    return found


def test_every_route_is_in_the_table(client: TestClient) -> None:
    app = client.app
    assert isinstance(app, FastAPI)
    assert served(app) - set(ROUTES) == set()


def test_who_may_ask_what_of_whom(
    client: TestClient,
    folder: Path,
    ids: list[str],
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    found = asked(client, folder, ids, tmp_path / "other", caplog, few=True)
    assert found.wrong == []
    assert found.asked > 800
    assert {status for status, _ in found.refusals} == {401, 403}


@pytest.mark.torture
def test_who_may_ask_what_of_whom_by_any_name(
    client: TestClient,
    folder: Path,
    ids: list[str],
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    found = asked(client, folder, ids, tmp_path / "other", caplog, few=False)
    assert found.wrong == []
    assert found.asked >= 10_000
    print(f"{found.asked} requests")
