"""Answers are recorded by a process beside the worker, once, whatever becomes of that process."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path

from starlette.testclient import TestClient

from hrreco import Workspace
from hrreco.privacy.audit import Kind, verify
from hrreco.service.state import Worker
from hrreco.store.chain import of_kind

Header = Callable[[str, str], dict[str, str]]


def decided(folder: Path) -> list[str]:
    workspace = Workspace.open(folder)
    verify(workspace.audit_log)
    with workspace.store.reading() as connection:
        found = [payload.salt[:10].hex() for _, payload in of_kind(connection, Kind.ANSWER)]
    workspace.store.close()
    return found


def test_a_process_that_is_killed_loses_and_doubles_nothing(
    client: TestClient, bearer: Header, ids: list[str], folder: Path
) -> None:
    worker: Worker = client.app.state.worker  # type: ignore[attr-defined]
    told = []
    for employee_id in ids[:3]:
        answer = client.get(
            f"/v1/employees/{employee_id}/recommendations", headers=bearer(employee_id, "employee")
        )
        told.append(answer.json()["decision_id"])
        worker.flush()
        assert worker.writing._pool is not None
        (writer,) = worker.writing._pool._processes
        os.kill(writer, signal.SIGKILL)
    worker.flush()
    assert decided(folder) == told


def test_it_goes_on_when_all_processes_are_told_to_stop(
    client: TestClient, bearer: Header, ids: list[str]
) -> None:
    worker: Worker = client.app.state.worker  # type: ignore[attr-defined]
    asked = f"/v1/employees/{ids[0]}/recommendations"
    assert client.get(asked, headers=bearer(ids[0], "employee")).is_success
    worker.flush()
    pool = worker.writing._pool
    assert pool is not None
    (writer,) = pool._processes
    for told in (signal.SIGINT, signal.SIGTERM):
        os.kill(writer, told)
    assert client.get(asked, headers=bearer(ids[0], "employee")).is_success
    worker.flush()
    assert worker.writing._pool is pool
    assert list(pool._processes) == [writer]
