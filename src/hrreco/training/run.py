"""The recipe of a training: cut, fit, choose, judge, decide, refit on everything."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import partial

from hrreco.data import FairnessAttributes, LearningData
from hrreco.errors import ModelError, SettingsError
from hrreco.evaluation import EvaluationReport, Leakage, leakage
from hrreco.privacy import OptOuts
from hrreco.settings import AsOf, Progress, silent
from hrreco.training.config import TrainConfig
from hrreco.training.contest import FIRST, SECOND, Challenge, Contest
from hrreco.training.groups import groups_of
from hrreco.training.interactions import events_of, interactions_of
from hrreco.training.material import Material
from hrreco.training.recipe import Recipe, fit
from hrreco.training.report import TrainingReport
from hrreco.training.trained import TrainedModel


def train(
    data: LearningData,
    config: TrainConfig | None = None,
    opt_outs: OptOuts | Iterable[str] | None = None,
    *,
    attributes: FairnessAttributes | None = None,
    as_of: AsOf = None,
    progress: Progress = silent,
) -> TrainedModel:
    """Train on `data`: let models compete with the rules, and fit the winner on everything.

    Three windows of time are kept apart: models are fitted on the first, how much each counts in
    their blend is learned on the second, and the gate judges it against the rules on the third.
    Where it does not beat the rules there, the rules serve; the model's `report` says what was
    compared, and why.

    Parameters
    ----------
    opt_outs
        Whoever opted out of training is absent from every fit and count. Of plain ids, those that
        nobody has are counted in a warning: they may be written another way than in the data.
    attributes
        What the audit of fairness goes by; no fit sees it.

    Raises
    ------
    DataError
        When there is not one employee.
    SettingsError
        When `config` is no `TrainConfig`.
    """
    held = Training.hold(
        data, config, opt_outs, attributes=attributes, as_of=as_of, progress=progress
    )
    return held.winner


def challenge(
    recipe: Recipe,
    champion: Recipe | None,
    data: LearningData,
    opt_outs: OptOuts | Iterable[str] | None = None,
    *,
    attributes: FairnessAttributes | None = None,
    as_of: AsOf = None,
    progress: Progress = silent,
) -> Challenge:
    """Let the gate judge a recipe on `data`, as in a training, without choosing or serving one.

    Raises
    ------
    DataError
        When there are too few completions to judge by.
    ModelError
        When the recipe cannot be fitted.
    """
    contest = contest_of(data, TrainConfig(), opt_outs, as_of=as_of, progress=progress)
    contest.groups = groups_of(attributes, contest.data, contest.vocabulary)
    return contest.challenge(recipe, champion)


def compare(
    first: Recipe,
    second: Recipe,
    data: LearningData,
    opt_outs: OptOuts | Iterable[str] | None = None,
    *,
    as_of: AsOf = None,
    progress: Progress = silent,
) -> EvaluationReport:
    """Judge two recipes on the same employees, as the gate would: ``first`` and ``second``.

    Raises
    ------
    DataError
        When there are too few completions to judge by.
    """
    contest = contest_of(data, TrainConfig(), opt_outs, as_of=as_of, progress=progress)
    return contest.side_by_side({FIRST: first, SECOND: second})


def contest_of(
    data: LearningData,
    config: TrainConfig,
    opt_outs: OptOuts | Iterable[str] | None,
    *,
    as_of: AsOf,
    progress: Progress,
) -> Contest:
    """Return the contest that a training on `data` would hold.

    Raises
    ------
    DataError
        When there is not one employee.
    """
    material = Material.of(data, config.limits, opt_outs, as_of, ingest_seq=None)
    return _contest_on(material, config, progress)


def _contest_on(material: Material, config: TrainConfig, progress: Progress) -> Contest:
    data, vocabulary = material.admitted, material.vocabulary
    events = events_of(data, vocabulary, material.moment)
    interactions = interactions_of(data, vocabulary, events)
    return Contest(data, vocabulary, config, interactions, progress)


@dataclass(frozen=True)
class Training:
    """A training that was held: the winner, and how it came to win.

    Attributes
    ----------
    winner
        Fitted on everything; it serves.
    report
        What was compared, and why the winner won.
    """

    winner: TrainedModel
    report: TrainingReport
    _material: Material

    @classmethod
    def hold(
        cls,
        data: LearningData,
        config: TrainConfig | None,
        opt_outs: OptOuts | Iterable[str] | None,
        *,
        attributes: FairnessAttributes | None = None,
        as_of: AsOf,
        champion: Recipe | None = None,
        ingest_seq: int | None = None,
        progress: Progress,
    ) -> Training:
        """Hold the contest, and fit its winner on everything.

        Parameters
        ----------
        champion
            The recipe that serves now; it competes on the same cut.
        ingest_seq
            The last ingest that `data` holds.

        Raises
        ------
        DataError
            As for `train`.
        """
        config = TrainConfig() if config is None else config
        if not isinstance(config, TrainConfig):
            raise SettingsError(f"config is a TrainConfig, such as TrainConfig(); got {config!r}")
        material = Material.of(data, config.limits, opt_outs, as_of, ingest_seq)
        contest = _contest_on(material, config, progress)
        contest.groups = groups_of(attributes, contest.data, contest.vocabulary)
        report = contest.decide(champion)
        progress(f"fit {report.winner.name} on everything", 0, 1)
        try:
            winner = material.fit(report.winner, report)
        except ModelError as error:
            if report.rules_win:
                raise
            report = report.without_winner(error)
            winner = material.fit(report.winner, report)
        progress("audit what scores tell of people", 0, 1)
        report = replace(report, leakage=_leakage(winner, report.winner, material, config.seed))
        return cls(replace(winner, report=report), report, material)

    def challenger(self) -> TrainedModel | None:
        """Fit the best learned recipe that lost, on everything; None where none lost.

        Raises
        ------
        ModelError
            When it cannot be fitted.
        """
        recipe = self.report.challenger
        return None if recipe is None else self._material.fit(recipe)


def _leakage(model: TrainedModel, recipe: Recipe, material: Material, seed: int) -> Leakage:
    """Return what scores of a model tell of who was learned from."""
    data = material.everything_for(model.recommender)
    return leakage(model.recommender, partial(fit, recipe), data, seed=seed)
