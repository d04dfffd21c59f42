"""Judging fitted models on the same learners, with the same resamples."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from functools import partial
from numbers import Integral

import numpy as np
from numpy.typing import NDArray

from hrreco.errors import SettingsError, UnknownIdError, close_match
from hrreco.evaluation.fairness import Fairness, audit_fairness
from hrreco.evaluation.fitting import Fitted
from hrreco.evaluation.groups import Groups
from hrreco.evaluation.measure import Measured, measure
from hrreco.evaluation.report import (
    ALL,
    EvaluationReport,
    ModelResult,
    SliceResult,
)
from hrreco.evaluation.significance import FEWEST_RESAMPLED, Interval, mean_intervals
from hrreco.evaluation.splits import Split
from hrreco.models import Recommender
from hrreco.privacy import told, told_rate
from hrreco.profiles.learners import Learners
from hrreco.settings import Progress, silent

RULES: Mapping[str, str] = {"rules": "popularity"}
"""The rival that every model is held against: popularity by role."""

Mask = NDArray[np.bool_]
Block = NDArray[np.float64]  # [learners x metrics]


def shown_name(model: str) -> str:
    """Return a model's name as people read it: which one the rules are is said beside it.

    Examples
    --------
    >>> shown_name("popularity"), shown_name("ease")
    ('popularity (the rules)', 'ease')
    """
    return f"{model} (the rules)" if model in RULES.values() else model


def judge(  # noqa: PLR0913 (all but three are told by name)
    fitted: Fitted,
    learners: Learners,
    split: Split,
    *,
    ks: Sequence[int],
    seed: int = 0,
    min_people: int | None = None,
    rivals: Mapping[str, str] = RULES,
    groups: Groups | None = None,
    progress: Progress = silent,
) -> EvaluationReport:
    """Measure fitted models on what turned out to be right.

    Parameters
    ----------
    fitted
        Models with one vocabulary; those that could not be fitted are only named.
    learners
        n learners, with what was known of them before the targets occurred.
    split
        The targets and exclusions of the same n learners; its history is not looked at. Learners
        without targets are left out, and counted.
    ks
        Lengths of list, 1 or more each.
    min_people
        The fewest learners a figure may stand for. A slice of fewer is not told, nor is one that
        leaves fewer of all, for that rest could be worked out. Counts are rounded as `told` says,
        and means and intervals to steps of one in so many learners. None: the caller holds the
        rows, and is told everything.
    rivals
        The models that all others are compared to: by label (``versus_LABEL`` in the report), a
        name among `models`.
    groups
        Those of the learners, for an audit of fairness; it needs `min_people`.

    Raises
    ------
    SettingsError
        When there is no model, no length of list, or one below 1.
    UnknownIdError
        When a rival is not among the models.
    """
    ks, models = checked_ks(ks), fitted.models
    _check_models(models, rivals)
    judged = np.diff(split.targets.indptr) > 0
    learners, split = learners.take(judged), split.take(judged)
    cold = np.diff(learners.history.indptr) == 0
    masks = {ALL: np.ones_like(cold), "cold_start": cold, "warm": ~cold}

    measured = _measured(models, learners, split, ks, progress)
    parts = {
        part: _slice_results(measured, mask, rivals, seed, min_people)
        for part, mask in masks.items()
    }
    fairness: dict[str, Fairness] = {}
    if groups is not None and min_people is not None:
        fairness = audit_fairness(
            measured,
            groups.take(judged),
            ks[-1],
            rivals=rivals,
            min_people=min_people,
            seed=seed,
        )
    learners_told = _count(masks[ALL], min_people)
    told_mean = _told_mean(learners_told, min_people)
    return EvaluationReport(
        ks=ks,
        learners=learners_told,
        without_targets=_count(~judged, min_people),
        models={
            name: ModelResult(
                {metric: told_mean(value) for metric, value in one.catalogue.items()}
                if learners_told is not None
                else {},
                {part: parts[part][name] for part in masks},
            )
            for name, one in measured.items()
        },
        unfitted=fitted.unfitted,
        fairness=fairness,
    )


def checked_ks(ks: Sequence[int]) -> tuple[int, ...]:
    """Return the lengths of list, ascending and distinct; raise `SettingsError` below 1."""
    if not ks or not all(isinstance(k, Integral) and k >= 1 for k in ks):
        raise SettingsError(f"ks are lengths of lists, whole numbers of 1 or more; got {ks!r}")
    return tuple(sorted({int(k) for k in ks}))


def _check_models(models: Mapping[str, Recommender], rivals: Mapping[str, str]) -> None:
    if not models:
        raise SettingsError("there is no model to judge; name at least one")
    for rival in rivals.values():
        if rival not in models:
            hint = close_match(rival, models)
            raise UnknownIdError(f"no model {rival!r} to compare with among {[*models]}{hint}")


def _measured(
    models: Mapping[str, Recommender],
    learners: Learners,
    split: Split,
    ks: tuple[int, ...],
    progress: Progress,
) -> dict[str, Measured]:
    measured = {}
    for done, (name, model) in enumerate(models.items()):
        progress("judge", done, len(models))
        measured[name] = measure(model, learners, split, ks)
    progress("judge", len(models), len(models))
    return measured


def _slice_results(
    measured: Mapping[str, Measured],
    mask: Mask,
    rivals: Mapping[str, str],
    seed: int,
    min_people: int | None,
) -> dict[str, SliceResult]:
    """Return each model's result in one slice, all from the same resamples of its learners."""
    learners = _count(mask, min_people)
    if learners is None or _count(~mask, min_people) is None:
        return dict.fromkeys(measured, SliceResult(None, {}, {}, {}))
    own = {name: one.values[mask] for name, one in measured.items()}
    against = {
        (name, label): own[name] - own[rival]
        for name in own
        for label, rival in rivals.items()
        if name != rival
    }
    metrics = next(iter(measured.values())).metrics
    told_mean = _told_mean(learners, min_people)
    assessable = mask.sum() >= FEWEST_RESAMPLED
    intervals = (
        _intervals([*own.items(), *against.items()], metrics, seed, told_mean)
        if assessable
        else {}
    )
    return {
        name: SliceResult(
            learners=learners,
            means=dict(zip(metrics, map(told_mean, values.mean(axis=0).tolist()), strict=True))
            if learners
            else {},
            intervals=intervals.get(name, {}),
            versus={
                label: intervals[name, label] for label in rivals if (name, label) in intervals
            },
        )
        for name, values in own.items()
    }


def _count(mask: Mask, min_people: int | None) -> int | None:
    """Return how many there are, as it may be told; None where they are too few."""
    count = int(mask.sum())
    return count if min_people is None else told(count, min_people)


def _told_mean(people: int | None, min_people: int | None) -> Callable[[float], float]:
    """Return what makes of a mean over so many people one that may be told."""
    return _exact if min_people is None else partial(told_rate, people=max(people or 1, 1))


def _exact(rate: float) -> float:
    return rate


def _intervals(
    blocks: Sequence[tuple[Hashable, Block]],
    metrics: tuple[str, ...],
    seed: int,
    told_mean: Callable[[float], float],
) -> dict[Hashable, dict[str, Interval]]:
    """Return the intervals of each named block's columns, by metric."""
    found = iter(mean_intervals(np.hstack([values for _, values in blocks]), seed=seed))
    return {
        key: {metric: Interval(*map(told_mean, next(found))) for metric in metrics}
        for key, _ in blocks
    }
