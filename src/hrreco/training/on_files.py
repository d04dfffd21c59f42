"""Judging models on a split given as files: as they are, tuned, and blended."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cached_property, partial
from pathlib import Path

import numpy as np

from hrreco.errors import MissingExtraError, ModelError, SettingsError
from hrreco.evaluation import (
    RULES,
    EvaluationReport,
    FileSplit,
    Split,
    checked_ks,
    fit_each,
    inner,
    judge,
    measure,
    read_split,
)
from hrreco.models import configured, offered
from hrreco.profiles import Learners
from hrreco.settings import Progress, silent
from hrreco.training.config import TrainConfig
from hrreco.training.recipe import BLEND, Recipe, asked_names, fit, fit_alone, told_settings
from hrreco.training.tuning import tuned
from hrreco.training.weights import learn_weights

_READ_TEXTS = ("content", "cease")
_MOST_JUDGED = 3_000
"""Learners that judge a recipe while it is searched for."""
_TRIALS = 30
_SECONDS = 400.0
"""For searching the settings of all models together; what one leaves, the next ones have."""


def evaluate_files(
    train: Path,
    test: Path,
    courses: Path | None,
    models: Sequence[str],
    ks: Sequence[int],
    *,
    tune: bool = False,
    seed: int = 0,
    progress: Progress = silent,
) -> EvaluationReport:
    """Fit models on one file and judge them on another.

    Candidates are the courses of both files, less those that `train` holds for the employee; or,
    where `test` has `negatives`, the row's own course and those, with nothing left out and ties
    broken evenly. Every distinct row of `test` is a target, also one that `train` holds, which no
    model can suggest where there are no negatives. Models are judged as they would serve, with the
    rules for whoever has no history. The rules are always among the models judged; a model that
    cannot be fitted is named in the report's `unfitted`.

    Parameters
    ----------
    train, test
        CSV or Parquet with the columns ``employee_id`` and ``course_id``. Each row is a course
        taken. `train` may have the order: ``position``, or ``occurred_at``; `test` may have
        ``negatives``, a list of course ids. Other columns are not read. `test` may hold employees
        and courses that `train` does not.
    courses
        CSV or Parquet with ``course_id``, ``title``, and where there are such ``description``,
        ``skills`` and ``tags``; others are not read. Only `content` and `cease` need it.
    models
        Names of recommenders. ``blend`` is the blend of all models that apply, with weights that
        are learned on a cut inside `train`.
    ks
        Lengths of list, 1 or more each.
    tune
        Whether the settings of each model are searched on that same cut; else they are default.
    seed
        Of the intervals, the cut and the search.

    Raises
    ------
    MissingFileError, MissingColumnError
        With the close match.
    DataError
        When a file cannot be read, has no rows, or a row that cannot be used; when the files share
        no course; when the catalogue holds none of the courses.
    SettingsError
        When a model reads texts and there are no `courses`, or `ks` makes no sense.
    UnknownIdError
        When there is no such model.
    """
    ks = checked_ks(ks)
    names = dict.fromkeys([*RULES.values(), *asked_names(models)])
    for name in names:
        configured(name, {})  # names an unknown one before any file is read
        if name in _READ_TEXTS and courses is None:
            raise SettingsError(
                f"{name} reads titles and descriptions; give the file of courses too (--courses)"
            )
    split = read_split(train, test, courses)
    study = _Study(inner(split, seed=seed), max(ks), seed, progress)
    single = [name for name in names if name != BLEND]
    wanted = _applicable(single, courses) if BLEND in names else single
    recipes = study.recipes(wanted, tune=tune)
    if BLEND in names:
        recipes[BLEND] = study.blend(recipes)
    recipes = {name: recipes[name] for name in names}
    fits = {name: partial(fit, recipe, split.training) for name, recipe in recipes.items()}
    fitted = fit_each(fits, progress)
    learners, question = split.question
    report = judge(fitted, learners, question, ks=ks, seed=seed, progress=progress)
    return replace(report, settings=told_settings(recipes, fitted.models))


@dataclass
class _Study:
    """What is found out on the cut inside the train file."""

    cut: FileSplit
    k: int
    seed: int
    progress: Progress

    def recipes(self, names: Sequence[str], *, tune: bool) -> dict[str, Recipe]:
        """Return a recipe for each model: the default one, or the best that is found.

        Of a model that cannot be fitted on the cut, it is the default one.
        """
        found = {name: Recipe.complete(name, {}, self.seed) for name in names}
        if not tune:
            return found
        until = time.monotonic() + _SECONDS
        for done, name in enumerate(names):
            self.progress(f"tune {name}", done, len(names))
            left = until - time.monotonic()
            with suppress(ModelError, MissingExtraError):
                found[name] = tuned(
                    name,
                    self._worth,
                    trials=_TRIALS,
                    seconds=left / (len(names) - done),
                    seed=self.seed,
                ).recipe
        self.progress("tune", len(names), len(names))
        return found

    def blend(self, recipes: Mapping[str, Recipe]) -> Recipe:
        """Return the blend of these recipes that foresees the cut best."""
        fits = {
            name: partial(fit_alone, recipe, self.cut.training) for name, recipe in recipes.items()
        }
        parts = fit_each(fits, self.progress).models
        self.progress("learn the weights", 0, 1)
        half = TrainConfig().history_half
        learners, question = self.cut.question
        weights = learn_weights(
            parts, learners, question, k=self.k, history_half=half, seed=self.seed
        )
        return Recipe.blended(parts, weights, half)

    def _worth(self, recipe: Recipe) -> float:
        """Return the NDCG of a recipe on a sample of the cut; 0 where the cut asks nothing."""
        learners, question = self._sample
        found = measure(fit_alone(recipe, self.cut.training), learners, question, (self.k,))
        return float(found.of(f"ndcg@{self.k}").mean()) if len(learners) else 0.0

    @cached_property
    def _sample(self) -> tuple[Learners, Split]:
        learners, question = self.cut.question
        asked = np.flatnonzero(np.diff(question.targets.indptr))
        if len(asked) > _MOST_JUDGED:
            random = np.random.default_rng(self.seed)
            asked = np.sort(random.choice(asked, _MOST_JUDGED, replace=False))
        return learners.take(asked), question.take(asked)


def _applicable(asked: Iterable[str], courses: Path | None) -> list[str]:
    """Return the models that a blend is made of, and those asked for."""
    single = (name for name in offered() if name != BLEND)
    return list(
        dict.fromkeys(
            [*asked, *(n for n in single if courses is not None or n not in _READ_TEXTS)]
        )
    )
