"""Seeing what is held, and being erased, over HTTP."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from hrreco import Workspace
from hrreco.privacy.certificate import Certificate
from hrreco.service import create_app
from hrreco.workspace import verify_certificate
from tests.service.waiting import wait_for

Header = Callable[[str, str], dict[str, str]]


def test_the_profile_is_what_is_stored(
    client: TestClient, bearer: Header, ids: list[str], folder: Path
) -> None:
    me, header = ids[0], bearer(ids[0], "employee")
    client.put(f"/v1/employees/{me}/opt-outs/training", headers=header)
    shown = client.get(f"/v1/employees/{me}/profile", headers=header).json()
    workspace = Workspace.open(folder)
    record, champion = workspace.people.employee(me), workspace.champion_id()
    titles = dict(workspace.store.courses().select("course_id", "title").iter_rows())
    workspace.store.close()
    assert (shown["role"], shown["department"]) == (record.role, record.department)
    assert [(one["course_id"], one["kind"]) for one in reversed(shown["history"])] == [
        (event.course_id, event.kind) for event in record.events
    ]
    assert all(one["title"] == titles[one["course_id"]] for one in shown["history"])
    declared = {(one.skill, one.level, one.source) for one in record.skills}
    assert declared <= {(one["skill"], one["level"], one["source"]) for one in shown["skills"]}
    assert shown["opted_out"] == ["training"]
    assert shown["served_by"] == {"kind": "model", "bundle_id": champion}


def test_the_profile_says_what_serves_whoever_refused_and_while_it_is_paused(
    client: TestClient, bearer: Header, ids: list[str], folder: Path
) -> None:
    me, header = ids[5], bearer(ids[5], "employee")

    def kind() -> str:
        shown = client.get(f"/v1/employees/{me}/profile", headers=header).json()
        return str(shown["served_by"]["kind"])

    refusal = f"/v1/employees/{me}/opt-outs/profiling"
    assert kind() == "model"
    client.put(refusal, headers=header)
    assert kind() == "rules"
    client.delete(refusal, headers=header)
    assert kind() == "model"
    workspace = Workspace.open(folder)
    pause = workspace.overseer.pause(by="Maija Virtanen", reason="a new catalogue")
    assert kind() == "rules"
    workspace.overseer.lift(pause.number, by="Maija Virtanen")
    workspace.store.close()
    assert kind() == "model"


@pytest.mark.parametrize("role", ["admin", "lms", "manager"])
def test_the_profile_is_for_the_employee_alone(
    client: TestClient, bearer: Header, ids: list[str], role: str
) -> None:
    refused = [
        client.get(f"/v1/employees/{one}/profile", headers=bearer("hr", role))
        for one in (ids[0], "nobody")
    ]
    assert [one.status_code for one in refused] == [403, 403]
    assert refused[0].content == refused[1].content


def test_an_export_holds_the_answer_of_just_now(
    client: TestClient, bearer: Header, ids: list[str]
) -> None:
    me, header = ids[1], bearer(ids[1], "employee")
    answer = client.get(f"/v1/employees/{me}/recommendations", headers=header).json()
    held = client.get(f"/v1/employees/{me}/export", headers=header).json()
    assert held["tables"]["employees"][0]["employee_id"] == me
    told = [line["about"]["answer"] for line in held["log"] if line["kind"] == "answer"]
    first = answer["recommendations"][0]["course_id"]
    assert [one["recommendations"][0]["course_id"] for one in told] == [first]
    by_admin = client.get(f"/v1/employees/{me}/export", headers=bearer("hr", "admin"))
    assert by_admin.json()["tables"]["events"] == held["tables"]["events"]


def test_who_is_erased_is_gone_from_every_worker(
    client: TestClient, bearer: Header, ids: list[str], folder: Path, tmp_path: Path
) -> None:
    gone, admin, lms = ids[4], bearer("hr", "admin"), bearer("lms", "lms")
    url = f"/v1/employees/{gone}"
    with TestClient(create_app(folder)) as other:
        assert other.get(f"{url}/recommendations", headers=lms).is_success
        assert client.delete(url, headers=bearer(gone, "employee")).status_code == 403
        before = _champion(folder)
        answer = client.delete(url, headers=admin)
        assert answer.status_code == 200
        assert gone not in answer.text
        shown = answer.json()
        assert shown["before"] is False
        assert shown["certificate"]["searched"]["found"] == []
        for one in (client, other):
            assert one.get(f"{url}/recommendations", headers=lms).status_code == 404
            assert one.get(f"{url}/export", headers=admin).status_code == 404
            own = one.get(f"{url}/profile", headers=bearer(gone, "employee"))
            assert own.json()["detail"] == "nothing is known of you here"
            # The model that serves has forgotten them.
            wait_for(lambda one=one: _served_by(one, bearer, ids[0]) == _champion(folder))
        assert _champion(folder) != before
        again = other.delete(url, headers=admin).json()
        assert again["before"] is True
        assert again["certificate"]["audit_line"] == shown["certificate"]["audit_line"]
    file = tmp_path / "certificate.json"
    Certificate(**{k: v for k, v in shown["certificate"].items() if k != "format"}).write(file)
    workspace = Workspace.open(folder)
    verify_certificate(workspace, file)
    workspace.store.close()


def test_nobody_is_erased_by_a_slip(client: TestClient, bearer: Header, ids: list[str]) -> None:
    answer = client.delete(f"/v1/employees/{ids[0].lower()}", headers=bearer("hr", "admin"))
    assert answer.status_code == 404
    assert f"did you mean '{ids[0]}'?" in answer.json()["detail"]


def _champion(folder: Path) -> str:
    text: str = json.loads((folder / "bundles" / "champion.json").read_text())["bundle_id"]
    return text


def _served_by(client: TestClient, bearer: Header, me: str) -> str:
    url = f"/v1/employees/{me}"
    client.get(f"{url}/recommendations", headers=bearer(me, "employee"))
    shown = client.get(f"{url}/profile", headers=bearer(me, "employee")).json()
    bundle_id: str = shown["served_by"]["bundle_id"]
    return bundle_id
