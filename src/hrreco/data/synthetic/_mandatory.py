"""Mandatory training: assigned, completed, and renewed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from hrreco.data.synthetic._calendar import DAY
from hrreco.data.synthetic._config import CompanyConfig
from hrreco.data.synthetic._curriculum import Curriculum
from hrreco.data.synthetic._domain import StandingCourse
from hrreco.data.synthetic._electives import working_hours
from hrreco.data.synthetic._workforce import Workforce

_NOT_YET_DONE = 0.1
_RENEWED_EARLY_DAYS = 45


@dataclass(frozen=True)
class Duties:
    """Mandatory courses done: parallel arrays.

    Attributes
    ----------
    employee, course
        Positions.
    at
        datetime64[s]: when it was completed (UTC).
    """

    employee: NDArray[np.int64]
    course: NDArray[np.int64]
    at: NDArray[np.datetime64]


def duties(config: CompanyConfig, staff: Workforce, courses: Curriculum, rng: Generator) -> Duties:
    """Let those whom a rule names complete their courses, and renew them in time.

    Only new hires may be late, and by weeks: a course that somebody never did in all their years
    would be overdue since before the log.
    """
    employees, positions, days = [], [], []
    for at, course in courses.standing.items():
        obliged = np.flatnonzero(staff.named_by(course.rules))
        late = staff.is_new[obliged] & (rng.random(len(obliged)) < _NOT_YET_DONE)
        obliged = obliged[~late]
        day = _first_day(config, staff, course, obliged, rng)
        while (within := day <= staff.last_day[obliged]).any():
            obliged, day = obliged[within], day[within]
            employees.append(obliged)
            positions.append(np.full(len(obliged), at))
            days.append(day)
            if course.valid_for_days is None:
                break
            early = rng.integers(0, _RENEWED_EARLY_DAYS, len(day))
            day = day + (course.valid_for_days - early) * DAY
    moments = working_hours(np.concatenate(days), rng)
    return Duties(np.concatenate(employees), np.concatenate(positions), moments)


def _first_day(
    config: CompanyConfig,
    staff: Workforce,
    course: StandingCourse,
    obliged: NDArray[np.int64],
    rng: Generator,
) -> NDArray[np.datetime64]:
    """Newcomers do it before it is due; the others when their last one runs out."""
    window = np.datetime64(config.as_of, "D") - 30 * config.months * DAY
    spread = min(course.valid_for_days or 60, 365, 30 * config.months)
    due = course.due_within_days or 1
    u = rng.random(len(obliged))
    newcomer = staff.started_on[obliged] > window
    wait = (u * np.where(newcomer, due, spread)).astype(np.int64)
    return np.asarray(staff.first_day[obliged] + wait * DAY)
