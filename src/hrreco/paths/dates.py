"""The days of the courses that a plan has put into periods."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import accumulate
from typing import NamedTuple

from hrreco.paths.agenda import Agenda, Placement
from hrreco.paths.periods import WORKING_DAY, midnight
from hrreco.paths.prospects import Prospects
from hrreco.paths.solve import Plan


class _Learning(NamedTuple):
    """A course without dates, and the moment at which it is to be over."""

    course: int
    minutes: int
    end: int


def on_days(plan: Plan, prospects: Prospects) -> list[Placement]:
    """Return each course with its days, and fill the agenda with them.

    Courses that are taken at any time are spread over the working days of their period, one after
    the other: what a session waits for first, then the most urgent, but each after what it builds
    on. The days on which something else is planned are left out where the others will do.
    """
    sessions, minutes, agenda = prospects.sessions, prospects.offers.minutes, prospects.agenda
    found: list[Placement] = []
    for period in range(len(agenda.periods)):
        here = [start for start in plan.starts.values() if start.period == period]
        here.sort(key=lambda at: (at.ends, -plan.urgency[at.course], *prospects.order(at.course)))
        dated = [start for start in here if start in sessions]
        found += [agenda.attend(at.course, minutes[at.course], sessions[at]) for at in dated]
        rest = [
            _Learning(start.course, minutes[start.course], start.ends)
            for start in here
            if start not in sessions
        ]
        found += _spread(rest, period, agenda)
    return found


def _spread(courses: Sequence[_Learning], period: int, agenda: Agenda) -> list[Placement]:
    """Return courses on the days of a period, in proportion to their length and in their order."""
    weekdays = agenda.periods[period].weekdays
    line = _Line(dict.fromkeys(agenda.free_days(agenda.periods[period]), WORKING_DAY))
    if not line.has_time_for(courses):
        line = _Line({day: agenda.free_minutes(day) for day in weekdays})
    found = line.filled(courses, agenda.room[period])
    agenda.room[period] -= sum(one.minutes for one in courses)
    return found


class _Line:
    """The minutes of some days, counted on from one day to the next."""

    def __init__(self, minutes: Mapping[date, int]) -> None:
        self._days = [*minutes]
        self._mornings = [0, *accumulate(minutes.values())]
        """The minute at which each day begins, and the one after the last day."""

    def has_time_for(self, courses: Sequence[_Learning]) -> bool:
        """Return whether all are over in time when one follows the other at once."""
        needed = accumulate(one.minutes for one in courses)
        return all(
            minute <= self._until(one.end) for minute, one in zip(needed, courses, strict=True)
        )

    def filled(self, courses: Sequence[_Learning], room: int) -> list[Placement]:
        """Return the days of courses that there is time for.

        Parameters
        ----------
        room
            The most minutes that could have been needed: so many would fill the line.
        """
        length = self._mornings[-1]
        latest = length
        last: list[int] = []
        for one in reversed(courses):
            latest = min(latest, self._until(one.end)) - one.minutes
            last.append(latest)
        found: list[Placement] = []
        at = before = 0
        for one, latest in zip(courses, reversed(last), strict=True):
            morning = self._mornings[self._number(before * length // min(room, length))]
            at = max(at, min(morning, latest))
            found.append(Placement(one.course, self._day(at), self._day(at + one.minutes - 1)))
            at += one.minutes
            before += one.minutes
        return found

    def _until(self, moment: int) -> int:
        """Return how many minutes there are before a moment."""
        return self._mornings[bisect_left(self._days, moment, key=midnight)]

    def _number(self, minute: int) -> int:
        return bisect_right(self._mornings, minute) - 1

    def _day(self, minute: int) -> date:
        return self._days[self._number(minute)]
