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
    without_interest: frozenset[str] = frozenset(),
) -> dict[str, HistoryEntry]:
    """Return what one employee has done with each course, in the order of the latest event.

    Parameters
    ----------
    events
        In the order in which they occurred.
    without_interest
        Courses that are no evidence of interest: mandatory and sensitive ones.
    """
    by_course: dict[str, list[EventRow]] = {}
    for event in events:
        rows = by_course.pop(event.course_id, [])
        rows.append(event)
        by_course[event.course_id] = rows
    liking = _liking(events, meanings, without_interest)
    return {
        course_id: _entry(
            course_id,
            rows,
            meanings,
            None if course_id in without_interest else liking.get(course_id, 0.0),
        )
        for course_id, rows in by_course.items()
    }


def _liking(
    events: Sequence[EventRow],
    meanings: Mapping[str, EventMeaning],
    without_interest: frozenset[str],
) -> dict[str, float]:
    """Return each rated course's latest rating against the person's mean, -1 to 1."""
    latest = {
        event.course_id: event.rating
        for event in events
        if event.rating is not None
        and meanings[event.kind].by_rating
        and event.course_id not in without_interest
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
    liking: float | None,
) -> HistoryEntry:
    """Return what the events of one course come to; a `liking` of None means no interest."""
    evidence = 0.0
    completed = False
    shown_at = None
    latest: dict[str, datetime] = {}
    for event in rows:
        meaning = meanings[event.kind]
        completed |= meaning.relevant
        evidence = max(evidence, meaning.evidence)
        shown_at = event.occurred_at if meaning.evidence else shown_at
        latest[meaning.status] = event.occurred_at
    if liking is None:
        evidence = 0.0
    elif liking:
        evidence = min(max(evidence + _RATING_WEIGHT * liking, 0.0), MOST_EVIDENCE)
    return HistoryEntry(
        course_id,
        evidence,
        (shown_at or rows[-1].occurred_at) if evidence else None,
        completed,
        latest.get("taken"),
        latest.get("in_progress"),
        latest.get("dismissed"),
        latest.get("wrong_level"),
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
        `employee_id`, `course_id`, `evidence` (above 0, at most 2), and `shown_at`, as in
        `HistoryEntry`; one row a pair.
    """
    shown = pl.col("occurred_at").filter(pl.col("evidence") > 0)
    rated = pl.col("rating").filter(pl.col("by_rating") & pl.col("rating").is_not_null())
    pairs = (
        events.lazy()
        .join(meaning_frame(meanings).lazy(), on="kind")
        .sort("occurred_at", maintain_order=True)
        .group_by("employee_id", "course_id")
        .agg(
            pl.col("evidence").max(),
            rated.last().alias("rating"),
            pl.coalesce(shown.max(), pl.col("occurred_at").max()).alias("shown_at"),
        )
    )
    against_mean = pl.col("rating") - pl.col("rating").mean().over("employee_id")
    widest = against_mean.abs().max().over("employee_id")
    liking = pl.when(widest > 0).then(against_mean / widest).otherwise(0.0).fill_null(0.0)
    evidence = (pl.col("evidence") + _RATING_WEIGHT * liking).clip(0.0, MOST_EVIDENCE)
    return (
        pairs.with_columns(evidence.alias("evidence"))
        .filter(pl.col("evidence") > 0)
        .select("employee_id", "course_id", "evidence", "shown_at")
        .collect()
    )
