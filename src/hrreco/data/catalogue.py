"""The catalogue of courses in the form that rules and models ask it: arrays by course."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from hrreco.data.records import SkillRow
from hrreco.data.retention import proven_for
from hrreco.errors import UnknownIdError, close_match

NO_DAYS = -1
"""Stands for "no such limit" in the arrays of days."""


@dataclass(frozen=True)
class Catalogue:
    """All courses, in the order of their ids.

    Attributes
    ----------
    course_ids, titles, descriptions, languages
        One text each, in catalogue order; a missing language is None.
    active, sensitive
        bool [courses].
    due_within_days, valid_for_days
        int32 [courses], days; `NO_DAYS` where there is no limit.
    hours
        float64 [courses]: how long each takes; NaN where that is not known.
    formats, urls
        How each is held, and where it is found; what is missing is None.
    prerequisites, equivalents
        Positions of other courses, one tuple per course; unknown ids were quarantined before.
        Equivalence counts both ways.
    mandatory_rules
        ``*``, ``role:Nurse`` or ``department:Care``, one tuple per course.
    skills, tags
        What each course teaches, and its tags.
    table
        The courses table that it was built from.
    """

    course_ids: tuple[str, ...]
    titles: tuple[str, ...]
    descriptions: tuple[str, ...]
    languages: tuple[str | None, ...]
    active: NDArray[np.bool_]
    sensitive: NDArray[np.bool_]
    due_within_days: NDArray[np.int32]
    valid_for_days: NDArray[np.int32]
    hours: NDArray[np.float64]
    formats: tuple[str | None, ...]
    urls: tuple[str | None, ...]
    prerequisites: tuple[tuple[int, ...], ...]
    equivalents: tuple[tuple[int, ...], ...]
    mandatory_rules: tuple[tuple[str, ...], ...]
    skills: tuple[tuple[SkillRow, ...], ...]
    tags: tuple[tuple[str, ...], ...]
    table: pl.DataFrame = field(repr=False, compare=False)
    _mandatory: dict[tuple[str, str | None], NDArray[np.bool_]] = field(
        default_factory=dict, repr=False, compare=False
    )
    _without_interest: dict[tuple[str, str | None], frozenset[str]] = field(
        default_factory=dict, repr=False, compare=False
    )

    @classmethod
    def of(cls, courses: pl.DataFrame) -> Catalogue:
        """Build the catalogue from the courses table (columns as in the data contract)."""
        courses = courses.sort("course_id")
        ids = courses["course_id"].to_list()
        position = {course_id: i for i, course_id in enumerate(ids)}
        return cls(
            course_ids=tuple(ids),
            titles=tuple(courses["title"].to_list()),
            descriptions=tuple(courses["description"].fill_null("").to_list()),
            languages=tuple(courses["language"].to_list()),
            active=courses["active"].to_numpy().astype(bool),
            sensitive=courses["sensitive"].to_numpy().astype(bool),
            due_within_days=_days(courses["due_within_days"]),
            valid_for_days=_days(courses["valid_for_days"]),
            hours=courses["hours"].cast(pl.Float64).fill_null(float("nan")).to_numpy(),
            formats=tuple(courses["format"].to_list()),
            urls=tuple(courses["url"].to_list()),
            prerequisites=_positions(courses["prerequisites"], position),
            equivalents=_symmetric(_positions(courses["equivalent_to"], position)),
            mandatory_rules=tuple(
                tuple(rules or ()) for rules in courses["mandatory_for"].to_list()
            ),
            skills=tuple(_skills(taught) for taught in courses["skills"].to_list()),
            tags=tuple(tuple(tags or ()) for tags in courses["tags"].to_list()),
            table=courses,
        )

    def __len__(self) -> int:
        return len(self.course_ids)

    @cached_property
    def position(self) -> dict[str, int]:
        """Return the position of each course id."""
        return {course_id: i for i, course_id in enumerate(self.course_ids)}

    def index(self, course_id: str) -> int:
        """Return the position of `course_id`.

        Raises
        ------
        UnknownIdError
            When the catalogue has no such course; names the close match.
        """
        try:
            return self.position[course_id]
        except KeyError:
            hint = close_match(course_id, self.course_ids)
            raise UnknownIdError(f"unknown course {course_id!r}{hint}") from None

    def positions_of(self, course_ids: Iterable[str]) -> NDArray[np.intp]:
        """Return the positions of those of some courses that there are."""
        known = (self.position.get(course_id, -1) for course_id in course_ids)
        return np.array([position for position in known if position >= 0], dtype=np.intp)

    @cached_property
    def taught_by(self) -> dict[str, tuple[SkillRow, ...]]:
        """Return what courses teach, by their ids; sensitive ones are absent."""
        courses = zip(self.course_ids, self.skills, self.sensitive, strict=True)
        return {course: taught for course, taught, sensitive in courses if not sensitive}

    @cached_property
    def proven_for(self) -> dict[str, int]:
        """Return for how many days it must be proven that a course was taken, where it must."""
        ids, days = self.course_ids, self.valid_for_days.tolist()
        rows = zip(ids, days, self.mandatory_rules, self.equivalents, strict=True)
        return proven_for(
            (one, None if n == NO_DAYS else n, bool(rules), [ids[other] for other in equal])
            for one, n, rules, equal in rows
        )

    def mandatory_for(self, role: str, department: str | None) -> NDArray[np.bool_]:
        """Return which courses are mandatory for a role and department: bool [courses]."""
        key = (role, department)
        if key not in self._mandatory:
            wanted = {"*", f"role:{role}"} | (
                {f"department:{department}"} if department else set()
            )
            self._mandatory[key] = np.array(
                [not wanted.isdisjoint(rules) for rules in self.mandatory_rules], dtype=bool
            )
        return self._mandatory[key]

    def without_interest(self, role: str, department: str | None) -> frozenset[str]:
        """Return the ids of courses that are no evidence of interest: mandatory and sensitive."""
        key = (role, department)
        if key not in self._without_interest:
            places = np.flatnonzero(self.mandatory_for(*key) | self.sensitive)
            self._without_interest[key] = frozenset(self.course_ids[at] for at in places.tolist())
        return self._without_interest[key]


def _days(column: pl.Series) -> NDArray[np.int32]:
    return column.fill_null(NO_DAYS).cast(pl.Int32).to_numpy()


def _positions(column: pl.Series, position: dict[str, int]) -> tuple[tuple[int, ...], ...]:
    return tuple(
        tuple(sorted({position[i] for i in ids or () if i in position}))
        for ids in column.to_list()
    )


def _symmetric(links: tuple[tuple[int, ...], ...]) -> tuple[tuple[int, ...], ...]:
    both: list[set[int]] = [set(row) for row in links]
    for here, row in enumerate(links):
        for there in row:
            both[there].add(here)
    return tuple(tuple(sorted(row - {here})) for here, row in enumerate(both))


def _skills(taught: list[dict[str, Any]] | None) -> tuple[SkillRow, ...]:
    return tuple(SkillRow(row["skill"], row["level"], source="course") for row in taught or ())
