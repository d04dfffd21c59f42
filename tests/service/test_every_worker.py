"""What one worker was told counts at the next request in every worker."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx2

from hrreco import Workspace
from hrreco.workspace.tokens import LocalTokens
from tests.service.running import Running, running
from tests.service.waiting import wait_for


@contextmanager
def a_client_of_each(service: Running, headers: dict[str, str]) -> Iterator[list[httpx2.Client]]:
    """Clients that keep a connection to one worker each."""
    found: dict[int, httpx2.Client] = {}
    with ExitStack() as stack:

        def are_found() -> bool:  # of two workers, one may have begun to answer before the other
            client = httpx2.Client(base_url=service.address, headers=headers, timeout=60)
            stack.callback(client.close)
            answer = client.get("/health")
            _, port = answer.extensions["network_stream"].get_extra_info("client_addr")
            if found.setdefault(worker_at(service, port), client) is not client:
                client.close()
            return len(found) == len(service.workers()) > 1

        wait_for(are_found)
        yield list(found.values())


def worker_at(service: Running, port: int) -> int:
    """Return which worker has the connection from a port of this machine."""
    lines = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    remote = f"0100007F:{port:04X}"
    (inode,) = [line[9] for line in lines if line[2] == remote]
    return next(one for one in service.workers() if f"socket:[{inode}]" in open_in(one))


def open_in(process: int) -> set[str]:
    """Return what a process has open."""
    found = set()
    for file in Path(f"/proc/{process}/fd").iterdir():
        with suppress(FileNotFoundError):  # it was closed meanwhile
            found.add(str(file.readlink()))
    return found


def suggested(client: httpx2.Client, employee_id: str) -> list[str]:
    answer = client.get(f"/v1/employees/{employee_id}/recommendations?k=100")
    return [one["course_id"] for one in answer.json()["recommendations"]]


def test_an_event_counts_in_every_worker(trained_once: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(trained_once, tmp_path / "acme"))
    workspace = Workspace.open(folder)
    token = LocalTokens(workspace).sign("lms", "lms", valid_for=timedelta(hours=1))
    employee_id = workspace.people.tables().employees["employee_id"][0]
    workspace.store.close()
    at = datetime.now(UTC).isoformat()
    with (
        running(folder, workers=2) as service,
        a_client_of_each(service, {"Authorization": f"Bearer {token}"}) as clients,
    ):
        for tells in clients:
            before = suggested(tells, employee_id)
            assert all(suggested(client, employee_id) == before for client in clients)
            event = {
                "employee_id": employee_id,
                "course_id": before[-1],
                "kind": "completed",
                "occurred_at": at,
            }
            assert tells.post("/v1/events", json=event).json()["stored"] == 1
            for client in clients:
                assert before[-1] not in suggested(client, employee_id)
