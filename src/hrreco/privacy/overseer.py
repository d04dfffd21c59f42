"""Deciding over the model: what is decided is checked against the catalogue and the people."""

from __future__ import annotations

from typing import Protocol

import numpy as np

from hrreco.data.catalogue import Catalogue
from hrreco.data.records import EmployeeRecord
from hrreco.errors import OversightError, checked_id
from hrreco.privacy.oversight import Decision, Oversight, new_decision


class _Company(Protocol):
    @property
    def catalogue(self) -> Catalogue: ...

    def employee(self, employee_id: str) -> EmployeeRecord: ...


class Overseer:
    """Takes and lifts decisions, each by somebody who is named, for a reason.

    They are in force at the next call, and about what is suggested only: nothing here keeps
    anybody from training. Mandatory training cannot be decided away, nor what it builds on.
    """

    def __init__(self, oversight: Oversight, company: _Company) -> None:
        self._oversight = oversight
        self._company = company

    def decisions(self) -> tuple[Decision, ...]:
        """Return all decisions in force, in the order in which they were taken."""
        return self._oversight.decisions()

    def suppress(self, course_id: str, *, by: str, reason: str) -> Decision:
        """Have a course suggested to nobody.

        Raises
        ------
        UnknownIdError
            When there is no such course; names the close match.
        OversightError
            When it is mandatory for anybody, or leads to a course that is; when it is suppressed
            already, or no name or reason is given.
        """
        catalogue = self._company.catalogue
        position = catalogue.index(checked_id(course_id, "course"))
        mandatory = np.array([bool(rules) for rules in catalogue.mandatory_rules], dtype=bool)
        self._check_not_mandatory(position, mandatory)
        decision = new_decision("suppress", by, reason, course_id=course_id)
        return self._oversight.record(decision)

    def override(
        self,
        employee_id: str,
        course_id: str,
        *,
        instead: str | None = None,
        by: str,
        reason: str,
    ) -> Decision:
        """Have a course never suggested to one employee, or another one put in its place.

        The other one is suggested before all other electives, as soon as the rules let it: it is
        in the employee's language, not taken yet, and what it builds on is.

        Raises
        ------
        UnknownIdError
            When there is no such employee or course; names the close match.
        OversightError
            When the course is mandatory for the employee, or leads to one that is; when the other
            one can be suggested to nobody; when the course is overridden already, or no name or
            reason is given.
        """
        catalogue = self._company.catalogue
        person = self._company.employee(checked_id(employee_id, "employee"))
        position = catalogue.index(checked_id(course_id, "course"))
        self._check_not_mandatory(
            position, catalogue.mandatory_for(person.role, person.department)
        )
        if instead is not None:
            self._check_suggestible(catalogue.index(checked_id(instead, "course")), position)
        decision = new_decision(
            "override",
            by,
            reason,
            course_id=course_id,
            employee_id=employee_id,
            instead=instead,
        )
        return self._oversight.record(decision)

    def pause(self, *, by: str, reason: str) -> Decision:
        """Have everybody answered by the rules, as whoever opted out of profiling is.

        Raises
        ------
        OversightError
            When that is so already, or no name or reason is given.
        """
        return self._oversight.record(new_decision("pause", by, reason))

    def lift(self, number: int, *, by: str) -> Decision:
        """End a decision; return what it was.

        Raises
        ------
        UnknownIdError
            When no decision of that number is in force.
        OversightError
            When nobody is named.
        """
        return self._oversight.lift(number, by)

    def _check_not_mandatory(self, position: int, mandatory: np.ndarray) -> None:
        catalogue = self._company.catalogue
        for duty in np.flatnonzero(mandatory & catalogue.active).tolist():
            if position in _leading_to(duty, catalogue):
                course_id, needing = catalogue.course_ids[position], catalogue.course_ids[duty]
                what = (
                    "is mandatory training"
                    if duty == position
                    else f"must be taken before {needing!r}, which is mandatory training"
                )
                raise OversightError(
                    f"{course_id!r} {what} and cannot be decided away, as law may require it; "
                    "change the catalogue (mandatory_for, prerequisites, active) where it is kept"
                )

    def _check_suggestible(self, instead: int, position: int) -> None:
        catalogue = self._company.catalogue
        why = (
            "is the same course"
            if instead == position
            else "is not offered"
            if not catalogue.active[instead]
            else "is sensitive, and never suggested"
            if catalogue.sensitive[instead]
            else ""
        )
        if why:
            raise OversightError(f"{catalogue.course_ids[instead]!r} {why}; choose another one")


def _leading_to(position: int, catalogue: Catalogue) -> set[int]:
    """Return a course and all that it builds on, itself or through others."""
    found: set[int] = set()
    waiting = [position]
    while waiting:
        here = waiting.pop()
        if here not in found:
            found.add(here)
            waiting += catalogue.prerequisites[here]
    return found
