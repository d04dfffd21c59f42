"""What an employee must take now, and by when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np

from hrreco.data import NO_DAYS, Catalogue
from hrreco.profiles import EmployeeProfile
from hrreco.recommend.taken import Taken, day_of
from hrreco.settings import Settings

Rule = Literal["role", "department", "everyone"]
"""Whom a rule of mandatory training is for, from the most specific on."""


@dataclass(frozen=True, slots=True)
class Duty:
    """One mandatory course that is due.

    Attributes
    ----------
    position
        The course's position in the catalogue.
    due_on
        The last day on which it is in time; None when that is not known.
    renewal
        Whether it was taken before and expires, or has expired.
    rule
        The most specific of the rules that make it mandatory for the employee.
    """

    position: int
    due_on: date | None
    renewal: bool
    rule: Rule


class Duties:
    """The mandatory courses of one catalogue."""

    def __init__(self, catalogue: Catalogue, settings: Settings) -> None:
        self._catalogue = catalogue
        self._renew_before = settings.eligibility.renew_before_days
        self._due_within: list[int] = catalogue.due_within_days.tolist()
        self._valid_for: list[int] = catalogue.valid_for_days.tolist()

    def due(self, profile: EmployeeProfile, taken: Taken, by: date | None = None) -> list[Duty]:
        """Return what is due: overdue first, then by due date (unknown last), then course id.

        A first time is due `due_within_days` after the employee started, a renewal
        `valid_for_days` after the course, or an equivalent of it, was last taken (or waived).
        A renewal is listed from `renew_before_days` before that day on, but not before half of
        its validity is over. Courses in any language are listed, sensitive ones too, and neither
        dismissal nor a missing prerequisite removes one; an inactive course, and anything for
        somebody who left, is not listed.
        """
        if profile.has_left:
            return []
        day = (by or profile.as_of.today).toordinal()
        mandatory = self._catalogue.mandatory_for(profile.role, profile.department)
        duties = [
            duty
            for here in np.flatnonzero(mandatory & self._catalogue.active).tolist()
            if (duty := self._duty(here, profile, taken, day)) is not None
        ]
        return sorted(duties, key=_by_urgency)

    def notice(self, here: int) -> int:
        """Return how many days before it expires a course may be renewed."""
        # A course of short validity must not be due again on the day it is taken.
        return min(self._renew_before, self.halfway(here))

    def halfway(self, here: int) -> int:
        """Return how many days before it expires half of a course's validity is over."""
        return self._valid_for[here] // 2

    def renewal(self, duty: Duty, taken_on: date) -> Duty | None:
        """Return what is due when a duty was done; None where that counts for ever."""
        valid_for = self._valid_for[duty.position]
        if valid_for < 1:
            return None
        due_on = day_of(taken_on.toordinal() + valid_for)
        return Duty(duty.position, due_on, renewal=True, rule=duty.rule)

    def _duty(self, here: int, profile: EmployeeProfile, taken: Taken, day: int) -> Duty | None:
        rule = self.rule(here, profile.role, profile.department)
        last = taken.last(here)
        if last is None:
            due_on = _days_after(profile.started_on, self._due_within[here])
            return Duty(here, due_on, renewal=False, rule=rule)
        if self._valid_for[here] == NO_DAYS:
            return None
        expiry = last + self._valid_for[here]
        if day < expiry - self.notice(here):
            return None
        return Duty(here, day_of(expiry), renewal=True, rule=rule)

    def rule(self, here: int, role: str, department: str | None) -> Rule:
        """Return the most specific rule that makes a course mandatory."""
        rules = self._catalogue.mandatory_rules[here]
        if f"role:{role}" in rules:
            return "role"
        in_department = department and f"department:{department}" in rules
        return "department" if in_department else "everyone"


def _by_urgency(duty: Duty) -> tuple[date, int]:
    # What is overdue has the earliest dates, and positions are in the order of course ids.
    return duty.due_on or date.max, duty.position


def _days_after(start: date | None, days: int) -> date | None:
    if start is None or days == NO_DAYS:
        return None
    return day_of(start.toordinal() + days)
