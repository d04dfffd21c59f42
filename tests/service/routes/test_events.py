"""Events over HTTP."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from hrreco import Workspace

Header = Callable[[str, str], dict[str, str]]
AT = (datetime.now(UTC) - timedelta(hours=1)).isoformat()


@pytest.fixture(scope="module")
def course_id(folder: Path) -> str:
    workspace = Workspace.open(folder)
    found: str = workspace.store.courses()["course_id"][0]
    workspace.store.close()
    return found


@pytest.fixture(scope="module")
def event(ids: list[str], course_id: str) -> dict[str, Any]:
    return {"employee_id": ids[0], "course_id": course_id, "kind": "completed", "occurred_at": AT}


def test_one_event_again_and_otherwise(
    client: TestClient, bearer: Header, event: dict[str, Any]
) -> None:
    lms, row = bearer("lms", "lms"), {"event_id": "one", **event}
    stored, again, other = (
        client.post("/v1/events", json=given, headers=lms)
        for given in (row, row, {**row, "rating": 2})
    )
    assert stored.json() == {"stored": 1, "unchanged": 0, "rejected": []}
    assert again.json() == {"stored": 0, "unchanged": 1, "rejected": []}
    assert other.status_code == 409
    assert other.headers["content-type"] == "application/problem+json"
    problem = other.json()
    assert (problem["stored"], problem["unchanged"]) == (0, 0)
    assert [one["index"] for one in problem["rejected"]] == [0]
    assert "index 0" in problem["detail"]
    assert "'one'" in problem["detail"]


def test_of_many_the_bad_ones_are_told_and_the_others_stored(
    client: TestClient, bearer: Header, event: dict[str, Any]
) -> None:
    rows = [{**event, "event_id": f"m{n}"} for n in range(4)]
    rows[1]["kind"] = "complet"
    rows[2]["conflict_of_interest"] = "x"
    answer = client.post("/v1/events", json=rows, headers=bearer("lms", "lms"))
    assert answer.status_code == 200
    told = answer.json()
    assert (told["stored"], told["unchanged"]) == (2, 0)
    assert [(one["index"], one["column"]) for one in told["rejected"]] == [
        (1, "kind"),
        (2, "conflict_of_interest"),
    ]
    rows[0]["rating"] = 1
    conflict = client.post("/v1/events", json=rows, headers=bearer("lms", "lms"))
    assert conflict.status_code == 409
    assert conflict.json()["unchanged"] == 1


def test_a_single_bad_event_is_a_problem(
    client: TestClient, bearer: Header, event: dict[str, Any]
) -> None:
    answer = client.post(
        "/v1/events", json={**event, "employee_id": "nobody"}, headers=bearer("lms", "lms")
    )
    assert answer.status_code == 422
    assert answer.json()["rejected"][0]["column"] == "employee_id"
    unreadable = client.post("/v1/events", content=b"{", headers=bearer("lms", "lms"))
    assert unreadable.status_code == 422
    too_many = client.post("/v1/events", json=[0] * 10_001, headers=bearer("lms", "lms"))
    assert too_many.status_code == 422
    assert "10,000" in too_many.json()["detail"]


@pytest.mark.parametrize("role", ["employee", "manager", "admin"])
def test_only_an_lms_hands_events_in(
    client: TestClient, bearer: Header, ids: list[str], event: dict[str, Any], role: str
) -> None:
    answer = client.post("/v1/events", json=event, headers=bearer(ids[0], role))
    assert answer.status_code == 403


def test_an_event_counts_at_the_next_request(
    client: TestClient, bearer: Header, event: dict[str, Any], ids: list[str]
) -> None:
    asked = f"/v1/employees/{ids[3]}/recommendations?k=100"
    lms = bearer("lms", "lms")
    suggested = [
        one["course_id"]
        for one in client.get(asked, headers=lms).json()["recommendations"]
        if one["kind"] == "elective"
    ]
    row = {**event, "employee_id": ids[3], "course_id": suggested[0]}
    assert client.post("/v1/events", json=row, headers=lms).json()["stored"] == 1
    after = client.get(asked, headers=lms).json()["recommendations"]
    assert suggested[0] not in {one["course_id"] for one in after}


def test_courses_and_employees_are_in_force_at_the_next_call(
    client: TestClient, bearer: Header, event: dict[str, Any]
) -> None:
    admin, lms = bearer("hr", "admin"), bearer("lms", "lms")
    person = {"role": "Nurse", "language": "fi"}
    new = {**event, "employee_id": "E-new", "course_id": "https://lms.example/c/1"}
    refused = client.post("/v1/events", json=new, headers=lms)
    assert refused.status_code == 422
    put = client.put("/v1/employees/E-new", json=person, headers=admin)
    assert put.json() == {"stored": 1, "unchanged": 0, "rejected": []}
    put = client.put("/v1/employees/E-new", json=person, headers=admin)
    assert put.json() == {"stored": 0, "unchanged": 1, "rejected": []}
    course = client.put(f"/v1/courses/{new['course_id']}", json={"title": "New"}, headers=admin)
    assert course.json()["stored"] == 1
    assert client.post("/v1/events", json=new, headers=lms).json()["stored"] == 1
    answer = client.get("/v1/employees/E-new/recommendations", headers=lms)
    assert answer.status_code == 200


def test_upserts_are_told_row_by_row(client: TestClient, bearer: Header) -> None:
    admin = bearer("hr", "admin")
    many = client.post(
        "/v1/employees",
        json=[{"employee_id": "E-a", "role": "Nurse", "religion": "x"}, {"employee_id": "E-b"}],
        headers=admin,
    )
    assert many.status_code == 200
    assert [(one["index"], one["column"]) for one in many.json()["rejected"]] == [
        (0, "religion"),
        (1, "role"),
    ]
    course = {"course_id": "C-a", "title": "New", "prerequisites": ["C-nowhere"]}
    noted = client.post("/v1/courses", json=[course], headers=admin).json()
    assert noted["stored"] == 1
    assert "C-nowhere" in noted["notes"][0]
    mismatch = client.put("/v1/courses/C-b", content=json.dumps(course), headers=admin)
    assert mismatch.status_code == 422
    one_of_list = client.put("/v1/courses/C-b", json=[course], headers=admin)
    assert one_of_list.status_code == 422
    for method, path in (("POST", "courses"), ("POST", "employees"), ("PUT", "courses/C1")):
        refused = client.request(method, f"/v1/{path}", json={}, headers=bearer("lms", "lms"))
        assert refused.status_code == 403
