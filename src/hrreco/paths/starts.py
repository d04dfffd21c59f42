"""When courses can be taken, and what must be over before a session begins."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from hrreco.paths.periods import day_of, midnight
from hrreco.paths.problem import Start
from hrreco.paths.prospects import Prospects

Ways = Mapping[int, tuple[Start, ...]]
"""How each course can be taken."""


def starts_of(courses: Collection[int], prospects: Prospects) -> Ways:
    """Return how each course can be taken.

    One without dates can be over before the day of a session that builds on it, or at the end of
    its period.
    """
    plain = {course: prospects.starts(course) for course in courses}
    dated = prospects.offers.sessions.keys()
    deadlines: dict[int, set[tuple[int, int]]] = {course: set() for course in courses}
    for course in dated & plain.keys():
        days = {(start.period, midnight(day_of(start.begins))) for start in plain[course]}
        for before in _undated_before(course, plain, prospects):
            deadlines[before] |= days
    return {
        course: _with_deadlines(starts, deadlines[course], prospects)
        for course, starts in plain.items()
    }


def time_of(ways: Ways, prospects: Prospects) -> dict[int, int]:
    """Return how long courses without dates can be learned until each moment that one ends at."""
    ends = {
        (start.period, start.ends)
        for course, starts in ways.items()
        if course not in prospects.offers.sessions
        for start in starts
    }
    return {end: prospects.agenda.time_until(end, period) for period, end in ends}


def _undated_before(course: int, ways: Ways, prospects: Prospects) -> set[int]:
    """Return the courses without dates that one builds on, with no session in between."""
    found: set[int] = set()
    waiting = [course]
    while waiting:
        for group in prospects.before(waiting.pop()):
            here = (group & ways.keys()) - prospects.offers.sessions.keys() - found
            found |= here
            waiting += here
    return found


def _with_deadlines(
    starts: tuple[Start, ...], deadlines: set[tuple[int, int]], prospects: Prospects
) -> tuple[Start, ...]:
    """Return starts, each before those of its period that are over earlier."""
    found = []
    for start in starts:
        found.append(start)
        for period, end in sorted(deadlines, reverse=True):
            minutes = prospects.offers.minutes[start.course]
            if period == start.period and minutes <= prospects.agenda.time_until(end, period):
                found.append(start._replace(ends=end))
    return tuple(found)
