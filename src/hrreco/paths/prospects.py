"""Which courses an employee can come to take within a plan, when, and what stops the others."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import NamedTuple

from hrreco.paths.agenda import Agenda
from hrreco.paths.gap import OPEN
from hrreco.paths.obstacle import Obstacle
from hrreco.paths.offers import Offers
from hrreco.paths.periods import moment_of
from hrreco.paths.problem import Start
from hrreco.paths.sessions import Session
from hrreco.recommend import Codes, LeftOut, Taken

_STOPS = (Obstacle.CLASH, Obstacle.NO_ROOM, Obstacle.FULL, Obstacle.NO_SESSION)
"""What may stop a course that is held in sessions; the first is the nearest to fitting."""


class Person(NamedTuple):
    """What a plan asks of an employee.

    Attributes
    ----------
    codes
        What eligibility says of each course.
    known
        Courses that may be built on although they were never taken.
    formats, times
        Formats and times of day that are preferred.
    """

    codes: Codes
    taken: Taken
    known: frozenset[int]
    formats: frozenset[str]
    times: frozenset[str]


class Prospects:
    """Courses that can be started, looked at as they are asked for.

    Attributes
    ----------
    sessions
        The one that is attended, for each start of a course that is held in sessions.
    """

    def __init__(self, offers: Offers, person: Person, agenda: Agenda) -> None:
        self.offers = offers
        self.person = person
        self.agenda = agenda
        self._longest = max(period.room for period in agenda.periods)
        self._placed = frozenset(placement.position for placement in agenda.placed)
        self._stopped: dict[int, str] = {}
        self._dated: dict[int, tuple[Start, ...]] = {}
        self._rank: dict[int, int] = {}
        self.sessions: dict[Start, Session] = {}

    def look_at(self, positions: Iterable[int]) -> None:
        """Find out about some courses, and about all that they build on."""
        seen: set[int] = set()
        waiting = list(positions)
        while waiting:
            here = waiting.pop()
            if here in seen or here in self._rank or here in self._stopped:
                continue
            seen.add(here)
            if (stop := self._stop(here)) is not None:
                self._stopped[here] = stop
                continue
            waiting += [one for group in self.unmet(here) for one in group]
        self._open(seen - self._stopped.keys())

    @property
    def open(self) -> Collection[int]:
        """The courses that were looked at and can be taken."""
        return self._rank.keys()

    def stopped_by(self, position: int) -> str | None:
        """Return the code of what stops a course that was looked at, if anything does."""
        return self._stopped.get(position)

    def starts(self, position: int) -> tuple[Start, ...]:
        """Return how a course can be taken: in which sessions, or in which periods."""
        if position in self.offers.sessions:
            return self._dated[position]
        return tuple(
            Start(position, number, period.begins, period.ends)
            for number, period in enumerate(self.agenda.periods)
            if self.offers.minutes[position] <= self.agenda.room[number]
        )

    def unmet(self, position: int) -> list[tuple[int, ...]]:
        """Return the groups of courses of which one must be taken before, not yet met."""
        return [
            self.offers.meeting(needed)
            for needed in self.offers.catalogue.prerequisites[position]
            if self.person.taken.last(needed) is None and needed not in self.person.known
        ]

    def before(self, position: int) -> list[frozenset[int]]:
        """Return the same groups, with those courses only that can come before it.

        Some of them may be placed already. None of them builds on the course itself.
        """
        rank = self._rank[position]
        return [
            frozenset(
                one for one in group if one in self._placed or self._rank.get(one, rank) < rank
            )
            for group in self.unmet(position)
        ]

    def is_met(self, group: tuple[int, ...]) -> bool:
        """Return whether one of some courses can be taken, or is placed already."""
        return any(one in self._rank or one in self._placed for one in group)

    def order(self, position: int) -> tuple[int, int]:
        """Return what courses are sorted by, so that each stands after what it builds on."""
        return self._rank[position], position

    def _stop(self, position: int) -> str | None:
        """Return what stops a course by itself; remember its sessions where nothing does."""
        code = LeftOut(int(self.person.codes[position]))
        if code not in OPEN and code is not LeftOut.BEYOND_K:
            return code.code
        if not self._placed.isdisjoint(self.offers.meeting(position)):
            planned = position in self._placed
            return Obstacle.ENDS_LATE if planned else Obstacle.EQUIVALENT_PLANNED
        if code is LeftOut.BEYOND_K:
            return code.code
        return self._stop_by_room(position)

    def _stop_by_room(self, position: int) -> str | None:
        minutes = self.offers.minutes[position]
        if minutes > self._longest:
            return Obstacle.OVER_BUDGET
        if position in self.offers.sessions:
            return self._stop_of_dated(position)
        return None if minutes <= max(self.agenda.room) else Obstacle.NO_ROOM

    def _stop_of_dated(self, position: int) -> str | None:
        minutes, end = self.offers.minutes[position], self.agenda.periods[-1].last
        found: dict[Start, Session] = {}
        stops = {Obstacle.NO_SESSION}
        for session in self.offers.sessions[position]:
            period = self.agenda.period_of(session)
            if period is None or session.ends_on > end:
                continue
            if session.is_full:
                stops.add(Obstacle.FULL)
            elif not self.agenda.has_room_for(session, minutes):
                stops.add(Obstacle.NO_ROOM)
            elif self.agenda.clashes(session):
                stops.add(Obstacle.CLASH)
            else:  # of those at the same times, nothing tells one from another
                found.setdefault(_start(position, period, session), session)
        self.sessions.update(found)
        by_liking = sorted(found, key=lambda start: (start.period, self._unlike(found[start])))
        self._dated[position] = tuple(by_liking)
        return None if found else next(stop for stop in _STOPS if stop in stops)

    def _unlike(self, session: Session) -> bool:
        """Return whether a session is at a time that is not preferred."""
        return bool(self.person.times) and session.time_of_day not in self.person.times

    def _open(self, waiting: set[int]) -> None:
        """Open course after course; what is left builds on what is stopped, or on itself."""
        n = len(self._rank)
        while True:
            opened = [p for p in sorted(waiting) if all(map(self.is_met, self.unmet(p)))]
            if not opened:
                break
            n += 1
            self._rank.update(dict.fromkeys(opened, n))
            waiting = waiting.difference(opened)
        self._stopped.update(dict.fromkeys(waiting, LeftOut.PREREQUISITE_MISSING.code))


def _start(position: int, period: int, session: Session) -> Start:
    return Start(position, period, moment_of(session.starts_at), moment_of(session.ends_at))
