"""API keys over HTTP: in force, and no longer, at the next request of every worker."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import text
from starlette.testclient import TestClient

from hrreco import Workspace
from hrreco.service import create_app
from hrreco.workspace import add_api_key, revoke_api_key

ASKED = "/v1/employees/E000001/recommendations"


def header(secret: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {secret}"}


@pytest.fixture
def workspace(folder: Path) -> Workspace:
    return Workspace.open(folder)


def test_a_key_counts_at_once_in_every_worker(folder: Path, workspace: Workspace) -> None:
    with TestClient(create_app(folder)) as one, TestClient(create_app(folder)) as other:
        _, secret = add_api_key(workspace, "moodle", "lms", ["suggestions"])
        answers = [client.get(ASKED, headers=header(secret)) for client in (one, other)]
        assert [answer.status_code for answer in answers] == [200, 200]
        revoke_api_key(workspace, "moodle")
        answers = [client.get(ASKED, headers=header(secret)) for client in (one, other)]
        assert [answer.status_code for answer in answers] == [401, 401]
        _, new = add_api_key(workspace, "moodle", "lms", ["suggestions"])
        assert one.get(ASKED, headers=header(secret)).status_code == 401
        assert one.get(ASKED, headers=header(new)).status_code == 200
    workspace.store.close()


def test_a_key_may_do_what_its_scopes_say(client: TestClient, workspace: Workspace) -> None:
    _, secret = add_api_key(workspace, "events", "lms", ["events"])
    assert client.get(ASKED, headers=header(secret)).status_code == 403
    _, secret = add_api_key(workspace, "prometheus", "admin", ["metrics"])
    assert client.get("/metrics", headers=header(secret)).status_code == 200
    assert client.get(ASKED, headers=header(secret)).status_code == 403
    workspace.store.close()


def test_a_key_is_kept_nowhere(folder: Path, workspace: Workspace) -> None:
    _, secret = add_api_key(workspace, "kept nowhere".replace(" ", "-"), "admin")
    with workspace.store.reading() as connection:
        rows = str(connection.execute(text("SELECT * FROM api_keys")).all())
    assert secret not in rows
    workspace.store.close()
    for file in filter(Path.is_file, folder.rglob("*")):
        assert secret.encode() not in file.read_bytes()
        assert secret.removeprefix("hrreco_").encode() not in file.read_bytes()
