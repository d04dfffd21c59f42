"""A small company whose processes are killed, and what must hold of it after every kill."""

from __future__ import annotations

import random
import signal
import time
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from itertools import islice
from multiprocessing.context import ForkServerContext
from typing import Any

from hrreco.errors import AuditError, WorkspaceError
from hrreco.privacy.audit import AuditLog, verify
from hrreco.privacy.stored_optouts import StoredOptOuts
from hrreco.store import Store
from tests.postgres import Server
from tests.store.build import ingest_into
from tests.store.places import Place
from tests.torture import acts

IDS = [f"{number:03d}" for number in range(acts.PEOPLE)]
AT_ONCE = 6
"""Of how many people an act is, one after the other."""


@dataclass
class World:
    """One store, and what has been acknowledged of it.

    Attributes
    ----------
    refused, erased
        Ids of which a call has returned.
    """

    place: Place
    processes: ForkServerContext
    draw: random.Random
    taken_out: str = ""
    refused: set[str] = field(default_factory=set)
    erased: set[str] = field(default_factory=set)
    kills: int = 0
    lengths: dict[str, int] = field(default_factory=dict)

    def begin(self) -> None:
        """Fill an empty store."""
        self.refused.clear()
        self.erased.clear()
        with self.place.open() as store:
            ingest_into(store, acts.first_export(), source="first", full=False)

    def measure(self, act: str) -> None:
        """Count the ticks of an act that nobody kills; what it did is to be wiped."""
        process, hears = self._start(act, IDS[:AT_ONCE], None)
        self.lengths[act] = int(list(_heard(hears))[-1])
        process.join()

    def kill(self, act: str) -> list[str]:
        """Do something, kill it on its way, and return what does not hold afterwards."""
        process, hears = self._start(act, self._some(), self.draw.randint(1, self.lengths[act]))
        told = list(_heard(hears))
        process.join()
        self.kills += process.exitcode == -signal.SIGKILL
        self._note(act, told)
        failed = [f"a caller saw {one!r}" for one in told if isinstance(one, Exception)]
        return [*failed, *self.violations()]

    def kill_server(self, act: str, server: Server) -> list[str]:
        """Do something, kill the database's server meanwhile, and start it again."""
        process, hears = self._start(act, self._some(), None)
        heard = _heard(hears)
        # By what has been told, as a time that is enough here is too short on a slow machine.
        told = list(islice(heard, self.draw.randint(0, 1 if act == "ingest" else AT_ONCE)))
        time.sleep(self.draw.uniform(0, 0.1))
        server.kill()
        told += heard
        process.join()
        server.start()
        self._note(act, told)
        unclear = [
            f"a caller saw {one!r}"
            for one in told
            if isinstance(one, Exception) and not isinstance(one, WorkspaceError)
        ]
        return [*unclear, *self.violations()]

    @property
    def is_spent(self) -> bool:
        """Whether too few are left to go on with."""
        return len(self.erased | self.refused) > len(IDS) - AT_ONCE

    def _some(self) -> list[str]:
        left = [one for one in IDS if one not in self.erased | self.refused]
        return self.draw.sample(left, min(AT_ONCE, len(left)))

    def _start(self, act: str, ids: list[str], ticks: int | None) -> tuple[Any, Any]:
        hears, tells = self.processes.Pipe(duplex=False)
        process = self.processes.Process(
            target=acts.run, args=(self.place, act, ids, tells, ticks, self.taken_out)
        )
        process.start()
        tells.close()
        return process, hears

    def _note(self, act: str, told: list[Any]) -> None:
        """Keep what has been acknowledged."""
        known = {"opt_out": self.refused, "erase": self.erased}.get(act, set())
        known.update(one for one in told if one in IDS)
        self.refused -= self.erased

    def violations(self) -> list[str]:
        """Return what does not hold, before and after a replay of the first export."""
        with self.place.open() as store:
            found = [*self._of_people(store), *_of_log(store, self.place)]
            found += _of_tables(store, self.erased)
            _replay(store)
            found += self._of_people(store)
        return found

    def _of_people(self, store: Store) -> Iterator[str]:
        out = StoredOptOuts(AuditLog(store, self.place.folder)).opted_out("training")
        for lost in sorted(self.refused - out):
            yield f"the opt-out of {lost} was lost"
        data = store.read()
        there = {*data.employees["employee_id"], *data.events["employee_id"]}
        there |= {*data.employees["manager_id"].drop_nulls()}
        for back in sorted(self.erased & there):
            yield f"{back} came back"


def _heard(hears: Any) -> Iterator[Any]:
    try:
        while True:
            yield hears.recv()
    except EOFError:
        return


def _of_log(store: Store, place: Place) -> Iterator[str]:
    try:
        verify(AuditLog(store, place.folder))
    except (AuditError, WorkspaceError) as error:
        yield str(error)


def _of_tables(store: Store, erased: Collection[str]) -> Iterator[str]:
    """Yield what is neither of the first export nor of the second, but between."""
    data = store.read()
    roles = set(data.employees["role"]) | set(data.events["reason"])
    if len(roles) > 1:
        yield f"an ingest is half done: {sorted(roles)}"
    people = set(data.employees["employee_id"])
    if not people.isdisjoint(erased) or not set(data.events["employee_id"]) <= people:
        yield "an erasure is half done"
    per_person = data.events.group_by("employee_id").len()["len"].unique().to_list()
    if per_person not in ([], [acts.EVENTS // acts.PEOPLE]):
        yield f"events of people are lost: {per_person}"


def _replay(store: Store) -> None:
    """Ingest the first export again, as it is, and as it is read beside what is known."""
    first = acts.first_export()
    try:
        ingest_into(store, first, source="replay", full=False)
    except WorkspaceError:  # someone in it was erased: nothing was ingested
        ingest_into(store, acts.read_beside(store, first), source="replay", full=False)
