"""Three windows of time: fit, choose, gate. What one judges on, no other has seen."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import polars as pl

from hrreco.data import LearningData
from hrreco.evaluation import Interactions, Split, cuts, temporal
from hrreco.models import TrainingData
from hrreco.profiles import (
    Learners,
    build_vocabulary,
    encode_all,
    evidence_until,
)
from hrreco.settings import Moment
from hrreco.training.config import TrainConfig
from hrreco.training.material import training_data


@dataclass(frozen=True, slots=True)
class Windows:
    """The two days on which the history is cut, as they begin in the company's time zone.

    Models are fitted on what came before `choose_on` and blended by what came from then until
    `gate_on`; the blend is fitted on what came before `gate_on` and judged by the rest. They are
    days, as the very second would be that of one employee's event, and tell whether it is still
    there.
    """

    choose_on: date
    gate_on: date
    timezone: str

    @property
    def choose_from(self) -> int:
        """When the second window begins, in microseconds since 1970 (UTC)."""
        return _beginning(self.choose_on, self.timezone)

    @property
    def gate_from(self) -> int:
        """When the third window begins, in microseconds since 1970 (UTC)."""
        return _beginning(self.gate_on, self.timezone)

    def to_json(self) -> dict[str, str]:
        """Return the days on which the second and the third window begin."""
        return {"choose_from": self.choose_on.isoformat(), "gate_from": self.gate_on.isoformat()}


def cut_windows(interactions: Interactions, config: TrainConfig, timezone: str) -> Windows | None:
    """Return the windows, or None when there are too few completions, or days, for three."""
    if interactions.time is None or interactions.relevant.sum() < 3:
        return None
    gate = 1 - config.gate_share
    choose_on, gate_on = (
        moment_of(cut).astimezone(ZoneInfo(timezone)).date()
        for cut in cuts(interactions, (gate - config.choose_share, gate))
    )
    windows = Windows(choose_on, gate_on, timezone)
    first = int(interactions.time[interactions.relevant].min())
    return windows if first < windows.choose_from < windows.gate_from else None


def _beginning(day: date, timezone: str) -> int:
    midnight = datetime.combine(day, time(), ZoneInfo(timezone))
    return (midnight - moment_of(0)) // timedelta(microseconds=1)


@dataclass(frozen=True)
class Cut:
    """One moment of the history: what may be fitted before it, and what came after."""

    training: TrainingData
    learners: Learners
    split: Split


def cut_at(
    data: LearningData,
    interactions: Interactions,
    cut: int,
    until: int | None,
    config: TrainConfig,
) -> Cut:
    """Return what was known before the moment `cut`, and what employees took until `until`."""
    return known_at(data, just_before(cut), temporal(interactions, cut, until), config)


def known_at(data: LearningData, moment: Moment, split: Split, config: TrainConfig) -> Cut:
    """Return what was known at a moment, to be judged by a split.

    Skills that are recorded as inferred are left out: they bear no date, and some were inferred
    from the very courses that are to be foreseen.
    """
    dated = data.employee_skills.filter(pl.col("source").ne_missing("inferred"))
    known = replace(data, employee_skills=dated)
    evidence = evidence_until(data, moment)  # skills change no event, and its are numbered
    vocabulary = build_vocabulary(known, moment, evidence)
    learners = encode_all(known, vocabulary, moment, evidence)
    return Cut(training_data(known, vocabulary, learners, config.limits), learners, split)


def just_before(cut: int) -> Moment:
    """Return the last moment before a cut."""
    at = moment_of(cut - 1)
    return Moment(at=at, today=at.date())


def moment_of(microseconds: int) -> datetime:
    """Return the moment so many microseconds after 1970 began (UTC)."""
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=microseconds)
