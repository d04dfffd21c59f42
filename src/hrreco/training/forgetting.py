"""Forgetting people: what is left is the model that would have been fitted without them."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass, replace

from hrreco.data import LearningData
from hrreco.errors import DataError, checked_id
from hrreco.models import FitLimits, Forgot
from hrreco.privacy import OptOuts, as_opt_outs, only, without
from hrreco.profiles import encode_all
from hrreco.training.material import Material, fingerprints_of
from hrreco.training.trained import TrainedModel


@dataclass(frozen=True)
class Forgotten:
    """What is left when people are forgotten.

    Attributes
    ----------
    model
        The model without them.
    data
        The data without them: what to forget the next ones from.
    parts
        How each model that it is made of forgot; none where nobody of them was learned from.
    """

    model: TrainedModel
    data: LearningData
    parts: tuple[Forgot, ...]


def forget(
    model: TrainedModel,
    employee_ids: Iterable[str],
    data: LearningData,
    opt_outs: OptOuts | Iterable[str] | None,
) -> Forgotten:
    """Take people out of a model that was fitted on `data`; see `TrainedModel.forget`."""
    known, given = model.origin.fingerprints, fingerprints_of(data)
    other = sorted(name for name in known | given if known.get(name) != given.get(name))
    if other:
        raise DataError(
            f"the model was fitted on other data: {', '.join(other)} differ; give the data it was "
            f"fitted on, or train again without these people"
        )
    return forget_rows(model, employee_ids, data, opt_outs, exactly=True)


def forget_rows(
    model: TrainedModel,
    employee_ids: Iterable[str],
    data: LearningData,
    opt_outs: OptOuts | Iterable[str] | None,
    *,
    exactly: bool,
) -> Forgotten:
    """Take people out of a model.

    Parameters
    ----------
    data
        As of the fit.
    opt_outs
        Who had opted out by the fit, and so was never learned from.
    exactly
        Whether the rows of these people are those of the fit. Where they are not, nothing can be
        taken out exactly, and every part is fitted again.

    Raises
    ------
    UnknownIdError, DataError, ModelError
        As for `TrainedModel.forget`.
    """
    ids = _checked(employee_ids, data)
    opt_outs = as_opt_outs(opt_outs, data)
    fitted, left = model.origin, without(data, ids)
    limits = FitLimits(courses_per_learner=fitted.courses_per_learner)
    material = Material.of(left, limits, opt_outs, fitted.until, fitted.ingest_seq)
    learned_from = ids - opt_outs.opted_out("training")
    parts: tuple[Forgot, ...] = ()
    exactly = exactly and material.vocabulary.courses == model.vocabulary.courses
    if learned_from and exactly:
        gone = encode_all(only(data, learned_from), model.vocabulary, material.moment)
        parts = model.recommender.forget(gone, material.everything_for(model.recommender))
    elif not exactly:
        parts = _refitted(model, material)
    origin = material.origin
    if exactly and fitted.fingerprints != fingerprints_of(data):
        # What is left came from rows of others that may have changed since: no table is its own.
        origin = origin.model_copy(
            update={"fingerprints": {"settings": origin.fingerprints["settings"]}}
        )
    return Forgotten(replace(model, origin=origin, report=None), left, parts)


def _checked(employee_ids: Iterable[str], data: LearningData) -> frozenset[str]:
    given = [employee_ids] if isinstance(employee_ids, str) else employee_ids
    ids = frozenset(checked_id(employee_id, "employee") for employee_id in given)
    for employee_id in ids:
        data.employee(employee_id)
    return ids


def _refitted(model: TrainedModel, material: Material) -> tuple[Forgot, ...]:
    started = time.perf_counter()
    model.recommender.fit(material.everything_for(model.recommender))
    return (Forgot(model.recommender.name, False, time.perf_counter() - started),)
