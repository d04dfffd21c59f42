"""How events become a history: evidence of interest, and what blocks a course.

The same rules stand twice, for one employee (plain Python, for an answer in microseconds) and
for all (polars, for a fit in seconds); a property test holds the two equal.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

import polars as pl

from hrreco.data.records import EventRow
from hrreco.profiles.profile import HistoryEntry
from hrreco.settings import EventMeaning

MOST_EVIDENCE = 2.0
_RATING_WEIGHT = 0.5


def history_of(
    events: Sequence[EventRow],
    meanings: Mapping[str, EventMeaning],
    until: datetime,
    without_interest: frozenset[str] = frozenset(),
) -> dict[str, HistoryEntry]:
    """Return what one employee has done with each course, in the order of the latest event.

    Parameters
    ----------
    events
        In the order in which they occurred.
    until
        Later events are not looked at.
    without_interest
        Courses that are no evidence of interest: mandatory and sensitive ones.
    """
    by_course: dict[str, list[EventRow]] = {}
    for event in events:
        if event.occurred_at > until:
            break
        if event.course_id in by_course:
            rows = by_course.pop(event.course_id)
            rows.append(event)
            by_course[event.course_id] = rows
        else:
            by_course[event.course_id] = [event]
    liking = _liking(
        {c: rows for c, rows in by_course.items() if c not in without_interest}, meanings
    )
    return {
        course_id: _entry(
            course_id, rows, meanings, None if course_id in without_interest else liking
        )
        for course_id, rows in by_course.items()
    }


def _liking(
    by_course: Mapping[str, Sequence[EventRow]], meanings: Mapping[str, EventMeaning]
) -> dict[str, float]:
    """Return each rated course's latest rating against the person's mean, -1 to 1."""
    latest = {
        course_id: event.rating
        for course_id, rows in by_course.items()
        for event in rows
        if event.rating is not None and meanings[event.kind].by_rating
    }
    if not latest:
        return {}
    mean = sum(latest.values()) / len(latest)
    widest = max(abs(rating - mean) for rating in latest.values())
    return {c: (rating - mean) / widest for c, rating in latest.items()} if widest else {}


def _entry(
    course_id: str,
    rows: Sequence[EventRow],
    meanings: Mapping[str, EventMeaning],
    liking: Mapping[str, float] | None,
) -> HistoryEntry:
    evidence = 0.0
    completed = False
    latest: dict[str, datetime] = {}
    for event in rows:
        meaning = meanings[event.kind]
        completed |= meaning.relevant
        evidence = max(evidence, meaning.evidence)
        latest[meaning.status] = event.occurred_at
    if liking is None:
        evidence = 0.0
    else:
        evidence += _RATING_WEIGHT * liking.get(course_id, 0.0)
    return HistoryEntry(
        course_id=course_id,
        evidence=min(max(evidence, 0.0), MOST_EVIDENCE),
        completed=completed,
        taken_at=latest.get("taken"),
        in_progress_at=latest.get("in_progress"),
        dismissed_at=latest.get("dismissed"),
        wrong_level_at=latest.get("wrong_level"),
    )


def meaning_frame(meanings: Mapping[str, EventMeaning]) -> pl.DataFrame:
    """Return the register of meanings as a frame to join events with."""
    return pl.DataFrame(
        [
            (kind, m.evidence, m.status, m.relevant, m.declares_skills, m.by_rating)
            for kind, m in meanings.items()
        ],
        schema={
            "kind": pl.String,
            "evidence": pl.Float64,
            "status": pl.String,
            "relevant": pl.Boolean,
            "declares_skills": pl.Boolean,
            "by_rating": pl.Boolean,
        },
        orient="row",
    )


def evidence_of_all(events: pl.DataFrame, meanings: Mapping[str, EventMeaning]) -> pl.DataFrame:
    """Return the evidence of every employee in every course they have events with.

    Parameters
    ----------
    events
        Columns `employee_id`, `course_id`, `kind`, `occurred_at`, `rating`; those of courses
        that are no evidence of interest left out beforehand.

    Returns
    -------
    polars.DataFrame
        `employee_id`, `course_id`, `evidence` (above 0, at most 2), one row a pair.
    """
    rated = pl.col("rating").filter(pl.col("by_rating") & pl.col("rating").is_not_null())
    pairs = (
        events.lazy()
        .join(meaning_frame(meanings).lazy(), on="kind")
        .sort("occurred_at", maintain_order=True)
        .group_by("employee_id", "course_id")
        .agg(pl.col("evidence").max(), rated.last().alias("rating"))
    )
    against_mean = pl.col("rating") - pl.col("rating").mean().over("employee_id")
    widest = against_mean.abs().max().over("employee_id")
    liking = pl.when(widest > 0).then(against_mean / widest).otherwise(0.0).fill_null(0.0)
    evidence = (pl.col("evidence") + _RATING_WEIGHT * liking).clip(0.0, MOST_EVIDENCE)
    return (
        pairs.with_columns(evidence.alias("evidence"))
        .filter(pl.col("evidence") > 0)
        .select("employee_id", "course_id", "evidence")
        .collect()
    )
