"""The service as it runs: several workers, its logs and figures, and its end."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx2
import pytest

from hrreco import Workspace
from hrreco.workspace import add_api_key, rotate_key
from tests.service.running import Running, running
from tests.service.waiting import wait_for
from tests.workspace.commands import run

Header = Callable[[str, str], dict[str, str]]
ASKED = "/v1/employees/E000001/recommendations"
BODY = b'{"event_id": "graceful-1", "employee_id": "E000001", "course_id": "C00001", '
REST = f'"kind": "started", "occurred_at": "{datetime.now(UTC).isoformat()}"}}'.encode()


@pytest.fixture(scope="module")
def header(folder: Path) -> dict[str, str]:
    workspace = Workspace.open(folder)
    _, secret = add_api_key(workspace, "moodle", "lms")
    _, metrics = add_api_key(workspace, "prometheus", "admin", ["metrics"])
    workspace.store.close()
    return {"lms": secret, "metrics": metrics}


@pytest.fixture(scope="module")
def service(folder: Path) -> Iterator[Running]:
    """Two workers over one workspace."""
    with running(folder, workers=2) as service:
        yield service


def bearing(secret: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {secret}"}


def log_of(folder: Path, service: Running) -> list[dict[str, Any]]:
    """Return the lines of its log: all of them are JSON, but for what the command says at last."""
    port = service.address.rpartition(":")[2]
    text = folder.with_name(f"{folder.name}.{port}.log").read_text()
    return [json.loads(line) for line in text.splitlines() if line != "Stopped."]


def begun(service: Running, secret: str) -> socket.socket:
    """Begin to hand in an event, and stop in the middle of it."""
    host, port = service.address.removeprefix("http://").split(":")
    connection = socket.create_connection((host, int(port)), timeout=60)
    head = (
        f"POST /v1/events HTTP/1.1\r\nHost: {host}\r\nAuthorization: Bearer {secret}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(BODY + REST)}\r\n\r\n"
    )
    connection.sendall(head.encode() + BODY)
    return connection


def test_the_first_event_finds_a_process_that_is_ready(service: Running) -> None:
    wait_for(lambda: len(service.backgrounds()) == 2)  # one beside each worker


def test_a_worker_that_cannot_answer_for_some_seconds_is_not_ended(service: Running) -> None:
    """As one that begins on a busy machine."""
    before = service.workers()
    os.kill(before[0], signal.SIGSTOP)
    time.sleep(7)
    os.kill(before[0], signal.SIGCONT)
    assert service.workers() == before


def test_a_request_that_has_begun_is_answered_before_the_end(
    folder: Path, header: dict[str, str]
) -> None:
    with running(folder) as service:
        with begun(service, header["lms"]) as connection:
            # Whoever is answered after it proves that the worker has begun with it.
            assert httpx2.get(f"{service.address}/health").status_code == 200
            service.process.send_signal(signal.SIGTERM)
            with pytest.raises(subprocess.TimeoutExpired):
                service.process.wait(1)
            connection.sendall(REST)
            answer = connection.recv(65_536)
        assert answer.startswith(b"HTTP/1.1 200 ")
        assert service.process.wait(60) == 0
        lines = log_of(folder, service)
    answered = [line for line in lines if line.get("route") == "/v1/events"]
    assert [line["status"] for line in answered] == [200]
    workspace = Workspace.open(folder)
    assert "graceful-1" in workspace.people.tables().events["event_id"].to_list()
    workspace.store.close()


def test_whoever_asks_for_the_head_gets_no_body(service: Running) -> None:
    host, port = service.address.removeprefix("http://").split(":")
    for path in ("/health", "/ready"):
        with socket.create_connection((host, int(port)), timeout=60) as connection:
            asked = f"HEAD {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"
            connection.sendall(asked.encode())
            answer = b"".join(iter(lambda: connection.recv(65_536), b""))
        assert answer.startswith(b"HTTP/1.1 200 ")
        assert answer.endswith(b"\r\n\r\n")


def test_workers_put_their_figures_together(service: Running, header: dict[str, str]) -> None:
    for _ in range(40):  # a connection each, so that both workers get some
        assert httpx2.get(service.address + ASKED, headers=bearing(header["lms"])).is_success
    told = [
        httpx2.get(f"{service.address}/metrics", headers=bearing(header["metrics"])).text
        for _ in range(6)
    ]
    counted = 'hrreco_request_seconds_count{route="/v1/employees/{employee_id}/recommendations'
    counts = {line for text in told for line in text.splitlines() if line.startswith(counted)}
    assert [line.rpartition(" ")[2] for line in counts] == ["40.0"]


def test_a_new_key_ends_tokens_in_every_worker(
    service: Running, folder: Path, bearer: Header
) -> None:
    before = bearer("E000001", "employee")
    assert httpx2.get(service.address + ASKED, headers=before).is_success
    workspace = Workspace.open(folder)
    rotate_key(workspace, "token")
    workspace.store.close()
    answers = [httpx2.get(service.address + ASKED, headers=before) for _ in range(8)]
    assert {one.status_code for one in answers} == {401}


def test_headers_have_an_end(service: Running) -> None:
    host, port = service.address.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=60) as connection:
        connection.sendall(b"GET /health HTTP/1.1\r\nX: ")
        try:
            for _ in range(1_000):
                connection.sendall(b"x" * 10_000)
            answer = connection.recv(65_536)
        except ConnectionError:
            answer = b"HTTP/1.1 400 "
    assert answer.startswith(b"HTTP/1.1 400 ")
    fine, large = (
        httpx2.get(f"{service.address}/health", headers={"X": "x" * size})
        for size in (60_000, 66_000)
    )
    assert fine.status_code == 200
    assert (large.status_code, large.json()["title"]) == (400, "Bad Request")


def test_all_that_is_logged_is_json_and_names_nobody(service: Running, folder: Path) -> None:
    httpx2.get(f"{service.address}/E000001?E000001", headers={"X-Request-ID": "E000001"})
    lines = log_of(folder, service)
    assert {line["logger"] for line in lines} == {"uvicorn.error", "hrreco.requests"}
    assert "E000001" not in json.dumps(lines)


def test_what_is_wrong_with_the_keys_is_said_at_once(folder: Path, tmp_path: Path) -> None:
    Workspace.init(tmp_path / "acme").store.close()
    (tmp_path / "acme" / "hrreco.toml").write_text(
        '[auth]\nmode = "oidc"\n[auth.oidc]\nissuer = "x"\naudience = "y"\njwks = "jwks.json"\n'
    )
    done = run("serve", "--port", 0, workspace=tmp_path / "acme")
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)
    assert "jwks.json holds no public key" in done.stderr


def test_tokens_for_trying_out_are_for_this_machine_alone(folder: Path) -> None:
    for host in ("0.0.0.0", "example.com"):
        done = run("serve", "--host", host, "--port", 0, workspace=folder)
        assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)
        assert "serves this machine alone" in done.stderr
