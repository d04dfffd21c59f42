"""Small companies made by hand: a few courses, one employee, and a model that scores at random."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import polars as pl

from hrreco import Advisor
from hrreco.data import LearningData
from hrreco.data.schemas import SCHEMAS, dtypes
from hrreco.models import Origin
from hrreco.profiles.vocabulary import EVERYONE, Feature, Vocabulary
from hrreco.settings import Settings
from hrreco.training import TrainedModel
from tests.recommend.linear import Linear

AS_OF = date(2026, 3, 31)
"""A Tuesday, and the last day of its month."""

ZONE = ZoneInfo("Europe/Helsinki")
ME = "E1"


def on(day: int, hour: float = 9) -> datetime:
    """Return a moment so many days after `AS_OF`, by the company's clock."""
    midnight = datetime.combine(AS_OF + timedelta(day), datetime.min.time(), ZONE)
    return (midnight + timedelta(hours=hour)).astimezone(UTC)


def company(
    courses: Mapping[str, Mapping[str, Any]],
    *,
    taken: Mapping[str, int] | None = None,
    events: Iterable[Mapping[str, Any]] = (),
    sessions: Iterable[tuple[str, datetime, datetime | None, int | None]] = (),
    needs: Iterable[tuple[str, int | None]] = (),
    skills: Iterable[tuple[str, int | None]] = (),
    settings: Settings | None = None,
    **about: Any,
) -> LearningData:
    """Return a company in which `ME` is a nurse.

    Parameters
    ----------
    courses
        What is special about each, by id; an hour each, and teaching nothing, unless it says so.
    taken
        How many days ago `ME` completed which courses.
    sessions
        Course, start, end and free seats.
    needs
        Skills, and levels, that nurses need; all are essential.
    skills
        Those that `ME` has declared.
    about
        What is special about `ME`.
    """
    taken_events = [
        {"course_id": course_id, "kind": "completed", "occurred_at": on(-days)}
        for course_id, days in (taken or {}).items()
    ]
    own = sorted([*taken_events, *events], key=lambda row: (row["occurred_at"], row["course_id"]))
    return LearningData(
        employees=_frame("employees", [{"employee_id": ME, "role": "Nurse"} | about]),
        courses=_frame(
            "courses",
            [
                {"course_id": course_id, "title": f"Title {course_id}", "hours": 1.0} | dict(given)
                for course_id, given in courses.items()
            ],
        ).sort("course_id"),
        events=_frame("events", [{"employee_id": ME} | dict(row) for row in own]),
        employee_skills=_frame(
            "employee_skills",
            [
                {"employee_id": ME, "skill": skill, "level": level, "source": "declared"}
                for skill, level in skills
            ],
        ),
        role_skills=_frame(
            "role_skills",
            [
                {"role": "Nurse", "skill": skill, "level": level, "importance": "essential"}
                for skill, level in needs
            ],
        ),
        sessions=_frame(
            "sessions",
            [
                {
                    "session_id": f"S{number}",
                    "course_id": course_id,
                    "starts_at": starts_at,
                    "ends_at": ends_at,
                    "seats": seats,
                }
                for number, (course_id, starts_at, ends_at, seats) in enumerate(sessions)
            ],
        ),
        settings=settings or Settings(),
    )


def teaching(*taught: tuple[str, int | None]) -> list[dict[str, Any]]:
    """Return the skills of a course."""
    return [{"skill": skill, "level": level} for skill, level in taught]


def advisor_of(data: LearningData, *opted_out: str, seed: int = 0) -> Advisor:
    """Return an advisor whose model scores the courses at random, the history included."""
    courses = tuple(data.courses.filter(~pl.col("sensitive"))["course_id"].to_list())
    vocabulary = Vocabulary(courses, (Feature(EVERYONE, ""), Feature("role", "Nurse")), ())
    random = np.random.default_rng(seed)
    weights = random.choice([-1.0, 0.0, 0.5, 1.0], (len(courses) + 2, len(courses)))
    model = Linear.of(vocabulary, weights, random.random(len(courses)))
    origin = Origin(fingerprints={}, ingest_seq=None, until=on(0), courses_per_learner=1)
    return Advisor(TrainedModel(model, origin), data, opted_out)


def _frame(table: str, rows: list[dict[str, Any]]) -> pl.DataFrame:
    schema = dtypes(table)
    defaults = {
        name: column.metadata["default"]
        for name, column in SCHEMAS[table].columns().items()
        if column.metadata and "default" in column.metadata
    }
    return pl.DataFrame(
        [{name: row.get(name, defaults.get(name)) for name in schema} for row in rows],
        schema=schema,
    )
