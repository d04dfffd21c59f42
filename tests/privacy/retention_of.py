"""Companies with rows of every age, and settings that keep them for different times."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import polars as pl
from hypothesis import strategies as st

from hrreco.data import LearningData
from hrreco.settings import Moment, Settings

NOW = Moment.of("2026-03-31", "Europe/Helsinki")

_PEOPLE = ("E1", "E2", "E3", "E4")
_COURSES = ("C1", "C2", "C3", "C4")
_AGES = (0, 1, 99, 100, 101, 102, 299, 300, 301, 302, 5_000)
_KEPT = st.sampled_from([100, 300, 2_000])


def day(ago: int) -> str:
    """Return the day so many days ago."""
    return (NOW.today - timedelta(days=ago)).isoformat()


@st.composite
def tables(draw: st.DrawFn) -> dict[str, pl.DataFrame]:
    """Return the frames of a small company."""
    ago = st.sampled_from(_AGES)
    left = {one: draw(st.none() | ago) for one in _PEOPLE}
    people = [
        {
            "employee_id": one,
            "role": "Nurse",
            "manager_id": draw(st.sampled_from(_PEOPLE)),
            "left_on": None if left[one] is None else day(left[one]),
            "grade": "A",
            "preferred_formats": "online",
        }
        for one in _PEOPLE
    ]
    courses = [
        {
            "course_id": one,
            "title": one,
            "valid_for_days": draw(st.sampled_from([None, None, 301, 400])),
            "mandatory_for": draw(st.sampled_from([None, None, "*"])),
            "equivalent_to": draw(st.sampled_from([None, *_COURSES])),
        }
        for one in _COURSES
    ]
    row = st.tuples(
        st.sampled_from(_PEOPLE),
        st.sampled_from(_COURSES),
        st.sampled_from(["completed", "dropped"]),
        ago,
    )
    events = [
        {
            "event_id": draw(st.sampled_from([f"ev{n}", None])),
            "employee_id": who,
            "course_id": course,
            "kind": kind,
            "occurred_at": f"{day(days)}T12:00:00",
            "rating": 4.0,
            "reason": f"because {n}",
        }
        for n, (who, course, kind, days) in enumerate(draw(st.lists(row, max_size=8)))
    ]
    skills = [{"employee_id": one, "skill": "sql", "level": 2} for one in _PEOPLE]
    return {
        "employees": _frame(people),
        "courses": _frame(courses),
        "events": _frame(events) if events else _frame([_NO_EVENT]).clear(),
        "employee_skills": _frame(skills),
    }


_NO_EVENT = {"employee_id": "", "course_id": "", "kind": "", "occurred_at": ""}


def _frame(rows: list[dict[str, Any]]) -> pl.DataFrame:
    return pl.DataFrame(rows, infer_schema_length=None).with_columns(
        pl.col(pl.Null).cast(pl.String)
    )


registers = st.fixed_dictionaries(
    {
        "employees": st.fixed_dictionaries({"role": _KEPT, "preferred_formats": _KEPT}),
        "events": st.fixed_dictionaries({"kind": _KEPT, "rating": _KEPT, "reason": _KEPT}),
        "employee_skills": st.fixed_dictionaries({"skill": _KEPT, "level": _KEPT}),
    }
)


def settings_of(register: dict[str, dict[str, int]]) -> Settings:
    """Return settings that keep some columns for so many days."""
    return Settings(
        necessity={
            table: {column: {"keep_days": days} for column, days in columns.items()}
            for table, columns in register.items()
        }
    )


def read(frames: dict[str, pl.DataFrame], settings: Settings) -> LearningData:
    """Read a company with these settings, now."""
    return LearningData.from_frames(**frames, settings=settings, as_of=NOW.at)


def all_of(frames: dict[str, pl.DataFrame], settings: Settings) -> LearningData:
    """Read a company whole, with what is past its time by these settings."""
    everything = {t: dict.fromkeys(columns, 36_500) for t, columns in settings.necessity.items()}
    return replace(read(frames, settings_of(everything)), settings=settings)
