"""Searching the settings of models on a company's history, before the window of the gate."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path

import numpy as np

from hrreco.data import LearningData
from hrreco.errors import DataError, MissingExtraError, ModelError
from hrreco.evaluation import measure
from hrreco.models import configured
from hrreco.privacy import OptOuts, told
from hrreco.settings import AsOf, Progress, silent
from hrreco.training.config import TrainConfig
from hrreco.training.gate import FEWEST_JUDGED
from hrreco.training.recipe import Recipe
from hrreco.training.run import contest_of
from hrreco.training.tuning import Found, Kept, tuned
from hrreco.training.windows import Cut

_MOST_TRIALS = 1_000


def search(
    data: LearningData,
    config: TrainConfig,
    opt_outs: OptOuts | Iterable[str] | None = None,
    *,
    seconds: float,
    kept_in: Path,
    as_of: AsOf = None,
    progress: Progress = silent,
) -> Iterator[tuple[str, Found | str]]:
    """Yield the name of each model of a config, and what was found, or why it cannot be fitted.

    How good a recipe is is told in steps of one in so many employees, as all such figures are.

    Models are fitted on the first window and judged, by NDCG, on the second; the window of the
    gate takes no part. Only employees with a history count: others are answered by the rules.

    Parameters
    ----------
    seconds
        For all models together, in equal shares.
    kept_in
        The SQLite file of all searches; on the same data and windows they go on where they ended.

    Raises
    ------
    DataError
        When there are too few completions to cut, or too few employees to judge by.
    """
    contest = contest_of(data, config, opt_outs, as_of=as_of, progress=progress)
    asked = _asked(contest.second_window())
    if len(asked.learners) < FEWEST_JUDGED:
        raise DataError(f"fewer than {FEWEST_JUDGED} employees, too few to search settings by")
    people = told(len(asked.learners), data.settings.min_people) or 1
    same = json.dumps([data.fingerprints(), contest.windows and contest.windows.to_json()])
    mark = hashlib.sha256(same.encode()).hexdigest()[:16]
    for done, name in enumerate(config.models):
        progress(f"tune {name}", done, len(config.models))
        kept = Kept(kept_in, f"{name}-{mark}")
        share = seconds / len(config.models)
        try:
            found = tuned(
                name,
                partial(_worth, asked, config.k),
                trials=_MOST_TRIALS,
                seconds=share,
                seed=config.seed,
                kept=kept,
            )
        except (ModelError, MissingExtraError) as error:
            yield name, str(error)
        else:
            yield name, found.told(people)


def _asked(known: Cut) -> Cut:
    """Return the cut of those who have a history and something to foresee."""
    warm = np.diff(known.learners.history.indptr) > 0
    rows = np.flatnonzero(warm & (np.diff(known.split.targets.indptr) > 0))
    return Cut(known.training, known.learners.take(rows), known.split.take(rows))


def _worth(asked: Cut, k: int, recipe: Recipe) -> float:
    """Return the NDCG of a recipe, fitted on what came before the window."""
    model = configured(recipe.name, recipe.settings).fit(asked.training)
    return float(measure(model, asked.learners, asked.split, (k,)).of(f"ndcg@{k}").mean())
