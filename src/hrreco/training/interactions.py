"""A company's events as evaluation looks at them: targets, and courses that are blocked."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import polars as pl

from hrreco.data import NO_DAYS, LearningData
from hrreco.evaluation import FOR_EVER, NOT_AT_ALL, Interactions
from hrreco.profiles import Vocabulary, rows_of_interest
from hrreco.profiles.history import meaning_frame
from hrreco.settings import Moment, Settings

_DAY = 24 * 60 * 60 * 1_000_000
"""In microseconds."""

_MOST_DAYS = 1_000_000
"""More are as good as for ever, and would not fit into a time in microseconds."""


def events_of(data: LearningData, vocabulary: Vocabulary, as_of: Moment) -> pl.DataFrame:
    """Return the events until `as_of` with courses that models know, and what each means.

    Beside their own columns: `event` (the row in ``data.events``), `learner` and `course`
    (positions), the columns of `meaning_frame`, and `valid_for` (days, or null). Completions of
    mandatory courses are not `relevant`, but they block the course.
    """
    events = data.events.with_row_index("event").filter(pl.col("occurred_at") <= as_of.at)
    interesting = rows_of_interest(data)
    courses = _positions("course", vocabulary.courses).with_columns(
        pl.Series("valid_for", list(_valid_for(data, vocabulary)), pl.Int64)
    )
    return (
        events.join(meaning_frame(data.settings.events), on="kind")
        .join(
            _positions("learner", data.employees["employee_id"].to_list()),
            left_on="employee_id",
            right_on="id",
        )
        .join(courses, left_on="course_id", right_on="id")
        .with_columns(pl.col("relevant") & pl.col("event").is_in(interesting.implode()))
        .sort("event")
    )


def interactions_of(
    data: LearningData, vocabulary: Vocabulary, events: pl.DataFrame
) -> Interactions:
    """Return what `events_of` gave, in the form that splits take."""
    time = pl.col("occurred_at").dt.epoch("us")
    columns = events.select(
        "learner",
        "course",
        pl.col("evidence").cast(pl.Float32),
        "relevant",
        time.alias("time"),
        _blocked_until(time, data.settings).alias("blocked_until"),
    )
    return Interactions(
        shape=(len(data.employees), len(vocabulary.courses)),
        learner=columns["learner"].to_numpy(),
        course=columns["course"].to_numpy(),
        evidence=columns["evidence"].to_numpy(),
        relevant=columns["relevant"].to_numpy(),
        blocks_until=columns["blocked_until"].to_numpy(),
        time=columns["time"].to_numpy(),
    )


def _blocked_until(time: pl.Expr, settings: Settings) -> pl.Expr:
    """Return until when each event keeps its course from being suggested, as serving does."""
    limits = settings.eligibility
    days = pl.col("status").replace_strict(
        {"in_progress": limits.in_progress_days, "dismissed": limits.dismissed_days},
        default=None,
        return_dtype=pl.Int64,
    )
    # The last day on which a course is valid still counts.
    days = pl.when(pl.col("status") == "taken").then(pl.col("valid_for") + 1).otherwise(days)
    ever = pl.when(pl.col("status") == "none").then(NOT_AT_ALL).otherwise(FOR_EVER)
    return pl.coalesce(time + days.clip(upper_bound=_MOST_DAYS) * _DAY, ever)


def _valid_for(data: LearningData, vocabulary: Vocabulary) -> Iterator[int | None]:
    catalogue = data.catalogue
    for course_id in vocabulary.courses:
        days = int(catalogue.valid_for_days[catalogue.position[course_id]])
        yield None if days == NO_DAYS else days


def _positions(what: str, ids: list[str] | tuple[str, ...]) -> pl.DataFrame:
    return pl.DataFrame(
        {"id": list(ids), what: np.arange(len(ids))}, schema_overrides={"id": pl.String}
    )
