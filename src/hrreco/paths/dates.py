"""The days of the courses that a plan has put into periods."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from hrreco.paths.agenda import Agenda, Placement
from hrreco.paths.periods import WORKING_DAY, working_days
from hrreco.paths.problem import Start
from hrreco.paths.prospects import Prospects
from hrreco.paths.solve import Plan


def on_days(plan: Plan, prospects: Prospects) -> list[Placement]:
    """Return each course with its days, and fill the agenda with them.

    Courses that are taken at any time are spread over the working days of their period on which
    nothing else is planned, one after the other: the most urgent first, but each after what it
    builds on.
    """
    sessions, minutes, agenda = prospects.sessions, prospects.offers.minutes, prospects.agenda
    found: list[Placement] = []
    for period in range(len(agenda.periods)):
        here = [course for course, at in plan.starts.items() if at == period]
        here.sort(key=lambda course: (-plan.urgency[course], *prospects.order(course)))
        dated = [course for course in here if Start(course, period) in sessions]
        for course in dated:
            session = sessions[Start(course, period)]
            found.append(agenda.attend(course, minutes[course], session))
        rest = [(course, minutes[course]) for course in here if course not in dated]
        found += _spread(rest, period, agenda)
    return found


def _spread(courses: Sequence[tuple[int, int]], period: int, agenda: Agenda) -> list[Placement]:
    """Return courses and their minutes on the days of a period, in proportion to their length."""
    minutes = sum(needed for _, needed in courses)
    weekdays = agenda.periods[period].weekdays
    free = agenda.free_days(agenda.periods[period])
    days = free if minutes <= WORKING_DAY * len(free) else weekdays
    room = min(agenda.room[period], WORKING_DAY * len(days))
    found, before = [], 0
    for course, needed in courses:
        at = before * len(days) // room
        found.append(_placement(course, days[at : at + working_days(needed)]))
        before += needed
    agenda.room[period] -= minutes
    return found


def _placement(course: int, days: Sequence[date]) -> Placement:
    return Placement(course, days[0], days[-1])
