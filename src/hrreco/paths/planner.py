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

    def person(self, codes: Codes, known: frozenset[int] = frozenset()) -> Person:
        """Return what a plan asks of the employee.

        Parameters
        ----------
        known
            Courses that may be built on although they were never taken.
        """
        profile = self.profile
        return Person(
            codes,
            self.taken(),
            known,
            formats=frozenset(profile.preferred_formats),
            times=frozenset(profile.preferred_times),
        )


@dataclass(frozen=True)
class Planned:
    """A filled agenda, and how it came about.

    Attributes
    ----------
    chosen
        The courses beside mandatory training, on their days.
    electives
        What suits, with what speaks for it, by position.
    """

    obligations: Obligations
    prospects: Prospects
    problem: Problem
    plan: Plan
    chosen: tuple[Placement, ...]
    electives: Mapping[int, Elective]


@dataclass(frozen=True)
class Begun:
    """An agenda that mandatory training has been put into."""

    codes: Codes
    obligations: Obligations

    @classmethod
    def of(cls, asker: Asker, periods: tuple[Period, ...]) -> Begun:
        """Put in what must be taken until the last period ends."""
        taken = asker.taken()
        obligations = Obligations(
            asker.offers,
            asker.suggester.duties,
            taken,
            Agenda.empty(periods, asker.profile.as_of.at),
        )
        obligations.place(asker.suggester.duties.due(asker.profile, taken, periods[-1].last))
        return cls(asker.codes(taken), obligations)


def fill(
    asker: Asker,
    begun: Begun,
    needs: Sequence[RoleNeed] = (),
    *,
    seed: int,
    core: Sequence[int] = (),
    known: frozenset[int] = frozenset(),
    suggestions: int = MOST_OPTIONS,
) -> Planned:
    """Fill what is left of an agenda with what is needed, and with what suits.

    Parameters
    ----------
    needs
        What is to be closed.
    core
        Courses that are wanted as they are, by position.
    known
        Courses that may be built on although they were never taken.
    suggestions
        The most courses to choose from only because they suit.
    """
    obligations, agenda = begun.obligations, begun.obligations.agenda
    person = asker.person(begun.codes, known)
    prospects = Prospects(asker.offers, person, agenda)
    prospects.look_at(open_positions(begun.codes))
    electives = _electives(asker, begun.codes, prospects, suggestions)
    wanted = tuple(need for need in needs if not _closed_by(agenda, need, asker.offers))
    problem = problem_of(
        Wishes(wanted, _suit(electives), core), asker.offers, person, agenda, prospects
    )
    plan = solve(problem, seed=seed)
    chosen = on_days(plan, prospects, asker.offers, agenda)
    by_position = {elective.position: elective for elective in electives}
    return Planned(obligations, prospects, problem, plan, tuple(chosen), by_position)


def open_positions(codes: Codes) -> list[int]:
    """Return the courses that an employee may come to choose."""
    return np.flatnonzero(np.isin(codes, [int(code) for code in OPEN])).tolist()


def _electives(asker: Asker, codes: Codes, prospects: Prospects, most: int) -> list[Elective]:
    """Return what suits best among the courses that can be taken, the best first."""
    open_ = [position for position in range(len(codes)) if prospects.may(position)]
    here = np.full_like(codes, LeftOut.PREREQUISITE_MISSING)
    here[open_] = LeftOut.ELIGIBLE
    return asker.suggester.ranking.best(asker.learners, here, most).electives


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
