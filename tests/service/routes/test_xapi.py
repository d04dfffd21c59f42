"""The statements of the specifications of xAPI and cmi5, as they stand."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from starlette.testclient import TestClient

from hrreco import Workspace
from hrreco.service import create_app
from hrreco.workspace.intake import upsert
from hrreco.workspace.tokens import LocalTokens

STATEMENTS = Path(__file__).parent.parent / "xapi"
VERSION = {"X-Experience-API-Version": "1.0.3", "Content-Type": "application/json"}
EMPLOYEES = ("1625378", "example.learner@adlnet.gov", "joe@example.com", "13936749")
COURSES = ("simpleCBT", "001", "intro", "https://example.adlnet.gov/AUidentifier", "34534")

AS_EVENTS = {
    "completion": ("example.learner@adlnet.gov", "simpleCBT", "passed", None, None),
    "converted_from_0_9": ("joe@example.com", "001", "completed", None, None),
    "cmi5_failed": (
        "1625378",
        "https://example.adlnet.gov/AUidentifier",
        "failed",
        None,
        None,
    ),
    "cmi5_initialized": ("1625378", "intro", "started", 0.0, None),
    "cmi5_progressed": ("1625378", "intro", "started", 0.45, None),
    "cmi5_completed": ("1625378", "intro", "completed", None, None),
    "cmi5_passed": ("1625378", "intro", "passed", None, None),
    "cmi5_waived": ("1625378", "intro", "waived", None, "Tested Out"),
    "cmi5_satisfied_course": ("1625378", "intro", "completed", None, None),
}
PASSED_OVER = {
    "agent_alone": "verb=1",
    "simple": "verb=1",
    "signed": "verb=1",
    "put_by_a_browser": "verb=1",
    "cmi5_launched": "verb=1",
    "cmi5_abandoned": "verb=1",
    "cmi5_terminated": "verb=1",
    "long": "group=1",
    "sub_statement": "object=1",
    "statement_reference": "object=1",
    "cmi5_satisfied_block": "block=1",
}
REFUSED = {"voiding": "hrreco correct", "version_0_9": "verb: is no object"}

KEPT_FOR_LONG = "\n".join(
    f'[necessity.events.{column}]\npurpose = "the examples are old"\nkeep_days = 36500'
    for column in ("event_id", "employee_id", "course_id", "kind", "occurred_at")
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    workspace = Workspace.init(tmp_path_factory.mktemp("xapi") / "acme")
    settings = workspace.path / "hrreco.toml"
    settings.write_text(f"{settings.read_text()}\n{KEPT_FOR_LONG}\n")
    people = [{"employee_id": one, "role": "Nurse"} for one in EMPLOYEES]
    courses = [{"course_id": one, "title": "A course"} for one in COURSES]
    upsert(workspace, "employees", json.dumps(people).encode())
    upsert(workspace, "courses", json.dumps(courses).encode())
    workspace.store.close()
    return workspace.path


@pytest.fixture(scope="module")
def lms(folder: Path) -> Iterator[TestClient]:
    workspace = Workspace.open(folder)
    token = LocalTokens(workspace).sign("lms", "lms", valid_for=timedelta(hours=1))
    workspace.store.close()
    headers = {"Authorization": f"Bearer {token}", **VERSION}
    with TestClient(create_app(folder), headers=headers) as client:
        yield client


def read(name: str) -> dict[str, Any]:
    statement: dict[str, Any] = json.loads((STATEMENTS / f"{name}.json").read_text())
    return statement


def events(folder: Path) -> pl.DataFrame:
    workspace = Workspace.open(folder)
    found = workspace.store.read().events
    workspace.store.close()
    return found


def test_every_statement_has_its_place_here() -> None:
    named = {path.stem for path in STATEMENTS.glob("*.json")}
    assert named == {*AS_EVENTS, *PASSED_OVER, *REFUSED}


@pytest.mark.parametrize("name", AS_EVENTS)
def test_what_is_read_as_an_event(lms: TestClient, folder: Path, name: str) -> None:
    statement = read(name)
    for _ in range(2):
        answer = lms.post("/v1/xapi/statements", json=statement)
        assert answer.status_code == 200, answer.text
        assert answer.json() == [statement["id"]]
        assert answer.headers["x-experience-api-version"] == "1.0.3"
        assert "x-hrreco-passed-over" not in answer.headers
    (row,) = events(folder).filter(event_id=statement["id"]).iter_rows(named=True)
    whose = ("employee_id", "course_id", "kind", "progress", "reason")
    assert tuple(row[column] for column in whose) == AS_EVENTS[name]
    assert row["occurred_at"].isoformat()[:16] == statement["timestamp"][:16]
    assert row["rating"] is None


@pytest.mark.parametrize("name", PASSED_OVER)
def test_what_is_accepted_and_is_no_event(lms: TestClient, folder: Path, name: str) -> None:
    before = events(folder).height
    answer = lms.post("/v1/xapi/statements", json=[read(name)])
    assert answer.status_code == 200, answer.text
    assert answer.headers["x-hrreco-passed-over"] == PASSED_OVER[name]
    assert events(folder).height == before


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_refused(lms: TestClient, name: str) -> None:
    answer = lms.post("/v1/xapi/statements", json=read(name))
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["detail"].startswith("statement 0: ")
    assert REFUSED[name] in answer.json()["detail"]


def test_many_are_answered_in_their_order(lms: TestClient) -> None:
    names = ["cmi5_passed", "cmi5_launched", "long", "completion"]
    answer = lms.post("/v1/xapi/statements", json=[read(name) for name in names])
    assert answer.json() == [read(name)["id"] for name in names]
    assert answer.headers["x-hrreco-passed-over"] == "group=1, verb=1"


def with_id(number: int, name: str = "cmi5_completed", **more: Any) -> dict[str, Any]:
    return {**read(name), "id": f"{number:08d}-0000-4000-8000-000000000000", **more}


def put(lms: TestClient, statement: dict[str, Any], at: str | None = None) -> Any:
    return lms.put(
        "/v1/xapi/statements", params={"statementId": at or statement["id"]}, json=statement
    )


def test_a_statement_is_put_once(lms: TestClient) -> None:
    statement = with_id(1)
    assert [put(lms, statement).status_code for _ in range(2)] == [204, 204]
    without = {name: value for name, value in statement.items() if name != "id"}
    assert put(lms, without, statement["id"].upper()).status_code == 204
    other = put(lms, {**statement, "verb": {"id": "http://adlnet.gov/expapi/verbs/failed"}})
    assert other.status_code == 409
    assert other.headers["x-experience-api-version"] == "1.0.3"
    assert put(lms, statement, with_id(2)["id"]).status_code == 400
    several = lms.put(
        "/v1/xapi/statements", params={"statementId": statement["id"]}, json=[statement]
    )
    assert several.status_code == 400


@pytest.mark.parametrize("where", [{}, {"statementId": "17"}])
def test_a_statement_is_put_at_an_id(lms: TestClient, where: dict[str, str]) -> None:
    answer = lms.put("/v1/xapi/statements", params=where, json=with_id(1))
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["x-experience-api-version"] == "1.0.3"
    assert "statementId" in answer.json()["detail"]


def test_every_answer_tells_the_version(lms: TestClient) -> None:
    nobody = {"Authorization": "Bearer nobody"}
    for answer in (
        lms.get("/v1/xapi/about"),
        lms.get("/v1/xapi/statements"),
        lms.post("/v1/xapi/statements", json=[], headers=nobody),
    ):
        assert answer.headers["x-experience-api-version"] == "1.0.3"


def test_a_statement_of_none_of_xapi_is_told_by_its_index(lms: TestClient, folder: Path) -> None:
    twice = {**read("cmi5_completed")["actor"], "mbox": "mailto:joe@example.com"}
    for number, more in enumerate(
        ({"version": "2.0.0"}, {"inProgress": False}, {"actor": twice}), start=20
    ):
        answer = lms.post("/v1/xapi/statements", json=[with_id(30), with_id(number, **more)])
        assert answer.status_code == 400
        assert answer.json()["detail"].startswith("statement 1: ")
        assert next(iter(more)) in answer.json()["detail"]
    assert with_id(30)["id"] not in events(folder)["event_id"].to_list()


def test_a_course_is_found_by_what_its_publisher_calls_it(lms: TestClient, folder: Path) -> None:
    def said(number: int, *grouping: str, category: str = "cmi5", of: str = "lms/17") -> Any:
        categories = [{"id": f"https://w3id.org/xapi/cmi5/context/categories/{category}"}]
        activities = {"category": categories, "grouping": [{"id": one} for one in grouping]}
        about = {"id": f"https://lms.example/{of}"}
        context = {"contextActivities": activities}
        statement = with_id(number, object=about, context=context)
        return lms.post("/v1/xapi/statements", json=statement)

    intro, own = "http://www.example.com/LA1/001/intro", "https://example.adlnet.gov/AUidentifier"
    other = "https://acme.example/elsewhere"
    taken = {40: (other, intro), 41: (own,), 42: (intro, f"{intro}/")}
    for number, grouping in taken.items():
        assert said(number, *grouping).status_code == 200
    assert said(43, own, of="courses/001").status_code == 200
    found = events(folder)
    for number, course in {40: "intro", 41: own, 42: "intro", 43: "001"}.items():
        assert found.filter(event_id=with_id(number)["id"])["course_id"].to_list() == [course]
    for refused in (
        said(44, intro, own),
        said(45, other),
        said(46),
        said(47, intro, category="moveon"),  # of whatever it may be a part
    ):
        assert refused.status_code == 400
        assert [one["column"] for one in refused.json()["rejected"]] == ["course_id"]


def test_a_statement_with_no_moment_is_of_when_it_came_first(lms: TestClient) -> None:
    statement = with_id(3)
    del statement["timestamp"]
    for _ in range(2):
        assert lms.post("/v1/xapi/statements", json=[statement, statement]).status_code == 200


def test_of_many_that_are_statements_the_bad_ones_are_told(lms: TestClient, folder: Path) -> None:
    stranger = {"account": {"homePage": "http://www.example.com", "name": "stranger"}}
    unknown = {"id": "http://www.example.com/nowhere"}
    rows = [
        with_id(4),
        with_id(5, actor=stranger),
        with_id(6, object=unknown, context={}),
        with_id(7),
    ]
    answer = lms.post("/v1/xapi/statements", json=rows)
    assert answer.status_code == 400
    told = answer.json()
    assert told["stored"] == 2
    assert [(one["index"], one["column"]) for one in told["rejected"]] == [
        (1, "employee_id"),
        (2, "course_id"),
    ]
    broken = lms.post("/v1/xapi/statements", json=[with_id(8), 17])
    assert broken.status_code == 400
    assert with_id(8)["id"] not in events(folder)["event_id"].to_list()


def test_a_body_of_several_parts_holds_the_statements_first(lms: TestClient) -> None:
    parts = (
        "--edge\r\nContent-Type: application/json\r\n\r\n"
        f"{json.dumps(with_id(9))}\r\n"
        "--edge\r\nContent-Type: text/plain\r\nX-Experience-API-Hash: 4953\r\n\r\n"
        "here is a simple attachment\r\n--edge--\r\n"
    )
    several = {"Content-Type": "multipart/mixed; boundary=edge"}
    answer = lms.post("/v1/xapi/statements", content=parts, headers=several)
    assert answer.json() == [with_id(9)["id"]]
    for body in ("", "--edge", "[]"):
        refused = lms.post("/v1/xapi/statements", content=body, headers=several)
        assert refused.status_code == 400


def test_the_version_is_asked_for(lms: TestClient) -> None:
    for version, status in (
        ("1.0.3", 200),
        ("1.0", 200),
        ("1.1.0", 400),
        ("0.95", 400),
        ("", 400),
    ):
        answer = lms.post(
            "/v1/xapi/statements", json=[], headers={"X-Experience-API-Version": version}
        )
        assert answer.status_code == status
        assert answer.headers["x-experience-api-version"] == "1.0.3"
    other = lms.post("/v1/xapi/statements", content="a=b", headers={"Content-Type": "text/plain"})
    assert other.status_code == 415
    assert "1.0.3" in lms.get("/v1/xapi/about").json()["version"]


def test_statements_are_not_given_out(lms: TestClient) -> None:
    answer = lms.get("/v1/xapi/statements")
    assert answer.status_code == 405
    assert answer.headers["allow"] == "POST, PUT"
    assert "not given out" in answer.json()["detail"]
