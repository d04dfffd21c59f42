"""A large company, drawn from a fixed seed, as tables for hrreco and as pairs for the others.

Courses have topics and a popularity like Zipf's; roles prefer topics, and employees a few of those
of their role; within a history, easy courses tend to come first. So there is something to learn.
One course for each role is mandatory, and neither hrreco nor the others learn from it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray

TOPICS = 40
ROLES = 25
AS_OF = "2026-03-31"
_FIRST = int(datetime(2022, 4, 1, tzinfo=UTC).timestamp() * 1e6)
_LAST = int(datetime(2026, 3, 30, tzinfo=UTC).timestamp() * 1e6)
_WORDS = ("planning", "safety", "care", "data", "dialogue", "law", "quality", "tools")


@dataclass(frozen=True)
class Size:
    """How large a company is; `events` are of distinct pairs of employee and course."""

    employees: int
    courses: int
    events: int

    @property
    def name(self) -> str:
        """Return the size as metrics name it."""
        return f"{self.employees}x{self.courses}"

    @classmethod
    def parse(cls, text: str) -> Size:
        """Return the size that ``100000x5000x3000000`` means."""
        employees, courses, events = (int(part) for part in text.split("x"))
        return cls(employees, courses, events)


def write_company(size: Size, folder: Path) -> None:
    """Write the tables of hrreco as Parquet, and pairs.npz for the others."""
    rng = np.random.default_rng(size.employees + size.courses)
    learned = size.courses - min(ROLES, size.courses // 4)
    topic = rng.integers(TOPICS, size=learned)
    level = rng.random(learned)
    role = rng.integers(ROLES, size=size.employees)
    liked = np.array([rng.choice(TOPICS, 6, replace=False) for _ in range(ROLES)])
    pairs = _in_order(_pairs(size, topic, liked[role], rng), level, rng)
    np.savez(folder / "pairs.npz", employee=pairs[0], course=pairs[1], time=pairs[2])
    _events(pairs, role, size, learned, rng).write_parquet(folder / "events.parquet")
    _courses(topic, level, size, rng).write_parquet(folder / "courses.parquet")
    people = {"employee_id": employee_ids(size.employees), "role": [f"Role {r:02}" for r in role]}
    departments = [f"Department {r // 5}" for r in role]
    pl.DataFrame({**people, "department": departments, "started_on": "2022-04-01"}).write_parquet(
        folder / "employees.parquet"
    )
    needs = [(f"Role {r:02}", f"skill {t}") for r in range(ROLES) for t in liked[r]]
    pl.DataFrame(needs, schema=["role", "skill"], orient="row").write_parquet(
        folder / "role_skills.parquet"
    )


def employee_ids(n: int) -> list[str]:
    """Return the ids of the first `n` employees."""
    return [f"E{i:07}" for i in range(n)]


def course_ids(n: int) -> list[str]:
    """Return the ids of the first `n` courses."""
    return [f"C{i:06}" for i in range(n)]


_Pairs = tuple[NDArray[np.int64], NDArray[np.int64]]
_Timed = tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]


def _pairs(
    size: Size, topic: NDArray[np.int64], liked: NDArray[np.int64], rng: np.random.Generator
) -> _Pairs:
    """Draw as many distinct pairs of employee and course as the size asks for, of everyone."""
    n_courses = len(topic)
    popularity = (5.0 + rng.permutation(n_courses)) ** -0.9
    by_topic = np.argsort(topic, kind="stable")
    share = popularity[by_topic] / np.bincount(topic, popularity, TOPICS)[topic[by_topic]]
    before = np.concatenate([[0.0], np.cumsum(share)[:-1]])
    first = np.searchsorted(topic[by_topic], topic[by_topic])
    cumulated = topic[by_topic] + (before - before[first]) + share
    overall = np.cumsum(popularity) / popularity.sum()
    mean = size.events / size.employees
    own = np.sort(rng.random((size.employees, 6)))[:, ::-1] ** 3
    cut = np.cumsum(own, axis=1) / own.sum(axis=1, keepdims=True)
    order = rng.permuted(liked, axis=1)
    seen = np.empty(0, dtype=np.int64)
    while len(seen) < size.events:
        length = np.clip(rng.lognormal(np.log(mean), 0.8, size.employees), 1, 400)
        employee = np.repeat(np.arange(size.employees), length.astype(int))
        which = (rng.random(len(employee))[:, None] > cut[employee]).sum(axis=1).clip(max=5)
        inside = order[employee, which] + rng.random(len(employee)) * (1 - 1e-9)
        in_topic = by_topic[np.searchsorted(cumulated, inside).clip(max=n_courses - 1)]
        anywhere = np.searchsorted(overall, rng.random(len(employee))).clip(max=n_courses - 1)
        course = np.where(rng.random(len(employee)) < 0.25, anywhere, in_topic)
        seen = np.unique(np.concatenate([seen, employee * n_courses + course]))
    _, first_of_each = np.unique(seen // n_courses, return_index=True)
    others = rng.permutation(np.setdiff1d(np.arange(len(seen)), first_of_each))
    kept = seen[np.concatenate([first_of_each, others])[: size.events]]
    return kept // n_courses, kept % n_courses


def _in_order(pairs: _Pairs, level: NDArray[np.float64], rng: np.random.Generator) -> _Timed:
    """Give each pair a moment: within a history, easy courses tend to come first."""
    employee, course = pairs
    time = rng.integers(_FIRST, _LAST, len(employee))
    time = time[np.lexsort((time, employee))]
    place = level[course] + 0.3 * rng.standard_normal(len(course))
    order = np.lexsort((place, employee))
    return employee[order], course[order], time


def _events(
    pairs: _Timed, role: NDArray[np.int64], size: Size, learned: int, rng: np.random.Generator
) -> pl.DataFrame:
    """Return what the pairs are, and four of five employees who took their mandatory course."""
    mandatory = size.courses - learned
    took = np.flatnonzero((role < mandatory) & (rng.random(len(role)) < 0.8))
    year = 365 * 86_400_000_000
    employee = np.concatenate([pairs[0], took])
    course = np.concatenate([pairs[1], learned + role[took]])
    time = np.concatenate([pairs[2], rng.integers(_LAST - year, _LAST, len(took))])
    people, courses = pl.Series(employee_ids(size.employees)), pl.Series(course_ids(size.courses))
    return pl.DataFrame(
        {
            "employee_id": people.gather(employee),
            "course_id": courses.gather(course),
            "kind": pl.repeat("completed", len(employee), eager=True),
            "occurred_at": pl.from_epoch(pl.Series(time), "us").dt.replace_time_zone("UTC"),
        }
    )


def _courses(
    topic: NDArray[np.int64], level: NDArray[np.float64], size: Size, rng: np.random.Generator
) -> pl.DataFrame:
    ids = course_ids(size.courses)
    rows = []
    for position, course_id in enumerate(ids):
        row = {"course_id": course_id, "valid_for_days": 1095 if rng.random() < 0.05 else None}
        if position >= len(topic):
            row |= {"title": f"Mandatory {position}", "skills": [], "prerequisites": []}
            row |= {"mandatory_for": f"role:Role {position - len(topic):02}", "active": True}
            rows.append(row | {"due_within_days": 3650})
            continue
        easier = np.flatnonzero((topic == topic[position]) & (level < level[position]))
        before = rng.random() < 0.1 and len(easier)
        row |= {"prerequisites": [ids[rng.choice(easier)]] if before else []}
        words = " ".join(rng.choice(_WORDS, 2, replace=False))
        row |= {"title": f"Topic {topic[position]} {words} {position}", "mandatory_for": None}
        row |= {"skills": [f"skill {topic[position]}"], "due_within_days": None}
        rows.append(row | {"active": bool(rng.random() > 0.02)})
    return pl.DataFrame(rows, infer_schema_length=None)
