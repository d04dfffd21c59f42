"""Filling an employee's agenda: mandatory training first, then what closes the gap and suits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import tzinfo

import numpy as np

from hrreco.paths.agenda import Agenda, Placement
from hrreco.paths.dates import on_days
from hrreco.paths.duties import Obligations
from hrreco.paths.gap import OPEN
from hrreco.paths.offers import Offers
from hrreco.paths.options import MOST_OPTIONS, Wishes, problem_of
from hrreco.paths.periods import Period
from hrreco.paths.problem import Problem
from hrreco.paths.prospects import Person, Prospects
from hrreco.paths.solve import Plan, solve
from hrreco.profiles import EmployeeProfile, Learners
from hrreco.recommend import Codes, Elective, LeftOut, Suggester, Taken, Texts
from hrreco.skills import RoleNeed


@dataclass(frozen=True)
class Asker:
    """The employee whom a plan is for, and all that it is made from.

    Attributes
    ----------
    learners
        The employee as the model of `suggester` sees them.
    """

    profile: EmployeeProfile
    learners: Learners
    suggester: Suggester
    offers: Offers
    texts: Texts
    zone: tzinfo

    def taken(self) -> Taken:
        """Return what the employee has taken."""
        return Taken.of(self.profile, self.offers.catalogue, self.zone)

    def codes(self, taken: Taken) -> Codes:
        """Return what eligibility says of each course; `BEYOND_K` of what is mandatory and due."""
        codes = self.suggester.eligibility.codes(self.profile, taken)
        due = self.suggester.duties.due(self.profile, taken)
        codes[[duty.position for duty in due]] = LeftOut.BEYOND_K
        return codes


@dataclass(frozen=True)
class Planned:
    """A filled agenda, and how it came about.

    Attributes
    ----------
    chosen
        The courses beside mandatory training, on their days.
    electives
        What suits, with what speaks for it, by position.
    wanted
        The needs that no mandatory course leads to.
    """

    obligations: Obligations
    prospects: Prospects
    problem: Problem
    plan: Plan
    chosen: tuple[Placement, ...]
    electives: Mapping[int, Elective]
    wanted: tuple[RoleNeed, ...]


def fill(
    asker: Asker, periods: tuple[Period, ...], needs: Sequence[RoleNeed], *, seed: int
) -> Planned:
    """Plan for one employee.

    Parameters
    ----------
    needs
        What is to be closed.
    """
    taken = asker.taken()
    codes = asker.codes(taken)
    agenda = Agenda.empty(periods, asker.profile.as_of.at)
    obligations = Obligations(asker.offers, asker.suggester.duties, taken, agenda)
    obligations.place(asker.suggester.duties.due(asker.profile, taken, periods[-1].last))
    person = _person(asker, codes, taken)
    prospects = Prospects(asker.offers, person, agenda)
    prospects.look_at(np.flatnonzero(np.isin(codes, [int(code) for code in OPEN])).tolist())
    electives = _electives(asker, codes, prospects)
    wanted = tuple(need for need in needs if not _closed_by(agenda, need, asker.offers))
    wishes = Wishes(wanted, _suit(electives))
    problem = problem_of(wishes, asker.offers, person, agenda, prospects)
    plan = solve(problem, seed=seed)
    chosen = on_days(plan.starts, prospects.sessions, prospects.order, asker.offers, agenda)
    by_position = {elective.position: elective for elective in electives}
    return Planned(obligations, prospects, problem, plan, tuple(chosen), by_position, wanted)


def _person(asker: Asker, codes: Codes, taken: Taken) -> Person:
    profile = asker.profile
    formats, times = frozenset(profile.preferred_formats), frozenset(profile.preferred_times)
    return Person(codes, taken, formats, times)


def _electives(asker: Asker, codes: Codes, prospects: Prospects) -> list[Elective]:
    """Return what suits best among the courses that can be taken, the best first."""
    open_ = [position for position in range(len(codes)) if prospects.may(position)]
    here = np.full_like(codes, LeftOut.PREREQUISITE_MISSING)
    here[open_] = LeftOut.ELIGIBLE
    return asker.suggester.ranking.best(asker.learners, here, MOST_OPTIONS).electives


def _suit(electives: Sequence[Elective]) -> dict[int, float]:
    """Return how well courses suit, 1 for the best, in proportion to their scores."""
    scores = [elective.score for elective in electives]
    if not scores or max(scores) == min(scores):
        return {elective.position: 1.0 for elective in electives}
    low, high = min(scores), max(scores)
    return {e.position: (e.score - low) / (high - low) for e in electives if e.score > low}


def _closed_by(agenda: Agenda, need: RoleNeed, offers: Offers) -> bool:
    placed = {placement.position for placement in agenda.placed}
    return not placed.isdisjoint(offers.closing(need))
