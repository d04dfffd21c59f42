"""The study of the service runs, and says what it found."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable
from itertools import pairwise
from pathlib import Path
from typing import cast

import pytest

from load.generator import Outcome, Request, open_loop, poisson, saturated

STUDY = """
import sys
from pathlib import Path
from peers.company import Size
from service import study
study(None, Size(400, 60, 12_000), 2.0).write(Path(sys.argv[1]))
"""


@pytest.mark.torture
def test_a_small_service_is_loaded(tmp_path: Path) -> None:
    out = tmp_path / "section.json"
    done = subprocess.run([sys.executable, "-c", STUDY, out], cwd="experiments", check=True)
    assert done.returncode == 0
    goals, loads = json.loads(out.read_text(encoding="utf-8"))["tables"]
    assert goals["rows"][-1][-2:] == ["0", "met"]  # no errors
    assert [row[1] for row in loads["rows"]] == ["600", "1,000", "600", "400"]


class Slow(asyncio.Protocol):
    """Answers requests of one connection; the very first waits, and all behind it with it."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        if data.startswith(b"stall"):
            time.sleep(0.3)
        body = b"{}"
        head = b"HTTP/1.1 %d OK\r\nContent-Length: %d\r\n\r\n"
        status = 503 if data.startswith(b"fail") else 200
        self.transport.write(head % (status, len(body)) + body)


def loaded(load: Callable[[int], Awaitable[Outcome]]) -> Outcome:
    """Put a load on a server of this process's own."""

    async def main() -> Outcome:
        server = await asyncio.get_running_loop().create_server(Slow, "127.0.0.1", 0)
        async with server:
            found = await load(server.sockets[0].getsockname()[1])
        await asyncio.sleep(0)  # what was closed ends
        return found

    return asyncio.run(main())


def test_a_slow_answer_counts_for_all_that_were_due_behind_it() -> None:
    due = [Request(i / 100, b"stall" if i == 0 else b"ask") for i in range(40)]
    found = loaded(lambda port: open_loop(port, iter(due), len(due)))
    assert found.statuses == {200: 40}
    late = sum(one > 0.05 for one in found.seconds)
    assert late >= 20  # those of the third of a second in which nothing was answered


def test_each_is_answered_once_and_an_error_is_told() -> None:
    found = loaded(lambda port: saturated(port, [b"ask"] * 200 + [b"fail"] * 3))
    assert found.statuses == {200: 200, 503: 3}
    assert len(found.seconds) == 203
    assert found.errors == 3


def test_requests_come_at_random_and_so_many_a_second() -> None:
    due = [one.due for one in poisson([b""] * 3_000, 300.0, seed=1)]
    assert due == sorted(due)
    assert 9 < due[-1] < 11
    gaps = [later - sooner for sooner, later in pairwise(due)]
    assert max(gaps) > 5 * (sum(gaps) / len(gaps))


def test_what_is_no_success_is_an_error() -> None:
    outcome = Outcome([0.001, 0.002, 0.003, 0.004], lasted=2.0)
    outcome.statuses.update({200: 1, 204: 1, 503: 1, 0: 1})
    assert outcome.errors == 2
    assert outcome.per_second == 2
    assert outcome.quantiles(0.0, 1.0) == [0.001, 0.004]
