"""`hrreco serve` in a process of its own, on a free port."""

from __future__ import annotations

import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx2

from hrreco.settings import AsOf
from tests.workspace.commands import HRRECO

_STARTS_WITHIN = 60.0
_STOPS_WITHIN = 60.0


@dataclass(frozen=True)
class Running:
    """A service that runs."""

    address: str
    process: subprocess.Popen[bytes]

    def workers(self) -> list[int]:
        """The ids of the processes that answer."""
        return _spawned_by(self.process.pid)

    def backgrounds(self) -> list[int]:
        """The ids of the processes beside them."""
        return [one for worker in self.workers() for one in _spawned_by(worker)]


@contextmanager
def running(
    folder: Path, workers: int = 1, *, port: int | None = None, as_of: AsOf = None
) -> Iterator[Running]:
    """Serve a workspace until the block ends; on a free port, unless one is named."""
    port = port or free_port()
    log = folder.with_name(f"{folder.name}.{port}.log")
    command = [HRRECO, "serve", "--port", port, "--workers", workers, "--workspace", folder]
    if as_of is not None:
        command += ["--as-of", as_of]
    with log.open("wb") as told:
        process = subprocess.Popen(
            list(map(str, command)), stdin=subprocess.DEVNULL, stdout=told, stderr=told
        )
    service = Running(f"http://127.0.0.1:{port}", process)
    try:
        wait_for(service, log)
        yield service
    finally:
        process.terminate()
        try:
            process.wait(_STOPS_WITHIN)
        except subprocess.TimeoutExpired:
            process.kill()
            raise


def wait_for(service: Running, log: Path | None = None) -> None:
    """Wait until the service answers."""
    end = time.monotonic() + _STARTS_WITHIN
    while time.monotonic() < end and service.process.poll() is None:
        try:
            if httpx2.get(f"{service.address}/health", timeout=5).status_code == 200:
                return
        except httpx2.TransportError:
            time.sleep(0.05)
    raise AssertionError(f"{service.address} does not answer: {log.read_text() if log else ''}")


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


def _spawned_by(parent: int) -> list[int]:
    """Return the children that Python's multiprocessing has made."""
    try:
        children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    except OSError:  # it has ended
        return []
    return [int(one) for one in children if _is_spawned(one)]


def _is_spawned(process: str) -> bool:
    try:
        return b"spawn_main" in Path(f"/proc/{process}/cmdline").read_bytes()
    except OSError:
        return False
