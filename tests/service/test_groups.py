"""Figures of groups over HTTP."""

from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest
from starlette.testclient import TestClient

from hrreco import Workspace

Header = Callable[[str, str], dict[str, str]]


@pytest.fixture(scope="module")
def people(folder: Path) -> pl.DataFrame:
    """Everybody, with department and manager."""
    workspace = Workspace.open(folder)
    employees = workspace.people.tables().employees
    workspace.store.close()
    return employees


def test_hr_sees_all_that_may_be_told(client: TestClient, bearer: Header) -> None:
    answer = client.get(
        "/v1/groups?by=department&by=role&since=2025-01-01", headers=bearer("hr", "admin")
    )
    assert answer.status_code == 200
    shown = answer.json()
    assert (shown["by"], shown["since"]) == (["department", "role"], "2025-01-01")
    assert {} in [one["group"] for one in shown["groups"]]


@pytest.mark.parametrize("by", ["by=department", "by=role&by=department", "by=manager", "by=role"])
def test_a_manager_sees_their_own_unit_of_the_same_report(
    client: TestClient, bearer: Header, people: pl.DataFrame, by: str
) -> None:
    all_told = client.get(f"/v1/groups?{by}", headers=bearer("hr", "admin")).json()
    seen = []
    for manager in people["manager_id"].drop_nulls().unique().sort()[:8]:
        department = people.filter(employee_id=manager)["department"].item()
        shown = client.get(f"/v1/groups?{by}", headers=bearer(manager, "manager")).json()
        own = {"department": department, "manager": manager}
        for one in shown["groups"]:
            assert one in all_told["groups"]
            named = {key: name for key, name in one["group"].items() if key != "role"}
            assert named
            assert named.items() <= own.items()
        assert {**shown, "groups": []} == {**all_told, "groups": []}
        seen += shown["groups"]
    assert bool(seen) == (by != "by=role")


def test_whoever_has_no_unit_sees_nothing(client: TestClient, bearer: Header) -> None:
    for nobody in ("nobody", "%00", "\0"):
        answer = client.get("/v1/groups", headers=bearer(nobody, "manager"))
        assert answer.status_code == 200
        assert answer.json()["groups"] == []


def test_other_periods_are_not_for_managers(
    client: TestClient, bearer: Header, ids: list[str]
) -> None:
    url = "/v1/groups?since=2026-01-01"
    assert client.get(url, headers=bearer(ids[0], "manager")).status_code == 422


@pytest.mark.parametrize("role", ["employee", "lms"])
def test_nobody_else_sees_any(
    client: TestClient, bearer: Header, ids: list[str], role: str
) -> None:
    assert client.get("/v1/groups", headers=bearer(ids[0], role)).status_code == 403


@pytest.mark.parametrize(
    "asked", ["by=role&by=role", "by=gender", "by=role&by=location&by=manager", "since=9999-12-31"]
)
def test_what_is_no_report_is_said(client: TestClient, bearer: Header, asked: str) -> None:
    answer = client.get(f"/v1/groups?{asked}", headers=bearer("hr", "admin"))
    assert answer.status_code == 422


def test_a_period_that_has_not_begun_is_told_in_words_of_the_service(
    client: TestClient, bearer: Header
) -> None:
    answer = client.get("/v1/groups?since=2099-01-01", headers=bearer("hr", "admin"))
    assert answer.status_code == 422
    assert answer.json()["detail"].startswith("the period begins on 2099-01-01")
    assert "'since'" in answer.json()["detail"]
    assert "--" not in answer.json()["detail"]
