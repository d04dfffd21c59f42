"""Small companies by their numbers of people in departments and roles, for reports."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np
import polars as pl
from hypothesis import strategies as st

from hrreco.data import LearningData
from hrreco.data.schemas import SCHEMAS, dtypes
from hrreco.settings import Settings

AS_OF = date(2026, 3, 31)

COURSES: list[dict[str, Any]] = [
    {"course_id": "E1", "hours": 1.0},
    {"course_id": "E2", "hours": 2.5},
    {"course_id": "E3", "hours": 60.0},
    {"course_id": "M1", "hours": 1.0, "mandatory_for": ["*"], "due_within_days": 30},
    {"course_id": "M2", "mandatory_for": ["role:R1"], "valid_for_days": 100},
    {"course_id": "S1", "hours": 500.0, "sensitive": True},
]

sizes = st.sampled_from([0, 0, 1, 1, 2, 3, 4, 5, 6, 9, 12, 19])


def frame(table: str, rows: Sequence[dict[str, Any]]) -> pl.DataFrame:
    """Return a table of the contract; what is not given has its default."""
    columns = SCHEMAS[table].columns()
    defaults = {name: (one.metadata or {}).get("default") for name, one in columns.items()}
    return pl.DataFrame([defaults | dict(row) for row in rows], schema=dtypes(table))


def data_of(
    employees: Sequence[dict[str, Any]],
    events: Sequence[dict[str, Any]],
    courses: Sequence[dict[str, Any]] = COURSES,
) -> LearningData:
    """Return a company; people are called clerks, and courses have their ids for titles."""
    titled = [{"title": course["course_id"]} | course for course in courses]
    return LearningData(
        employees=frame("employees", [{"role": "Clerk"} | one for one in employees]).sort(
            "employee_id"
        ),
        courses=frame("courses", titled).sort("course_id"),
        events=frame("events", [{"kind": "completed"} | event for event in events]).sort(
            "employee_id", "occurred_at", "course_id"
        ),
        employee_skills=frame("employee_skills", []),
        role_skills=frame("role_skills", []),
        sessions=frame("sessions", []),
        settings=Settings(),
    )


def ago(days: float) -> datetime:
    """Return a moment so many days before noon of the last day."""
    return datetime.combine(AS_OF, datetime.min.time(), UTC) + timedelta(hours=10 - 24 * days)


@dataclass(frozen=True)
class Company:
    """So many people by department (rows) and role (columns), and what chance made of them."""

    counts: np.ndarray[Any, Any]
    seed: int

    @property
    def data(self) -> LearningData:
        return company(self.counts, self.seed)


@st.composite
def companies(draw: st.DrawFn) -> Company:
    """People in up to 3 departments x 4 roles, who did courses at random."""
    departments, roles = draw(st.integers(1, 3)), draw(st.integers(1, 4))
    counts = draw(
        st.lists(sizes, min_size=departments * roles, max_size=departments * roles).filter(any)
    )
    return Company(np.array(counts).reshape(departments, roles), draw(st.integers(0, 999)))


def company(counts: np.ndarray[Any, Any], seed: int) -> LearningData:
    """Return a company of so many people by department (rows) and role (columns)."""
    random = np.random.default_rng(seed)
    places = np.repeat(np.arange(counts.size), counts.reshape(-1))
    employees, events = [], []
    for number, place in enumerate(random.permutation(places).tolist()):
        department, role = divmod(place, counts.shape[1])
        employee_id = f"P{number:03}"
        employees.append(
            {
                "employee_id": employee_id,
                "department": f"D{department}" if department else None,
                "role": f"R{role}",
                "manager_id": f"P{random.integers(3):03}",
                "location": random.choice(["Oulu", "Turku"]),
                "started_on": AS_OF - timedelta(days=int(random.integers(10, 400))),
            }
        )
        taken = random.choice([one["course_id"] for one in COURSES], int(random.integers(0, 6)))
        events += [
            {
                "employee_id": employee_id,
                "course_id": str(course_id),
                "occurred_at": ago(int(random.integers(0, 500))),
            }
            for course_id in sorted(set(taken))
        ]
    return data_of(employees, events)
