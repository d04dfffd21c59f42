"""Load the service from another process: how long answers take, and how many there are a second.

    python experiments/service.py [--out section.json]

The company is made up: 10,000 employees and 2,000 courses. One worker serves the blend that
training found, with reasons; each request bears a signed token, which is verified.
"""

from __future__ import annotations

import asyncio
import json
import random
import threading
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from socket import socket
from tempfile import TemporaryDirectory
from typing import TypeVar

from hrreco import Workspace
from load.company import serving, tokens, trained_twice
from load.generator import Outcome, open_loop, poisson, saturated
from peers.company import Size
from sections import Section, Table, run

SIZE = Size(10_000, 2_000, 300_000)
RATE, EVENTS_RATE, SECONDS = 300, 200, 60
MOST_MS = {0.5: 3.0, 0.99: 10.0, 0.999: 25.0}
LEAST_PER_SECOND = 700
T = TypeVar("T")
_TEXT = (
    "A service with one worker over a company of {people:,} employees and {courses:,} courses, "
    "asked for the five best courses with reasons by employees at random. Each request bears "
    "the employee's own signed token, which is verified, and each answer is recorded in the log "
    "of decisions. The load comes from another process on the same cores, in an open loop: "
    "requests come at random (Poisson), and each is timed from when it was due, so that a slow "
    "answer counts for all behind it. Saturated, 32 connections ask as fast as they are answered.",
    "In the last row, events arrive one a request beside the questions, and half way through "
    "another champion takes the place of the first.",
)


@dataclass(frozen=True)
class Served:
    """A service that answers at a port, another champion for it, and the requests there are."""

    port: int
    workspace: Workspace
    another: str
    questions: list[bytes]
    events: list[bytes]

    def asked(self, n: int, seed: int) -> list[bytes]:
        """Return so many questions."""
        return random.Random(seed).choices(self.questions, k=n)

    async def open(self, rate: float, seconds: float, seed: int) -> Outcome:
        """Ask in an open loop."""
        n = int(rate * seconds)
        return await open_loop(self.port, poisson(self.asked(n, seed), rate, seed), n)

    async def beside_events(self, seconds: float) -> tuple[Outcome, Outcome]:
        """Ask while events arrive, and another champion begins to serve half way."""
        n = int(EVENTS_RATE * seconds)
        events = open_loop(self.port, poisson(self.events[:n], EVENTS_RATE, 4), n)
        swap = threading.Timer(seconds / 2, self._swap)
        swap.start()
        asked, told = await asyncio.gather(self.open(RATE, seconds, 3), events)
        swap.join()
        return asked, told

    def _swap(self) -> None:
        self.workspace.set_champion(self.another, ())


def study(_: Path | None, size: Size = SIZE, seconds: float = SECONDS) -> Section:
    """Measure, and say which goals are met."""
    with TemporaryDirectory() as folder:
        workspace, another = trained_twice(size, Path(folder))
        with socket() as free:
            free.bind(("127.0.0.1", 0))
            port = int(free.getsockname()[1])
        with serving(workspace.path, port):
            served = _served(workspace, another, port, int(EVENTS_RATE * seconds))
            _run(lambda: served.open(50, 3, 0))  # what is made once is made
            calm = _run(lambda: served.open(RATE, seconds, 1))
            full = _run(lambda: saturated(port, served.asked(int(500 * seconds), 2)))
            beside, events = _run(lambda: served.beside_events(seconds))
    return _section(size, seconds, calm, full, beside, events)


def _run(load: Callable[[], Awaitable[T]]) -> T:
    import uvloop

    async def main() -> T:
        return await load()

    return uvloop.run(main())


def _served(workspace: Workspace, another: str, port: int, events: int) -> Served:
    people = workspace.people.tables().employees["employee_id"].to_list()
    questions = [
        _request("GET", f"/v1/employees/{one}/recommendations?k=5", token)
        for one, token in tokens(workspace.path, people, "employee").items()
    ]
    (lms,) = tokens(workspace.path, ["lms"], "lms").values()
    courses = workspace.store.courses()["course_id"].to_list()
    rng = random.Random(5)
    told = [
        {
            "event_id": f"load-{number}",
            "employee_id": rng.choice(people),
            "course_id": rng.choice(courses),
            "kind": "started",
            "occurred_at": "2026-03-31T10:00:00Z",
        }
        for number in range(events)
    ]
    posts = [_request("POST", "/v1/events", lms, json.dumps(one)) for one in told]
    return Served(port, workspace, another, questions, posts)


def _request(method: str, path: str, token: str, body: str = "") -> bytes:
    head = f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {token}\r\n"
    if body:
        head += f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n"
    return f"{head}\r\n{body}".encode()


def _section(
    size: Size, seconds: float, calm: Outcome, full: Outcome, beside: Outcome, events: Outcome
) -> Section:
    shares = tuple(MOST_MS)
    found = dict(zip(shares, (1e3 * one for one in calm.quantiles(*shares)), strict=True))
    goals = [
        (
            f"{RATE} requests/s: p{100 * share:g}",
            f"under {most:g} ms",
            f"{found[share]:.2f} ms",
            found[share] < most,
        )
        for share, most in MOST_MS.items()
    ]
    goals += [
        (
            "saturated",
            f"at least {LEAST_PER_SECOND}/s",
            f"{full.per_second:,.0f}/s",
            full.per_second >= LEAST_PER_SECOND,
        ),
        (
            "errors, with events and a new champion",
            "none",
            f"{beside.errors + events.errors}",
            beside.errors + events.errors == 0,
        ),
    ]
    rows = [(*goal, "met" if holds else "**missed**") for *goal, holds in goals]
    loads = {
        f"{RATE} questions/s": calm,
        "saturated": full,
        f"{RATE} questions/s, beside events": beside,
        f"{EVENTS_RATE} events/s, beside them": events,
    }
    return Section(
        "The service",
        "python experiments/service.py",
        [part.format(people=size.employees, courses=size.courses) for part in _TEXT],
        [
            Table("Goals", ("what", "goal", "measured", "verdict"), rows),
            Table(
                f"Loads of {seconds:g} seconds",
                ("load", "answers", "answers/s", "p50", "p99", "p99.9", "most", "errors"),
                [_row(name, outcome) for name, outcome in loads.items()],
            ),
        ],
        {
            **{f"service.p{100 * share:g}_ms": value for share, value in found.items()},
            "service.saturated_per_second": full.per_second,
            "service.errors": float(beside.errors + events.errors),
        },
    )


def _row(name: str, outcome: Outcome) -> tuple[str, ...]:
    times = [f"{1e3 * one:.2f} ms" for one in outcome.quantiles(0.5, 0.99, 0.999, 1.0)]
    counted = f"{len(outcome.seconds):,}", f"{outcome.per_second:,.0f}"
    return name, *counted, *times, f"{outcome.errors}"


if __name__ == "__main__":
    run(study, __doc__ or "", needs_folder=False)
