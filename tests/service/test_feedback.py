"""Feedback over HTTP: an event, in force at the next call."""

from collections.abc import Callable
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from hrreco import Workspace
from hrreco.workspace.feedback import SOURCE

Header = Callable[[str, str], dict[str, str]]


def _suggested(client: TestClient, me: str, header: dict[str, str]) -> list[str]:
    answer = client.get(f"/v1/employees/{me}/recommendations?k=100", headers=header)
    items = answer.json()["recommendations"]
    return [one["course_id"] for one in items if one["kind"] == "elective"]


@pytest.mark.parametrize("kind", ["dismissed", "not_relevant", "already_known", "wrong_level"])
def test_it_is_in_force_at_the_next_call(
    client: TestClient, bearer: Header, ids: list[str], folder: Path, kind: str
) -> None:
    me, header = ids[0], bearer(ids[0], "employee")
    course = _suggested(client, me, header)[0]
    said = {"course_id": course, "kind": kind}
    answer = client.post(f"/v1/employees/{me}/feedback", json=said, headers=header)
    assert answer.status_code == 200
    assert course not in _suggested(client, me, header)
    why = client.get(f"/v1/employees/{me}/why-not/{course}", headers=header).json()
    assert not why["suggested"]
    # It is on disk: whoever opens the workspace anew finds it.
    workspace = Workspace.open(folder)
    rows = workspace.store.read().events.filter(employee_id=me, course_id=course, source=SOURCE)
    workspace.store.close()
    assert rows["kind"].to_list() == [kind]
    assert rows["event_id"].to_list() == [answer.json()["event_id"]]
    # To say it again is no error.
    assert client.post(f"/v1/employees/{me}/feedback", json=said, headers=header).is_success


def test_a_rating_is_kept(
    client: TestClient, bearer: Header, ids: list[str], folder: Path
) -> None:
    me, header = ids[1], bearer("lms", "lms")
    said = {"course_id": "C00001", "kind": "rated", "rating": 4}
    assert client.post(f"/v1/employees/{me}/feedback", json=said, headers=header).is_success
    shown = client.get(f"/v1/employees/{me}/profile", headers=bearer(me, "employee")).json()
    latest = shown["history"][0]
    assert (latest["course_id"], latest["kind"], latest["rating"]) == ("C00001", "rated", 4.0)


@pytest.mark.parametrize(
    ("said", "status", "words"),
    [
        ({"course_id": "C00001", "kind": "rated"}, 422, "rating"),
        ({"course_id": "C00001", "kind": "rated", "rating": True}, 422, "valid number"),
        ({"course_id": "C00001", "kind": "rated", "rating": "5"}, 422, "valid number"),
        ({"course_id": "C00001", "kind": "dismissed", "rating": 1}, 422, "rating"),
        ({"course_id": "C00001", "kind": "completed"}, 422, "kind"),
        ({"course_id": "c00001", "kind": "dismissed"}, 404, "did you mean 'C00001'?"),
        ({"course_id": "C\0", "kind": "dismissed"}, 404, "unknown course"),
    ],
)
def test_what_is_no_feedback_is_said(
    client: TestClient,
    bearer: Header,
    ids: list[str],
    said: dict[str, object],
    status: int,
    words: str,
) -> None:
    url = f"/v1/employees/{ids[0]}/feedback"
    answer = client.post(url, json=said, headers=bearer(ids[0], "employee"))
    assert answer.status_code == status
    assert words in answer.json()["detail"]


@pytest.mark.parametrize("media_type", ["text/plain", "application/x-www-form-urlencoded", ""])
def test_a_body_of_another_kind_is_told_to_be_json(
    client: TestClient, bearer: Header, ids: list[str], media_type: str
) -> None:
    headers = {**bearer(ids[0], "employee"), "Content-Type": media_type}
    answer = client.post(
        f"/v1/employees/{ids[0]}/feedback",
        content=b'{"course_id": "C00001", "kind": "dismissed"}',
        headers=headers,
    )
    assert answer.status_code == 422
    what = "was not read as JSON; send JSON with Content-Type: application/json"
    assert answer.json()["detail"] == f"body: {what}"
    assert answer.json()["errors"] == [{"where": "body", "what": what}]


def test_of_nobody(client: TestClient, bearer: Header, ids: list[str]) -> None:
    said = {"course_id": "C00001", "kind": "dismissed"}
    slip = ids[0].lower()
    of_lms = client.post(f"/v1/employees/{slip}/feedback", json=said, headers=bearer("lms", "lms"))
    assert of_lms.status_code == 404
    assert f"did you mean '{ids[0]}'?" in of_lms.json()["detail"]
    # An employee is told of nobody else.
    own = client.post(
        f"/v1/employees/{slip}/feedback", json=said, headers=bearer(slip, "employee")
    )
    assert own.status_code == 404
    assert ids[0] not in own.text
