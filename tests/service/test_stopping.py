"""However the service is stopped, what it has answered is on record, and nothing of it stays."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable
from pathlib import Path

import httpx2
import pytest

from tests.service.running import Running, running
from tests.service.test_recording import decided
from tests.service.test_server import log_of
from tests.service.waiting import wait_for

Header = Callable[[str, str], dict[str, str]]


class Asking(threading.Thread):
    """Asks one thing after the other, and keeps the ids of the answers."""

    def __init__(self, service: Running, what: str, headers: dict[str, str]) -> None:
        super().__init__(daemon=True)
        self._address, self._headers = f"{service.address}{what}", headers
        self.told: list[str] = []

    def run(self) -> None:
        with httpx2.Client(headers=self._headers, timeout=60) as client:
            try:
                while (answer := client.get(self._address)).status_code == 200:
                    self.told.append(answer.json()["decision_id"])
            except httpx2.TransportError:
                return  # it has ended


def everybody(service: Running) -> list[int]:
    """All processes of the service: a terminal tells each of them of Ctrl-C."""
    return [service.process.pid, *service.workers(), *service.backgrounds()]


@pytest.mark.parametrize("told", [signal.SIGINT, signal.SIGTERM])
def test_all_processes_may_be_told_to_stop(
    folder: Path, bearer: Header, ids: list[str], told: signal.Signals
) -> None:
    one, headers = f"/v1/employees/{ids[0]}", bearer(ids[0], "employee")
    with running(folder) as service:
        asked = [Asking(service, f"{one}/{what}", headers) for what in ("recommendations", "path")]
        for asking in asked:
            asking.start()
        wait_for(lambda: all(len(asking.told) > 1 for asking in asked))
        for process in everybody(service):
            os.kill(process, told)
        assert service.process.wait(60) == 0
        for asking in asked:
            asking.join(60)
        assert log_of(folder, service)  # which is JSON, to its end
    assert {one for asking in asked for one in asking.told} <= set(decided(folder))


def test_workers_end_with_the_service(folder: Path) -> None:
    with running(folder, workers=2) as service:
        wait_for(lambda: len(service.backgrounds()) == 2)
        others = [*service.workers(), *service.backgrounds()]
        service.process.kill()
        wait_for(lambda: not any(Path(f"/proc/{one}").exists() for one in others))
