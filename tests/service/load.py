"""Clients that hand things in without end, and remember what was accepted."""

from __future__ import annotations

import random
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Protocol

import httpx2
from sqlalchemy import select

from hrreco import Workspace
from hrreco.store.tables import events, opt_outs

Headers = dict[str, str]

AGAIN = 0.1
"""How often something is sent again that was accepted already."""


class Deed(Protocol):
    """Something that is done over and over."""

    path: str

    def send(self, client: httpx2.Client, number: int) -> httpx2.Response:
        """Do it; the same number is the same deed."""
        ...

    def lost(self, workspace: Workspace) -> set[str]:
        """Return what was accepted and is not there, or not just once."""
        ...


class Events:
    """Events with ids, one at a time."""

    path = "/v1/events"

    def __init__(self, name: str, employees: list[str], courses: list[str]) -> None:
        self._name, self._employees, self._courses = name, employees, courses
        self._at = datetime.now(UTC).isoformat()
        self._accepted: set[str] = set()

    def send(self, client: httpx2.Client, number: int) -> httpx2.Response:
        event_id = f"{self._name}-{number}"
        event = {
            "event_id": event_id,
            "employee_id": self._employees[number % len(self._employees)],
            "course_id": self._courses[number % len(self._courses)],
            "kind": "started",
            "occurred_at": self._at,
        }
        answer = client.post(self.path, json=event)
        if answer.is_success:
            self._accepted.add(event_id)
            assert answer.json()["rejected"] == []
        return answer

    def lost(self, workspace: Workspace) -> set[str]:
        with workspace.store.reading() as connection:
            stored = Counter(connection.scalars(select(events.c.event_id)))
        assert self._accepted
        return {one for one in self._accepted if stored[one] != 1}


class Feedback:
    """Dismissals: what is answered is the id of an event."""

    path = "/v1/employees/{employee_id}/feedback"

    def __init__(self, employees: list[str], courses: list[str]) -> None:
        self._employees, self._courses = employees, courses
        self._accepted: set[str] = set()

    def send(self, client: httpx2.Client, number: int) -> httpx2.Response:
        said = {"course_id": self._courses[number % len(self._courses)], "kind": "dismissed"}
        whose = self._employees[number % len(self._employees)]
        answer = client.post(self.path.format(employee_id=whose), json=said)
        if answer.is_success:
            self._accepted.add(answer.json()["event_id"])
        return answer

    def lost(self, workspace: Workspace) -> set[str]:
        with workspace.store.reading() as connection:
            stored = Counter(connection.scalars(select(events.c.event_id)))
        assert self._accepted
        return {one for one in self._accepted if stored[one] != 1}


class OptOuts:
    """One employee after the other refuses profiling."""

    path = "/v1/employees/{employee_id}/opt-outs/{purpose}"

    def __init__(self, employees: list[str]) -> None:
        self._employees = employees
        self._accepted: set[str] = set()

    def send(self, client: httpx2.Client, number: int) -> httpx2.Response:
        whose = self._employees[number % len(self._employees)]
        answer = client.put(self.path.format(employee_id=whose, purpose="profiling"))
        if answer.is_success:
            self._accepted.add(whose)
        return answer

    def lost(self, workspace: Workspace) -> set[str]:
        with workspace.store.reading() as connection:
            stored = set(connection.scalars(select(opt_outs.c.employee_id)))
        assert self._accepted
        return self._accepted - stored


@dataclass
class Load:
    """Deeds done in threads of their own until the block ends.

    What fails is sent again until it is accepted, as an LMS does; and some of what was accepted,
    too.
    """

    address: str
    headers: Headers
    deeds: list[Deed]
    unforeseen: list[str] = field(default_factory=list)
    accepted: Counter[str] = field(default_factory=Counter)

    def __enter__(self) -> Load:
        self._over = threading.Event()
        self._threads = [
            threading.Thread(target=self._do, args=(one, random.Random(seed)))
            for seed, one in enumerate(self.deeds)
        ]
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        for thread in self._threads:
            thread.join()

    def _do(self, deed: Deed, draw: random.Random) -> None:
        number = 0
        while not self._over.is_set():
            with httpx2.Client(base_url=self.address, headers=self.headers, timeout=60) as client:
                try:
                    while not self._over.is_set():
                        if self._is_accepted(deed, deed.send(client, number)):
                            number += draw.random() >= AGAIN
                except httpx2.TransportError:
                    time.sleep(0.02)

    def _is_accepted(self, deed: Deed, answer: httpx2.Response) -> bool:
        if answer.is_success:
            self.accepted[deed.path] += 1
        elif answer.status_code != 503:
            self.unforeseen.append(f"{answer.status_code} {answer.text}")
            self._over.set()
        return answer.is_success
