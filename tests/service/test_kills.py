"""Nothing that was accepted is lost when processes of the service are killed at any moment."""

from __future__ import annotations

import os
import random
import shutil
import signal
import time
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import httpx2
import polars as pl
import pytest

from hrreco import Workspace
from hrreco.workspace.tokens import LocalTokens
from tests.service.load import Deed, Events, Feedback, Load, OptOuts
from tests.service.running import Running, running, wait_for

CLIENTS = 4


def deeds(workspace: Workspace, service: Running) -> list[Deed]:
    people = workspace.people.tables().employees.filter(pl.col("left_on").is_null())
    employees = people["employee_id"].to_list()
    courses = workspace.store.courses()["course_id"].to_list()
    hand_in = [Events(f"client {n}", employees, courses) for n in range(CLIENTS)]
    others: list[Deed] = [Feedback(employees, courses), OptOuts(employees)]
    offered = httpx2.get(f"{service.address}/openapi.json").json()["paths"]
    return [*hand_in, *(one for one in others if one.path in offered)]


def kill_one(service: Running, draw: random.Random) -> None:
    """Kill a worker or a process beside it."""
    while not (there := [*service.workers(), *service.backgrounds()]):
        time.sleep(0.01)
    with suppress(ProcessLookupError):  # it ended with the one before
        os.kill(draw.choice(there), signal.SIGKILL)


def check_kills(folder: Path, kills: int, seed: int) -> None:
    draw = random.Random(seed)
    workspace = Workspace.open(folder)
    token = LocalTokens(workspace).sign("lms", "lms", valid_for=timedelta(hours=4))
    with running(folder) as service:
        doing = deeds(workspace, service)
        with Load(service.address, {"Authorization": f"Bearer {token}"}, doing) as load:
            for _ in range(kills):
                # More than was under way: the service answers again.
                enough = load.accepted[Events.path] + 2 * CLIENTS
                while load.accepted[Events.path] < enough and not load.unforeseen:
                    time.sleep(0.01)
                time.sleep(draw.uniform(0, 0.3))
                kill_one(service, draw)
            wait_for(service)
        assert not load.unforeseen
    assert [deed.lost(workspace) for deed in doing] == [set()] * len(doing)
    workspace.store.close()


def test_what_was_accepted_outlives_three_kills(trained_once: Path, tmp_path: Path) -> None:
    check_kills(Path(shutil.copytree(trained_once, tmp_path / "acme")), 3, time.time_ns())


@pytest.mark.torture
def test_a_hundred_kills(trained_once: Path, tmp_path: Path) -> None:
    check_kills(Path(shutil.copytree(trained_once, tmp_path / "acme")), 100, 1)
