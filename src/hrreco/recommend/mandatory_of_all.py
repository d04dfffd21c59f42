"""What employees must take now, and by when: many of them at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple, get_args

import numpy as np
from numpy.typing import NDArray

from hrreco.data import NO_DAYS, LearningData
from hrreco.recommend.mandatory import Duties, Rule
from hrreco.recommend.standings import Entries, Rows, Standings

RULES: tuple[Rule, ...] = get_args(Rule)

_LAST_DAY = date.max.toordinal()
_EPOCH = date(1970, 1, 1).toordinal()


@dataclass(frozen=True)
class GroupDuties:
    """Employees of one role and department, who share what is mandatory.

    Attributes
    ----------
    of_employee
        intp [employees].
    mandatory
        The mandatory courses of each group, active or not.
    rule
        int8 [entries of `mandatory`]: the most specific rule, a position in `RULES`.
    """

    of_employee: NDArray[np.intp]
    mandatory: Rows
    rule: NDArray[np.int8]

    @classmethod
    def of(cls, data: LearningData, duties: Duties) -> GroupDuties:
        """Find the groups of all employees of some data."""
        names = data.groups.names
        mandatory = [np.flatnonzero(data.catalogue.mandatory_for(*pair)) for pair in names]
        group = np.repeat(np.arange(len(names)), [len(courses) for courses in mandatory])
        rules = [
            RULES.index(duties.rule(here, *pair))
            for pair, courses in zip(names, mandatory, strict=True)
            for here in courses.tolist()
        ]
        course = np.concatenate([np.empty(0, dtype=np.intp), *mandatory])
        return cls(
            data.groups.of_employee,
            Rows.of(len(names), group, course),
            np.array(rules, dtype=np.int8),
        )

    def entries(self, rows: NDArray[np.intp]) -> Entries:
        """Return what is mandatory for each of some employees, as entries of `mandatory`."""
        return self.mandatory.entries(self.of_employee[rows])


class DueOfAll(NamedTuple):
    """What is due, by employee (a place among the rows asked for), the most urgent first.

    Attributes
    ----------
    who, position
        intp [duties]: the employee, ascending, and the course in the catalogue.
    due_on
        intp [duties]: a proleptic ordinal, 0 where it is not known.
    renewal, rule
        As in `Duty`; the rule is a position in `RULES`.
    """

    who: NDArray[np.intp]
    position: NDArray[np.intp]
    due_on: NDArray[np.intp]
    renewal: NDArray[np.bool_]
    rule: NDArray[np.int8]

    def take(self, kept: NDArray[np.intp] | NDArray[np.bool_]) -> DueOfAll:
        """Return some duties, in this order."""
        who, position, due_on, renewal, rule = self
        return DueOfAll(who[kept], position[kept], due_on[kept], renewal[kept], rule[kept])


class DutiesOfAll:
    """The rules of `Duties`, for all employees of some data who have not left."""

    def __init__(self, data: LearningData, standings: Standings, groups: GroupDuties) -> None:
        self._standings = standings
        self._groups = groups
        self._active = data.catalogue.active
        self._valid_for = data.catalogue.valid_for_days.astype(np.intp)
        self._due_within = data.catalogue.due_within_days.astype(np.intp)
        self._renew_before = data.settings.eligibility.renew_before_days
        started = data.employees["started_on"].to_physical()
        self._started = (started.cast(int) + _EPOCH).fill_null(0).to_numpy()

    def due(self, rows: NDArray[np.intp]) -> DueOfAll:
        """Return what is due for each of some employees, in the order of `Duties.due`."""
        mandatory = self._groups.entries(rows)
        course = self._groups.mandatory.course[mandatory.at].astype(np.intp)
        active = self._active[course]
        who, course = mandatory.who[active], course[active]
        last, valid = self._last_day(rows, who, course), self._valid_for[course]
        notice = np.minimum(self._renew_before, valid // 2)
        renewal = last > 0
        is_due = ~renewal | ((valid != NO_DAYS) & (self._standings.today >= last + valid - notice))
        due_on = np.where(renewal, last + valid, self._first_due_on(rows[who], course))
        rule = self._groups.rule[mandatory.at][active]
        due = DueOfAll(who, course, np.minimum(due_on, _LAST_DAY), renewal, rule).take(is_due)
        urgency = np.where(due.due_on > 0, due.due_on, _LAST_DAY)
        return due.take(np.lexsort((due.position, urgency, due.who)))

    def _last_day(
        self, rows: NDArray[np.intp], who: NDArray[np.intp], course: NDArray[np.intp]
    ) -> NDArray[np.intp]:
        """Return the day on which each course was last taken; 0 where it never was."""
        taken, n_courses = self._standings.taken.entries(rows), len(self._active)
        key = taken.who * n_courses + self._standings.taken.course[taken.at]
        wanted = who * n_courses + course
        at = np.searchsorted(key, wanted)
        found = at < len(key)
        found[found] = key[at[found]] == wanted[found]
        last = np.zeros(len(wanted), dtype=np.intp)
        last[found] = self._standings.last_day[taken.at[at[found]]]
        return last

    def _first_due_on(
        self, employee: NDArray[np.intp], course: NDArray[np.intp]
    ) -> NDArray[np.intp]:
        started, within = self._started[employee], self._due_within[course]
        known = (started > 0) & (within != NO_DAYS)
        return np.where(known, started + within, 0).astype(np.intp)
