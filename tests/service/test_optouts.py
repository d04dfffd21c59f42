"""Opting out over HTTP."""

from collections.abc import Callable
from pathlib import Path

from starlette.testclient import TestClient

from hrreco import Workspace
from hrreco.service import create_app

Header = Callable[[str, str], dict[str, str]]


def test_a_refusal_is_on_disk_and_in_force_in_every_worker(
    client: TestClient, bearer: Header, ids: list[str], folder: Path
) -> None:
    me = next(one for one in ids if _is_personal(client, bearer, one))
    url, header = f"/v1/employees/{me}/opt-outs", bearer(me, "employee")
    with TestClient(create_app(folder)) as other:
        before = _codes(other, bearer, me)
        assert client.get(url, headers=header).json() == {"opted_out": []}
        for _ in range(2):
            answer = client.put(f"{url}/profiling", headers=header)
            assert answer.json() == {"opted_out": ["profiling"]}
        workspace = Workspace.open(folder)
        assert workspace.opt_outs.is_out(me, "profiling")
        workspace.store.close()
        assert not _is_personal(other, bearer, me)
        assert other.get(url, headers=bearer("lms", "lms")).json() == {"opted_out": ["profiling"]}
        for _ in range(2):
            answer = other.delete(f"{url}/profiling", headers=header)
            assert answer.json() == {"opted_out": []}
        assert _codes(client, bearer, me) == before


def test_an_unknown_purpose_or_person(client: TestClient, bearer: Header, ids: list[str]) -> None:
    url = f"/v1/employees/{ids[0]}/opt-outs/everything"
    answer = client.put(url, headers=bearer(ids[0], "employee"))
    assert answer.status_code == 422
    assert "'training', 'profiling' or 'group_reports'" in answer.json()["detail"]
    for nobody in ("nobody", "%00"):
        url = f"/v1/employees/{nobody}/opt-outs"
        lms = bearer("lms", "lms")
        assert client.get(url, headers=lms).status_code == 404
        assert client.put(f"{url}/training", headers=lms).status_code == 404
        assert client.delete(f"{url}/training", headers=lms).status_code == 404


def _codes(client: TestClient, bearer: Header, me: str) -> list[tuple[str, str]]:
    url = f"/v1/employees/{me}/recommendations?k=30"
    items = client.get(url, headers=bearer(me, "employee")).json()["recommendations"]
    return [(one["course_id"], reason["code"]) for one in items for reason in one["reasons"]]


def _is_personal(client: TestClient, bearer: Header, me: str) -> bool:
    return any(code == "completed_course" for _, code in _codes(client, bearer, me))
