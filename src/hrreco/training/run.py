"""The recipe of a training: cut, fit, choose, judge, decide, refit on everything."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from hrreco.data import LearningData
from hrreco.errors import DataError
from hrreco.privacy import OptOuts, as_opt_outs, for_training
from hrreco.profiles import Vocabulary, build_vocabulary, encode_all
from hrreco.settings import AsOf, Moment, Progress, silent
from hrreco.training.config import TrainConfig
from hrreco.training.contest import Contest
from hrreco.training.recipe import Recipe, fit
from hrreco.training.report import TrainingReport
from hrreco.training.trained import TrainedModel
from hrreco.training.windows import training_data


def train(
    data: LearningData,
    config: TrainConfig | None = None,
    opt_outs: OptOuts | Iterable[str] | None = None,
    *,
    as_of: AsOf = None,
    champion: Recipe | None = None,
    ingest_seq: int | None = None,
    progress: Progress = silent,
) -> TrainedModel:
    """Train on `data`: let models compete with the rules, and fit the winner on everything.

    Three windows of time are kept apart: models are fitted on the first, one is chosen on the
    second, and the gate judges it against the rules, and the champion's recipe, on the third.
    Where it does not beat the rules there, the rules serve.

    Parameters
    ----------
    opt_outs
        Whoever opted out of training is absent from every fit and count.
    champion
        The recipe that serves now; it competes on the same cut.
    ingest_seq
        The last ingest that `data` holds.

    Raises
    ------
    DataError
        When there is nobody to learn from, or no course to suggest.
    """
    material = _Material.of(data, config or TrainConfig(), opt_outs, as_of, ingest_seq)
    contest = Contest(
        material.admitted, material.vocabulary, material.config, material.moment, progress
    )
    report = contest.decide(champion)
    progress(f"fit {report.winner.name} on everything", 0, 1)
    return material.fit(report.winner, report)


def refit(
    recipe: Recipe,
    data: LearningData,
    config: TrainConfig | None = None,
    opt_outs: OptOuts | Iterable[str] | None = None,
    *,
    as_of: AsOf = None,
    ingest_seq: int | None = None,
) -> TrainedModel:
    """Fit a recipe on all of `data`, without a contest.

    Raises
    ------
    DataError
        As for `train`.
    """
    material = _Material.of(data, config or TrainConfig(), opt_outs, as_of, ingest_seq)
    return material.fit(recipe, None)


@dataclass(frozen=True)
class _Material:
    """What a training is made from: the data that may be learned from, and how."""

    admitted: LearningData
    vocabulary: Vocabulary
    config: TrainConfig
    moment: Moment
    ingest_seq: int | None
    fingerprints: dict[str, str]

    @classmethod
    def of(
        cls,
        data: LearningData,
        config: TrainConfig,
        opt_outs: OptOuts | Iterable[str] | None,
        as_of: AsOf,
        ingest_seq: int | None,
    ) -> _Material:
        admitted = for_training(data, as_opt_outs(opt_outs))
        moment = Moment.of(as_of, data.settings.timezone)
        vocabulary = build_vocabulary(admitted, moment)
        if not len(admitted.employees) or not vocabulary.courses:
            raise DataError("there is no employee to learn from or no course to suggest")
        return cls(
            admitted,
            vocabulary,
            config,
            moment,
            ingest_seq,
            # Of the tables as they came: a mark of the admitted rows would tell who opted out.
            fingerprints=data.fingerprints(),
        )

    def fit(self, recipe: Recipe, report: TrainingReport | None) -> TrainedModel:
        """Fit a recipe on everything that may be learned from."""
        learners = encode_all(self.admitted, self.vocabulary, self.moment)
        data = training_data(self.admitted, self.vocabulary, learners, self.config)
        return TrainedModel(
            recommender=fit(recipe, data),
            fingerprints=self.fingerprints,
            ingest_seq=self.ingest_seq,
            report=report,
        )
