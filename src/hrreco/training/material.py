"""What a training is made from."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

import polars as pl

from hrreco.data import LearningData
from hrreco.errors import DataError
from hrreco.models import FitLimits, Origin, Recommender, TrainingData
from hrreco.privacy import OptOuts, as_opt_outs, for_training
from hrreco.profiles import (
    CourseProfiles,
    Evidence,
    Learners,
    Vocabulary,
    build_vocabulary,
    encode_all,
    evidence_until,
)
from hrreco.settings import AsOf, Moment, Settings
from hrreco.training.recipe import Recipe, unfitted
from hrreco.training.trained import TrainedModel

if TYPE_CHECKING:
    from hrreco.training.report import TrainingReport


@dataclass(frozen=True)
class Material:
    """The data that may be learned from, and how.

    Attributes
    ----------
    moment
        What a training looks back from: as of when it was asked for, else the end of the day of
        the last event. So the clock never changes what is learned.
    """

    admitted: LearningData
    evidence: Evidence
    vocabulary: Vocabulary
    limits: FitLimits
    moment: Moment
    ingest_seq: int | None
    fingerprints: dict[str, str]

    @classmethod
    def of(
        cls,
        data: LearningData,
        limits: FitLimits,
        opt_outs: OptOuts | Iterable[str] | None,
        as_of: AsOf,
        ingest_seq: int | None,
    ) -> Material:
        """Let `data` through the one door to training.

        Raises
        ------
        DataError
            When there is not one employee.
        """
        admitted = for_training(data, as_opt_outs(opt_outs, data))
        as_of = _last_day(admitted) if as_of is None else as_of
        moment = Moment.of(as_of, data.settings.timezone)
        evidence = evidence_until(admitted, moment)
        vocabulary = build_vocabulary(admitted, moment, evidence)
        if not len(data.employees):
            raise DataError(
                "there is not one employee yet; read exports first: hrreco ingest EXPORTS"
            )
        # Fingerprints are of the tables as they came: those of the admitted rows would tell who
        # opted out.
        marks = fingerprints_of(data)
        return cls(admitted, evidence, vocabulary, limits, moment, ingest_seq, marks)

    def everything_for(self, model: Recommender) -> TrainingData:
        """Return all that may be learned from, as far as a model reads it."""
        return self._with_needs if model.reads_needs else self._without_needs

    @cached_property
    def _with_needs(self) -> TrainingData:
        return self._encoded(needs=True)

    @cached_property
    def _without_needs(self) -> TrainingData:
        return self._encoded(needs=False)

    def _encoded(self, *, needs: bool) -> TrainingData:
        learners = encode_all(
            self.admitted, self.vocabulary, self.moment, self.evidence, needs=needs
        )
        return training_data(self.admitted, self.vocabulary, learners, self.limits)

    @property
    def origin(self) -> Origin:
        """What a model is fitted on, for whoever looks at it later."""
        return Origin(
            fingerprints=self.fingerprints,
            ingest_seq=self.ingest_seq,
            until=self.moment.at,
            courses_per_learner=self.limits.courses_per_learner,
        )

    def fit(self, recipe: Recipe, report: TrainingReport | None = None) -> TrainedModel:
        """Fit a recipe on everything that may be learned from."""
        model = unfitted(recipe)
        return TrainedModel(model.fit(self.everything_for(model)), self.origin, report)


def training_data(
    data: LearningData, vocabulary: Vocabulary, learners: Learners, limits: FitLimits
) -> TrainingData:
    """Return what a recommender is fitted on."""
    courses = CourseProfiles.of(data.catalogue, vocabulary)
    limits = replace(limits, min_people=data.settings.min_people)
    return TrainingData(learners, courses, vocabulary, limits)


def fingerprints_of(data: LearningData) -> dict[str, str]:
    """Return the SHA-256 (hex) of each table, and of the settings that a fit depends on."""
    return {**data.fingerprints(), "settings": settings_fingerprint(data.settings)}


def settings_fingerprint(settings: Settings) -> str:
    """Return the SHA-256 (hex) of the settings that decide what is learned from which rows."""
    meanings = settings.model_dump_json(include={"events", "min_people"})
    kept = json.dumps(settings.kept, sort_keys=True)
    return hashlib.sha256(f"{meanings}\n{kept}".encode()).hexdigest()


def _last_day(data: LearningData) -> AsOf:
    last = pl.col("occurred_at").max().dt.convert_time_zone(data.settings.timezone).dt.date()
    day: date | None = data.events.select(last).item()
    return day
