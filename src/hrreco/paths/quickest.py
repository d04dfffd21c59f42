"""The courses that lead to some skills in the least time, whenever they are held."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import NamedTuple

from hrreco.paths.agenda import Agenda, Placement
from hrreco.paths.choose import choose
from hrreco.paths.options import Wishes, problem_of
from hrreco.paths.periods import Period
from hrreco.paths.planner import Asker
from hrreco.paths.problem import Problem
from hrreco.paths.prospects import Prospects
from hrreco.settings import Moment
from hrreco.skills import RoleNeed

_LONG_ENOUGH = timedelta(days=3_653)
_EFFORT = 0.1


class Quickest(NamedTuple):
    """Courses that close needs.

    Attributes
    ----------
    courses
        By position; each stands after what it builds on.
    ways
        Those of them that lead to each skill that can be closed, what comes before included; none
        where a course that is mandatory does.
    """

    courses: tuple[int, ...]
    ways: Mapping[str, frozenset[int]]


def quickest(
    asker: Asker, needs: Sequence[RoleNeed], mandatory: Sequence[int], *, seed: int
) -> Quickest:
    """Find the courses that close as many needs as can be, in the least time.

    Parameters
    ----------
    mandatory
        Courses that are taken in any case, and so cost no time.
    """
    at_any_time = asker.offers._replace(sessions={})
    agenda = _endless(asker.profile.as_of, mandatory)
    prospects = Prospects(at_any_time, asker.person(), agenda)
    given = frozenset(mandatory)
    ways = {
        n.skill: frozenset[int]() for n in needs if given.intersection(asker.offers.closing(n))
    }
    open_needs = [need for need in needs if need.skill not in ways]
    problem = problem_of(Wishes(open_needs, {}), prospects)
    courses = choose(_by_time(problem), effort=_EFFORT, seed=seed).courses
    for number, need in enumerate(open_needs):
        leading = [course for course in courses if number in problem.option[course].closes]
        if leading:
            ways[need.skill] = _way(min(leading), courses, prospects)
    return Quickest(tuple(sorted(courses, key=prospects.order)), ways)


def _endless(now: Moment, mandatory: Sequence[int]) -> Agenda:
    today = now.today
    period = Period(today, min(today, date.max - _LONG_ENOUGH) + _LONG_ENOUGH, 60 * 24 * 3_653)
    agenda = Agenda.empty((period,), now.at)
    agenda.placed += [Placement(position, today, today) for position in mandatory]
    return agenda


def _by_time(problem: Problem) -> Problem:
    """Return the problem whose best choice closes all that it can, in the least time.

    Of equals it takes the first in the catalogue.
    """
    n = len(problem.options)
    options = tuple(
        replace(option, value=-(n * option.minutes + at))
        for at, option in enumerate(problem.options)
    )
    more_than_all = 1 - sum(option.value for option in options)
    return replace(
        problem,
        options=options,
        worth=dict.fromkeys(problem.worth, more_than_all),
        done=dict.fromkeys(problem.done, 0),
    )


def _way(position: int, courses: frozenset[int], prospects: Prospects) -> frozenset[int]:
    """Return a course with those of `courses` that come before it."""
    way: set[int] = set()
    waiting = [position]
    while waiting:
        here = waiting.pop()
        if here not in way:
            way.add(here)
            waiting += [
                min(group & courses) for group in prospects.before(here) if group & courses
            ]
    return frozenset(way)
