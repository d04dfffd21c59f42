"""Judging models on a company's own history."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import Literal, get_args

import polars as pl

from hrreco.data import LearningData
from hrreco.errors import DataError, SettingsError, close_match
from hrreco.evaluation import (
    EvaluationReport,
    Interactions,
    LastOut,
    fit_each,
    judge,
    leave_last_out,
)
from hrreco.privacy import OptOuts, as_opt_outs, for_training
from hrreco.profiles import Vocabulary, build_vocabulary
from hrreco.settings import AsOf, Moment, Progress, silent
from hrreco.training.config import TrainConfig
from hrreco.training.contest import Contest
from hrreco.training.interactions import events_of, interactions_of
from hrreco.training.recipe import BLEND, RULES, Recipe, asked_names, fit, fit_alone, told_settings
from hrreco.training.windows import Cut, cut_at, cut_windows, known_at

SplitName = Literal["temporal", "leave-last-out"]
SPLITS: tuple[SplitName, ...] = get_args(SplitName)


def evaluate_history(
    data: LearningData,
    models: Sequence[str],
    ks: Sequence[int],
    opt_outs: OptOuts | Iterable[str] | None = None,
    *,
    split: SplitName = "temporal",
    alone: bool = False,
    as_of: AsOf = None,
    progress: Progress = silent,
) -> EvaluationReport:
    """Fit models on the earlier part of a history, and judge them by the later one.

    The rules are always among the models judged; a model that cannot be fitted is named in the
    report's `unfitted`. ``blend`` is the one that `train` would put to its gate: its weights are
    learned on the window before, of what models may see.

    Parameters
    ----------
    models
        Names of recommenders.
    ks
        Lengths of list, 1 or more each.
    opt_outs
        Whoever opted out of training is absent.
    split
        ``temporal`` cuts everybody's history where the gate of `train` cuts it.
        ``leave-last-out`` asks for the last course of each employee.
    alone
        Whether each model answers everybody by itself, so that the slice of those without a
        history says what it knows of them. Else it is judged as it would serve: with the rules
        for whoever has no history, and wherever it has nothing to say.

    Raises
    ------
    DataError
        When there are too few completions to cut.
    UnknownIdError
        When there is no such model.
    SettingsError
        When there is no such split.
    """
    temporal = checked_split(split) == "temporal"
    config = TrainConfig()
    moment = Moment.of(as_of, data.settings.timezone)
    admitted = for_training(data, as_opt_outs(opt_outs, data))
    history = _History(admitted, build_vocabulary(admitted, moment), moment, config)
    recipes = {
        name: Recipe.complete(name, {}, config.seed)
        for name in dict.fromkeys([RULES, *asked_names(models)])
    }
    cut, seen = (
        (history.cut(), history) if temporal else (history.last_out(), history.without_last)
    )
    if BLEND in recipes:
        recipes[BLEND] = seen.blend(progress)
    as_asked = fit_alone if alone else fit
    fits = {name: partial(as_asked, recipe, cut.training) for name, recipe in recipes.items()}
    fitted = fit_each(fits, progress)
    report = judge(
        fitted,
        cut.learners,
        cut.split,
        ks=ks,
        seed=config.seed,
        min_people=data.settings.min_people,
        progress=progress,
    )
    return replace(report, settings=told_settings(recipes, fitted.models))


def checked_split(name: str) -> SplitName:
    """Return the name of a split, or raise `SettingsError`, which names the close match."""
    for known in SPLITS:
        if name == known:
            return known
    hint = close_match(name, SPLITS)
    raise SettingsError(f"no split {name!r}; there are {', '.join(SPLITS)}{hint}")


@dataclass(frozen=True)
class _History:
    """What happened until a moment, to be split."""

    data: LearningData
    vocabulary: Vocabulary
    moment: Moment
    config: TrainConfig

    @cached_property
    def events(self) -> pl.DataFrame:
        """The events that count, and what each means."""
        return events_of(self.data, self.vocabulary, self.moment)

    @cached_property
    def interactions(self) -> Interactions:
        """The same events in the form that splits take."""
        return interactions_of(self.data, self.vocabulary, self.events)

    def cut(self) -> Cut:
        """Split everybody's history where the gate's window begins."""
        windows = cut_windows(self.interactions, self.config, self.data.settings.timezone)
        if windows is None:
            raise DataError("there are too few completions to judge models by")
        return cut_at(self.data, self.interactions, windows.gate_from, None, self.config)

    def last_out(self) -> Cut:
        """Hold out each employee's last course; hide it, and what followed, from the fit."""
        split = self._last_out.split
        if not split.targets.nnz:
            raise DataError("nobody has completed two courses, so there is none to hold out")
        return known_at(self.without_last.data, self.moment, split, self.config)

    @cached_property
    def without_last(self) -> _History:
        """The history that is left where each employee's last course is held out."""
        hidden = self.events["event"].filter(pl.Series(~self._last_out.seen))
        rows = self.data.events.with_row_index("event")
        kept = rows.filter(~pl.col("event").is_in(hidden.implode())).drop("event")
        return replace(self, data=replace(self.data, events=kept))

    @cached_property
    def _last_out(self) -> LastOut:
        return leave_last_out(self.interactions, seed=self.config.seed)

    def blend(self, progress: Progress) -> Recipe:
        """Return the blend that the contest of `train` would put to its gate."""
        contest = Contest(self.data, self.vocabulary, self.config, self.interactions, progress)
        return contest.blend()
