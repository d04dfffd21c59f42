"""Filling an employee's agenda: mandatory training first, then what closes the gap and suits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from functools import cached_property

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
from hrreco.recommend import Codes, Duty, Elective, LeftOut, Suggester, Taken
from hrreco.settings import Texts
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

    @cached_property
    def taken(self) -> Taken:
        """What the employee has taken."""
        return Taken.of(self.profile, self.offers.catalogue, self.zone)

    @cached_property
    def due(self) -> list[Duty]:
        """What is mandatory and due now."""
        return self.suggester.duties.due(self.profile, self.taken)

    @cached_property
    def eligibility(self) -> Codes:
        """What eligibility says of each course."""
        return self.suggester.eligibility.codes(self.profile, self.taken)

    @cached_property
    def codes(self) -> Codes:
        """The same, with `BEYOND_K` for what is mandatory and due."""
        codes = self.eligibility.copy()
        codes[[duty.position for duty in self.due]] = LeftOut.BEYOND_K
        return codes

    @cached_property
    def chosen(self) -> tuple[int, ...]:
        """Courses that a person in charge has put in the place of others, where they are open."""
        return tuple(
            one for one in self.suggester.instead if LeftOut(int(self.codes[one])) in OPEN
        )

    def sentence(self, code: LeftOut, position: int) -> str:
        """Return what the employee reads of a course that `code` leaves out."""
        return self.suggester.sentence(code, position, self.profile, self.taken, self.texts)

    def person(self, known: frozenset[int] = frozenset()) -> Person:
        """Return what a plan asks of the employee.

        Parameters
        ----------
        known
            Courses that may be built on although they were never taken.
        """
        profile = self.profile
        return Person(
            self.codes,
            self.taken,
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


def with_duties(asker: Asker, periods: tuple[Period, ...]) -> Obligations:
    """Put what must be taken until the last period ends into an empty agenda."""
    duties = asker.suggester.duties
    agenda = Agenda.empty(periods, asker.profile.as_of.at)
    obligations = Obligations(asker.offers, duties, asker.taken, agenda)
    obligations.place(duties.due(asker.profile, asker.taken, periods[-1].last))
    return obligations


def fill(
    asker: Asker,
    obligations: Obligations,
    needs: Sequence[RoleNeed] = (),
    *,
    seed: int,
    core: Sequence[int] = (),
    known: frozenset[int] = frozenset(),
    suggestions: int = MOST_OPTIONS,
) -> Planned:
    """Fill what is left of an agenda with what is needed, was chosen by a person, and suits.

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
    agenda = obligations.agenda
    prospects = Prospects(asker.offers, asker.person(known), agenda)
    prospects.look_at(np.flatnonzero(np.isin(asker.codes, list(OPEN))).tolist())
    electives = _electives(asker, prospects, suggestions)
    wanted = tuple(need for need in needs if not _closed_by(agenda, need, asker.offers))
    wishes = Wishes(wanted, _suit(electives), tuple(dict.fromkeys((*core, *asker.chosen))))
    problem = problem_of(wishes, prospects)
    plan = solve(problem, seed=seed)
    chosen = on_days(plan, prospects)
    by_position = {elective.position: elective for elective in electives}
    return Planned(obligations, prospects, problem, plan, tuple(chosen), by_position)


def _electives(asker: Asker, prospects: Prospects, most: int) -> list[Elective]:
    """Return what suits best among the courses that can be taken, the best first."""
    codes = np.full_like(asker.codes, LeftOut.PREREQUISITE_MISSING)
    codes[list(prospects.open)] = LeftOut.ELIGIBLE
    codes[list(asker.chosen)] = LeftOut.BEYOND_K  # they are there in any case
    return asker.suggester.ranking.best(asker.learners, codes, most).electives


def _suit(electives: Sequence[Elective]) -> dict[int, float]:
    """Return how well courses suit, 1 for the best, in proportion to their scores."""
    scores = [elective.score for elective in electives]
    if not scores or max(scores) == min(scores):
        return {elective.position: 1.0 for elective in electives}
    low, high = min(scores), max(scores)
    return {e.position: (e.score - low) / (high - low) for e in electives if e.score > low}


def _closed_by(agenda: Agenda, need: RoleNeed, offers: Offers) -> bool:
    end = agenda.periods[-1].last
    finished = {placed.position for placed in agenda.placed if placed.ends_on <= end}
    return not finished.isdisjoint(offers.closing(need))
