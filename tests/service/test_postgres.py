"""The service on PostgreSQL, with two workers: each knows of all, and the server may restart."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx2
import pytest

from hrreco import Workspace
from hrreco.workspace.handed import Form, Handed
from hrreco.workspace.intake import take_events, upsert
from tests.postgres import Server
from tests.service.running import Running, running
from tests.service.test_every_worker import a_client_of_each
from tests.workspace.commands import answer

Header = Callable[[str, str], dict[str, str]]

PEOPLE = [f"CANARY-{number}" for number in range(12)]
OTHERS = PEOPLE[6:]
"""Who have taken all courses, which makes them what the rules suggest."""
COURSES = [f"C{number}" for number in range(8)]
AT = (datetime.now(UTC) - timedelta(days=1)).isoformat()


@pytest.fixture(scope="module")
def folder(postgres: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A workspace with rows on PostgreSQL, where the rules serve."""
    folder = tmp_path_factory.mktemp("postgres") / "acme"
    folder.mkdir()
    with postgres.database() as address:
        settings = f'database = "{address}"\n[auth]\nmode = "local"\n'
        (folder / "hrreco.toml").write_text(settings, encoding="utf-8")
        workspace = Workspace.init(folder)
        people = [{"employee_id": one, "role": "Nurse", "department": "Care"} for one in PEOPLE]
        courses = [{"course_id": one, "title": "A course", "hours": 2} for one in COURSES]
        upsert(workspace, "employees", json.dumps(people).encode())
        upsert(workspace, "courses", json.dumps(courses).encode())
        taken = [event(f"{who}-{what}", who, what) for who in OTHERS for what in COURSES]
        take_events(workspace, [Handed(json.dumps(taken).encode(), Form.ROWS)])
        workspace.store.close()
        yield folder


@pytest.fixture(scope="module")
def service(folder: Path) -> Iterator[Running]:
    with running(folder, workers=2) as service:
        yield service


@pytest.fixture
def both(service: Running) -> Iterator[tuple[httpx2.Client, httpx2.Client]]:
    """A client of each worker."""
    with a_client_of_each(service, {}) as (one, other):
        yield one, other


@pytest.fixture(scope="module")
def lms(bearer: Header) -> dict[str, str]:
    return bearer("lms", "lms")


@pytest.fixture(scope="module")
def admin(bearer: Header) -> dict[str, str]:
    return bearer("hr", "admin")


def event(event_id: str, employee_id: str, course_id: str = COURSES[0], **more: Any) -> Any:
    given = {"event_id": event_id, "employee_id": employee_id, "course_id": course_id}
    return {**given, "kind": "completed", "occurred_at": AT, **more}


def suggested(client: httpx2.Client, employee_id: str, headers: dict[str, str]) -> list[str]:
    told = client.get(f"/v1/employees/{employee_id}/recommendations?k=100", headers=headers)
    return [one["course_id"] for one in told.json()["recommendations"]]


def test_events_are_stored_once_and_count_in_the_other_worker(
    both: tuple[httpx2.Client, httpx2.Client], lms: dict[str, str]
) -> None:
    one, other = both
    me = PEOPLE[0]
    first = suggested(other, me, lms)[0]
    rows = [event("a", me, first), event("b", me, "C99"), event("c", PEOPLE[1], reason="\0")]
    told = one.post("/v1/events", headers=lms, json=rows).json()
    assert (told["stored"], [row["index"] for row in told["rejected"]]) == (1, [1, 2])
    assert first not in suggested(other, me, lms)
    again = other.post("/v1/events", headers=lms, json=rows[0]).json()
    assert (again["stored"], again["unchanged"]) == (0, 1)
    changed = other.post("/v1/events", headers=lms, json=[{**rows[0], "rating": 2}])
    assert changed.status_code == 409
    many = [
        event(f"m{i}", OTHERS[i % len(OTHERS)], COURSES[i % len(COURSES)], reason="hyvä 😀")
        for i in range(2_000)
    ]
    assert one.post("/v1/events", headers=lms, json=many).json()["stored"] == len(many)


def test_what_an_employee_says_counts_in_the_other_worker(
    both: tuple[httpx2.Client, httpx2.Client], bearer: Header, admin: dict[str, str]
) -> None:
    one, other = both
    me = PEOPLE[2]
    own, here = bearer(me, "employee"), f"/v1/employees/{me}"
    first = suggested(other, me, own)[0]
    said = {"course_id": first, "kind": "dismissed"}
    assert one.post(f"{here}/feedback", headers=own, json=said).status_code == 200
    assert first not in suggested(other, me, own)
    new = {"title": "A new course", "mandatory_for": ["*"]}
    assert other.put("/v1/courses/NEW", headers=admin, json=new).status_code == 200
    assert "NEW" in suggested(one, me, own)
    one.put(f"{here}/opt-outs/training", headers=own)
    assert other.get(f"{here}/opt-outs", headers=own).json() == {"opted_out": ["training"]}
    assert other.delete(f"{here}/opt-outs/training", headers=own).json() == {"opted_out": []}
    assert one.get(f"{here}/opt-outs", headers=own).json() == {"opted_out": []}
    assert (
        other.get("/v1/employees/a%00b/opt-outs", headers=bearer("lms", "lms")).status_code == 404
    )


def test_commands_and_the_service_are_of_one_database(
    both: tuple[httpx2.Client, httpx2.Client], folder: Path, bearer: Header
) -> None:
    one, other = both
    me = PEOPLE[3]
    own, here = bearer(me, "employee"), f"/v1/employees/{me}"
    told = one.get(f"{here}/recommendations", headers=own).json()
    one.get(f"{here}/export", headers=own)  # which has all answers on disk
    assert answer("replay", told["decision_id"], workspace=folder)["same"]
    key = answer("api-keys", "add", "moodle", "--role", "lms", workspace=folder)["key"]
    of_moodle = {"Authorization": f"Bearer {key}"}
    assert [client.get(f"{here}/gap", headers=of_moodle).status_code for client in both] != [
        401
    ] * 2
    answer("api-keys", "revoke", "moodle", workspace=folder)
    assert {client.get(f"{here}/gap", headers=of_moodle).status_code for client in both} == {401}
    answer("opt-out", me, "--purpose", "profiling", workspace=folder)
    refused = other.get(f"{here}/opt-outs", headers=own).json()
    assert refused == {"opted_out": ["profiling"]}


def test_who_is_erased_is_gone_from_both_workers(
    both: tuple[httpx2.Client, httpx2.Client], lms: dict[str, str], admin: dict[str, str]
) -> None:
    one, other = both
    gone = PEOPLE[4]
    here = f"/v1/employees/{gone}"
    assert other.post("/v1/events", headers=lms, json=event("g", gone)).json()["stored"] == 1
    assert one.delete(here, headers=admin).json()["certificate"]
    for client in both:
        assert client.get(f"{here}/recommendations", headers=lms).status_code == 404
        assert client.post("/v1/events", headers=lms, json=event("g", gone)).status_code == 422


def test_a_server_that_is_away_is_a_problem_until_it_is_back(
    service: Running,
    both: tuple[httpx2.Client, httpx2.Client],
    folder: Path,
    postgres: Server,
    bearer: Header,
    lms: dict[str, str],
    admin: dict[str, str],
) -> None:
    me = PEOPLE[5]
    own, here = bearer(me, "employee"), f"/v1/employees/{me}"
    asked: list[tuple[str, str, dict[str, str], Any]] = [
        ("GET", f"{here}/recommendations", own, None),
        ("GET", f"{here}/export", own, None),
        ("PUT", f"{here}/opt-outs/training", own, None),
        ("POST", "/v1/events", lms, event("away", me)),
        ("PUT", f"/v1/employees/{PEOPLE[6]}", admin, {"role": "Nurse"}),
        ("GET", f"{here}/gap", {"Authorization": f"Bearer hrreco_{'k' * 43}"}, None),
        ("GET", "/ready", {}, None),
    ]

    def ask(client: httpx2.Client) -> list[httpx2.Response]:
        return [client.request(how, url, headers=by, json=row) for how, url, by, row in asked]

    as_ever = [200] * 5 + [401, 200]
    for client in both:
        assert [one.status_code for one in ask(client)] == as_ever
    with away(postgres):
        for client in both:
            for told in ask(client):
                assert told.status_code == 503
                assert told.headers["content-type"] == "application/problem+json"
                assert "postgresql" not in told.text
            assert client.get("/health").status_code == 200
    for client in both:
        assert [one.status_code for one in ask(client)] == as_ever
    with away(postgres):
        pass  # which nobody has noticed
    for client in both:
        assert [one.status_code for one in ask(client)] == as_ever
    (log,) = folder.parent.glob("acme.*.log")
    lines = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    assert {line["status"] for line in lines if line["message"] == "answered"} <= {
        *(200, 401, 404, 409, 422, 503)
    }
    assert "CANARY" not in json.dumps(lines)


@contextmanager
def away(server: Server) -> Iterator[None]:
    """Have a server stopped, as by a crash."""
    server.stop()
    try:
        yield
    finally:
        server.start()
