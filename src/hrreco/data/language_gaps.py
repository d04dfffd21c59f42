"""Whether there is a course to suggest in everybody's language."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from hrreco.data.faults import listed
from hrreco.data.known import Known
from hrreco.data.report import Finding
from hrreco.data.sheet import Sheet
from hrreco.settings import Moment, Settings

_EVERYBODY = "*"
"""A course that is mandatory for everybody is an elective for nobody."""


def check_gaps(
    sheets: Mapping[str, Sheet], settings: Settings, now: Moment, known: Known
) -> list[Finding]:
    """Find the employees in whose language no course can be suggested.

    They get mandatory training only, and no answer of theirs would tell the company why. A course
    of unknown language suits everybody. A store may hold courses that suit them besides those
    that were read, so nothing is said then.
    """
    if "employees" not in sheets or "courses" not in sheets:
        return []
    courses, people = sheets["courses"].rows, sheets["employees"].rows
    if not set(known.courses["course_id"]) <= set(courses["course_id"]):
        return []
    for_all = pl.col("mandatory_for").list.contains(_EVERYBODY).fill_null(False)
    offered = _primary(courses.filter("active", ~pl.col("sensitive"), ~for_all))
    if offered.is_empty() or offered.null_count():
        return []
    spoken = _primary(people.filter(pl.col("left_on").is_null() | (pl.col("left_on") > now.today)))
    lacking = spoken.filter(~spoken.is_in(offered.implode()))
    if lacking.is_empty():
        return []
    told, by_language = _by_language(lacking, settings.min_people)
    example = (
        "no active course is in the language of these employees, who get mandatory training only: "
        f"{by_language}; where a course or an employee has no language, nothing is hidden"
    )
    return [Finding("no_course_in_language", "employees", told, example, removes_rows=False)]


def _primary(rows: pl.DataFrame) -> pl.Series:
    """Return ``sv`` for each row in ``sv-FI``, as people understand all regions."""
    return rows["language"].str.split("-").list.first()


def _by_language(lacking: pl.Series, min_people: int) -> tuple[int | None, str]:
    """Count people, in all and by language, as far as that may be told.

    Languages of few people are not named, as that would point at somebody. Where all of those
    together are few, they are in no count either: it would tell how many they are.
    """
    counts = lacking.value_counts(name="people")
    few = counts.filter(pl.col("people") < min_people)
    named = lacking.filter(~lacking.is_in(few[lacking.name].implode()))
    unnamed = len(lacking) - len(named)
    parts = [] if named.is_empty() else [listed(named)]
    if unnamed:
        told = f"{unnamed:,}" if unnamed >= min_people else f"fewer than {min_people}"
        parts.append(f"some languages {told}")
    count = len(lacking) if unnamed >= min_people else len(named)
    return count or None, ", ".join(parts)
