"""Figures for Prometheus: of nobody in particular."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from fastapi import Depends
from prometheus_client.parser import text_string_to_metric_families
from starlette.testclient import TestClient

from hrreco.service import create_app
from hrreco.service.access import allowed
from hrreco.service.auth import Scope

Header = Callable[[str, str], dict[str, str]]
ASKED = "/v1/employees/{}/recommendations"


def counts(client: TestClient, bearer: Header) -> dict[tuple[str, str], int]:
    """Return how many requests there were, by route and class of status."""
    answer = client.get("/metrics", headers=bearer("prometheus", "admin"))
    assert answer.headers["content-type"].startswith("text/plain")
    (family,) = text_string_to_metric_families(answer.text)
    return {
        (one.labels["route"], one.labels["status"]): int(one.value)
        for one in family.samples
        if one.name.endswith("_count")
    }


def test_requests_are_counted_by_route(folder: Path, bearer: Header, ids: list[str]) -> None:
    with TestClient(create_app(folder)) as client:
        own = bearer(ids[0], "employee")
        for one in (ids[0], ids[0], ids[1], "nobody"):
            client.get(ASKED.format(one), headers=own)
        client.get("/nothing/here")
        found = counts(client, bearer)
    assert found == {
        ("/v1/employees/{employee_id}/recommendations", "2xx"): 2,
        ("/v1/employees/{employee_id}/recommendations", "4xx"): 2,
        ("none", "4xx"): 1,
    }


@pytest.mark.parametrize("role", ["employee", "manager", "lms"])
def test_they_are_for_whoever_has_the_scope(client: TestClient, bearer: Header, role: str) -> None:
    assert client.get("/metrics", headers=bearer("E000001", role)).status_code == 403
    assert client.get("/metrics").status_code == 401


async def done() -> None:
    pass


def test_no_figure_tells_that_somebody_opted_out(folder: Path, bearer: Header) -> None:
    """Two services, in one of which somebody opts out where the other has an export."""
    texts = []
    for scope in (Scope.OPT_OUTS, Scope.EXPORT):
        app = create_app(folder)
        for one in (Scope.OPT_OUTS, Scope.EXPORT, Scope.ERASURE):
            app.add_api_route(
                f"/v1/employees/{{employee_id}}/{one}",
                done,
                methods=["POST"],
                dependencies=[Depends(allowed(one))],
            )
        with TestClient(app) as client:
            answer = client.post(
                f"/v1/employees/E000001/{scope}", headers=bearer("E000001", "employee")
            )
            assert answer.status_code == 200
            told = client.get("/metrics", headers=bearer("prometheus", "admin")).text
        texts.append(re.sub(r"_sum\{[^}]*\} \S+|_bucket\{[^}]*\} \S+", "", told))
        assert 'route="rights"' in told
        assert "E000001" not in told
    assert texts[0] == texts[1]
