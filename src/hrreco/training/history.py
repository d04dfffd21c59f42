"""Judging models on the latest part of a company's own history."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from hrreco.data import LearningData
from hrreco.errors import DataError
from hrreco.evaluation import EvaluationReport, judge
from hrreco.privacy import OptOuts, as_opt_outs, for_training
from hrreco.profiles import build_vocabulary
from hrreco.settings import AsOf, Moment, Progress, silent
from hrreco.training.config import TrainConfig
from hrreco.training.recipe import RULES, Recipe, fit
from hrreco.training.windows import cut_at, cut_windows, interactions_of


def evaluate_history(
    data: LearningData,
    models: Sequence[str],
    ks: Sequence[int],
    opt_outs: OptOuts | Iterable[str] | None = None,
    *,
    as_of: AsOf = None,
    progress: Progress = silent,
) -> EvaluationReport:
    """Fit models on what came before the gate's window, and judge them by what came after.

    The rules are always among the models judged. Each model is judged as it would serve: with
    the rules for whoever it has nothing to say of.

    Raises
    ------
    DataError
        When there are too few completions to cut.
    UnknownIdError
        When there is no such model.
    """
    config = TrainConfig()
    moment = Moment.of(as_of, data.settings.timezone)
    admitted = for_training(data, as_opt_outs(opt_outs))
    vocabulary = build_vocabulary(admitted, moment)
    interactions = interactions_of(admitted, vocabulary, moment)
    windows = cut_windows(interactions, config)
    if windows is None:
        raise DataError("there are too few completions to judge models by")
    cut = cut_at(admitted, vocabulary, interactions, windows.gate_from, None, config)
    names = list(dict.fromkeys([RULES, *models]))
    fitted = {}
    for done, name in enumerate(names):
        progress(f"fit {name}", done, len(names))
        fitted[name] = fit(Recipe(name=name), cut.training)
    return judge(fitted, cut.learners, cut.split, ks=ks, seed=config.seed, progress=progress)
