"""Three windows of time: fit, choose, gate. What one judges on, no other has seen."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import numpy as np
import polars as pl

from hrreco.data import LearningData
from hrreco.evaluation import Interactions, Split, cuts, temporal
from hrreco.models import TrainingData
from hrreco.profiles import CourseProfiles, Learners, Vocabulary, encode_all, of_interest
from hrreco.profiles.history import meaning_frame
from hrreco.settings import Moment
from hrreco.training.config import TrainConfig


@dataclass(frozen=True, slots=True)
class Windows:
    """Where the history is cut, in microseconds since 1970 (UTC).

    Models are fitted on what came before `choose_from` and chosen by what came from then until
    `gate_from`; the chosen one is fitted on what came before `gate_from` and judged by the rest.
    """

    choose_from: int
    gate_from: int

    def to_json(self) -> dict[str, str]:
        """Return the cuts as ISO 8601 moments."""
        return {
            "choose_from": moment_of(self.choose_from).isoformat(),
            "gate_from": moment_of(self.gate_from).isoformat(),
        }


def cut_windows(interactions: Interactions, config: TrainConfig) -> Windows | None:
    """Return the windows, or None when there are too few completions for three."""
    if interactions.relevant.sum() < 3:
        return None
    gate = 1 - config.gate_share
    choose_from, gate_from = cuts(interactions, (gate - config.choose_share, gate))
    return Windows(choose_from, gate_from) if choose_from < gate_from else None


def interactions_of(data: LearningData, vocabulary: Vocabulary, as_of: Moment) -> Interactions:
    """Return all events until `as_of`, as evaluation looks at them.

    Completions of mandatory and sensitive courses are no targets, but they block the course.
    """
    events = data.events.filter(pl.col("occurred_at") <= as_of.at).with_row_index("event")
    interesting = of_interest(events, data)["event"]
    rows = (
        events.join(meaning_frame(data.settings.events), on="kind")
        .join(_positions("employee_id", data.employees["employee_id"].to_list()), on="employee_id")
        .join(_positions("course_id", list(vocabulary.courses)), on="course_id")
        .with_columns(pl.col("relevant") & pl.col("event").is_in(interesting.implode()))
        .sort("event")
    )
    return Interactions(
        shape=(len(data.employees), len(vocabulary.courses)),
        learner=rows["employee_id_at"].to_numpy(),
        course=rows["course_id_at"].to_numpy(),
        evidence=rows["evidence"].cast(pl.Float32).to_numpy(),
        relevant=rows["relevant"].to_numpy(),
        blocks=(rows["status"] != "none").to_numpy(),
        time=rows["occurred_at"].dt.epoch("us").to_numpy(),
    )


@dataclass(frozen=True)
class Cut:
    """One moment of the history: what may be fitted before it, and what came after."""

    training: TrainingData
    learners: Learners
    split: Split


def cut_at(
    data: LearningData,
    vocabulary: Vocabulary,
    interactions: Interactions,
    cut: int,
    until: int | None,
    config: TrainConfig,
) -> Cut:
    """Return what was known before the moment `cut`, and what employees took until `until`."""
    learners = encode_all(data, vocabulary, just_before(cut))
    return Cut(
        training=training_data(data, vocabulary, learners, config),
        learners=learners,
        split=temporal(interactions, cut, until),
    )


def training_data(
    data: LearningData, vocabulary: Vocabulary, learners: Learners, config: TrainConfig
) -> TrainingData:
    """Return what a recommender is fitted on."""
    courses = CourseProfiles.of(data.catalogue, vocabulary)
    limits = replace(config.limits, min_people=data.settings.min_people)
    return TrainingData(learners, courses, vocabulary, limits)


def just_before(cut: int) -> Moment:
    """Return the last moment before a cut."""
    at = moment_of(cut - 1)
    return Moment(at=at, today=at.date())


def _positions(key: str, ids: list[str]) -> pl.DataFrame:
    return pl.DataFrame(
        {key: ids, f"{key}_at": np.arange(len(ids))}, schema_overrides={key: pl.String}
    )


def moment_of(microseconds: int) -> datetime:
    """Return the moment so many microseconds after 1970 began (UTC)."""
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=microseconds)
