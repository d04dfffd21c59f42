"""The recipe of a training: cut, fit, choose, judge, decide, refit on everything."""

from __future__ import annotations

from collections.abc import Iterable

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
    config = config or TrainConfig()
    moment = Moment.of(as_of, data.settings.timezone)
    admitted, vocabulary = _admit(data, opt_outs)
    report = Contest(admitted, vocabulary, config, moment, progress).decide(champion)
    progress(f"fit {report.winner.name} on everything", 0, 1)
    return _fit_on_everything(
        report.winner, admitted, vocabulary, config, moment, ingest_seq, report
    )


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
    config = config or TrainConfig()
    moment = Moment.of(as_of, data.settings.timezone)
    admitted, vocabulary = _admit(data, opt_outs)
    return _fit_on_everything(recipe, admitted, vocabulary, config, moment, ingest_seq, None)


def _admit(
    data: LearningData, opt_outs: OptOuts | Iterable[str] | None
) -> tuple[LearningData, Vocabulary]:
    admitted = for_training(data, as_opt_outs(opt_outs))
    vocabulary = build_vocabulary(admitted)
    if not len(admitted.employees) or not vocabulary.courses:
        raise DataError("there is no employee to learn from or no course to suggest; ingest both")
    return admitted, vocabulary


def _fit_on_everything(
    recipe: Recipe,
    admitted: LearningData,
    vocabulary: Vocabulary,
    config: TrainConfig,
    moment: Moment,
    ingest_seq: int | None,
    report: TrainingReport | None,
) -> TrainedModel:
    learners = encode_all(admitted, vocabulary, moment)
    fitted = fit(recipe, training_data(admitted, vocabulary, learners, config))
    return TrainedModel(
        recommender=fitted,
        fingerprints=admitted.fingerprints(),
        ingest_seq=ingest_seq,
        report=report,
    )
