"""The event log: every kind of event, in the order of time."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import polars as pl
from numpy.random import Generator
from numpy.typing import NDArray

from hrreco.data.synthetic._calendar import DAY
from hrreco.data.synthetic._curriculum import NONE, Curriculum
from hrreco.data.synthetic._electives import FINISHED, OUTCOMES, Taken, working_hours
from hrreco.data.synthetic._knowledge import Knowledge
from hrreco.data.synthetic._mandatory import Duties
from hrreco.data.synthetic._workforce import Workforce

KINDS = (
    *OUTCOMES,
    "rated",
    "waived",
    "dismissed",
    "not_relevant",
    "already_known",
    "wrong_level",
)
_FEEDBACK = KINDS[8:]
_FEEDBACK_PER_EMPLOYEE = 0.6
_ENROLLED_SHARE, _STARTED_SHARE, _RATED_SHARE, _ASSIGNED_SHARE = 0.3, 0.25, 0.2, 0.5
_REASONS = {
    "waived": "tested out",
    "dismissed": "no time now",
    "not_relevant": "not part of my work",
    "wrong_level": "too easy",
}

Ints = NDArray[np.int64]


@dataclass
class _Log:
    """Rows of the log by column, collected part by part."""

    parts: list[pl.DataFrame] = field(default_factory=list)

    def add(
        self,
        employee: Ints,
        course: Ints,
        kind: str | Ints,
        at: NDArray[np.datetime64],
        source: str = "lms",
        **numbers: NDArray[np.float64],
    ) -> None:
        """Add rows; `numbers` are the columns `rating` and `progress`, null where not given."""
        kinds = np.full(len(at), KINDS.index(kind)) if isinstance(kind, str) else kind
        nothing = pl.repeat(None, len(at), dtype=pl.Float64, eager=True)
        self.parts.append(
            pl.DataFrame(
                {
                    "employee": employee,
                    "course": course,
                    "kind": kinds,
                    "at": at.astype("datetime64[us]"),
                    "source": pl.repeat(source, len(at), eager=True),
                    "rating": numbers.get("rating", nothing),
                    "progress": numbers.get("progress", nothing),
                }
            )
        )


def events(
    staff: Workforce,
    courses: Curriculum,
    taken: Taken,
    done: Duties,
    known: Knowledge,
    rng: Generator,
) -> pl.DataFrame:
    """Return the events table of the data contract, sorted by time."""
    log = _Log()
    _add_electives(log, staff, courses, taken, rng)
    _add_duties(log, staff, done, rng)
    _add_feedback(log, staff, courses, taken, rng)
    _add_prior(log, staff, courses, taken, known, rng)
    return _named(log, staff, courses)


def _add_electives(
    log: _Log, staff: Workforce, courses: Curriculum, taken: Taken, rng: Generator
) -> None:
    finished = taken.outcome < FINISHED
    ongoing = taken.outcome >= OUTCOMES.index("started")
    progress = np.where(finished, 1.0, np.round(rng.uniform(0.05, 0.9, len(finished)), 2))
    log.add(taken.employee, taken.course, taken.outcome, taken.at, progress=progress)
    enrolled = ~ongoing & (rng.random(len(finished)) < _ENROLLED_SHARE)
    started = ~ongoing & (rng.random(len(finished)) < _STARTED_SHARE)
    at_most = (taken.at.astype("datetime64[D]") - staff.first_day[taken.employee]).astype(np.int64)
    started_before = np.minimum(rng.integers(0, 14, len(finished)), at_most)
    enrolled_before = np.minimum(started_before + rng.integers(0, 21, len(finished)), at_most)
    for kind, who, days, minutes in (
        ("enrolled", enrolled, enrolled_before, 60),
        ("started", started, started_before, 30),
    ):
        at = taken.at[who] - days[who] * DAY - np.timedelta64(minutes, "m")
        log.add(taken.employee[who], taken.course[who], kind, at)
    rated = finished & (rng.random(len(finished)) < _RATED_SHARE)
    liked = courses.group[taken.course[rated]] == staff.group[taken.employee[rated]]
    rating = np.clip(np.round(rng.normal(3.4 + 0.9 * liked, 0.8)), 1.0, 5.0)
    at = taken.at[rated] + np.timedelta64(20, "m")
    log.add(taken.employee[rated], taken.course[rated], "rated", at, rating=rating)


def _add_duties(log: _Log, staff: Workforce, done: Duties, rng: Generator) -> None:
    progress = np.ones(len(done.at))
    log.add(done.employee, done.course, "completed", done.at, progress=progress)
    assigned = rng.random(len(done.at)) < _ASSIGNED_SHARE
    first = staff.first_day[done.employee[assigned]].astype("datetime64[s]")
    at = np.maximum(done.at[assigned] - 14 * DAY, first + np.timedelta64(5, "h"))
    log.add(done.employee[assigned], done.course[assigned], "enrolled", at, source="assignment")


def _add_feedback(
    log: _Log, staff: Workforce, courses: Curriculum, taken: Taken, rng: Generator
) -> None:
    """Let some say no to a suggestion of a course that they never took."""
    employee = np.flatnonzero(rng.random(len(staff)) < _FEEDBACK_PER_EMPLOYEE)
    course = rng.choice(np.flatnonzero(courses.group != NONE), len(employee))
    n = len(courses)
    fresh = ~np.isin(employee * n + course, taken.employee * n + taken.course)
    employee, course = employee[fresh], course[fresh]
    days = (staff.last_day[employee] - staff.first_day[employee]).astype(np.int64) + 1
    day = staff.first_day[employee] + (rng.random(len(employee)) * days).astype(np.int64) * DAY
    kind = KINDS.index(_FEEDBACK[0]) + rng.integers(0, len(_FEEDBACK), len(employee))
    log.add(employee, course, kind, working_hours(day, rng), source="suggestion")


def _add_prior(
    log: _Log,
    staff: Workforce,
    courses: Curriculum,
    taken: Taken,
    known: Knowledge,
    rng: Generator,
) -> None:
    """Let some new hires be excused from a course on what they already knew."""
    excused = known.prior & (rng.random(len(known.prior)) < 0.3)
    employee, skill = known.employee[excused], known.skill[excused]
    teaches = (courses.teaches > 0) & (courses.group != NONE)[:, None]
    course = np.where(teaches.any(axis=0), np.argmax(teaches, axis=0), NONE)[skill]
    n = len(courses)
    fresh = (course != NONE) & (courses.level[course] <= known.level[excused])
    fresh &= ~np.isin(employee * n + course, taken.employee * n + taken.course)
    employee, course = employee[fresh], course[fresh]
    at = working_hours(staff.first_day[employee], rng)
    log.add(employee, course, "waived", at, source="hr")


def _named(log: _Log, staff: Workforce, courses: Curriculum) -> pl.DataFrame:
    rows = pl.concat(log.parts).sort("at", "employee", "course", "kind")
    kind = pl.Series(KINDS).gather(rows["kind"])
    number = pl.int_range(1, len(rows) + 1, eager=True).cast(pl.String).str.zfill(8)
    return pl.DataFrame(
        {
            "event_id": "V" + number,
            "employee_id": staff.table["employee_id"].gather(rows["employee"]),
            "course_id": courses.table["course_id"].gather(rows["course"]),
            "kind": kind,
            "occurred_at": rows["at"].dt.replace_time_zone("UTC"),
            "progress": rows["progress"],
            "rating": rows["rating"],
            "reason": kind.replace_strict(_REASONS, default=None, return_dtype=pl.String),
            "source": rows["source"],
        }
    )
