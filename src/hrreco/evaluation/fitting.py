"""Fitting the models that are to be judged, each for itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from hrreco.errors import MissingExtraError, ModelError
from hrreco.models import Recommender
from hrreco.settings import Progress


class Fitted(NamedTuple):
    """Models by name, and what kept others from being fitted.

    Attributes
    ----------
    unfitted
        By name of the model, the reason.
    """

    models: dict[str, Recommender]
    unfitted: dict[str, str]


def fit_each(fits: Mapping[str, Callable[[], Recommender]], progress: Progress) -> Fitted:
    """Fit models one after another; one that cannot be fitted does not keep the others from it."""
    fitted = Fitted({}, {})
    for done, (name, fit) in enumerate(fits.items()):
        progress(f"fit {name}", done, len(fits))
        try:
            fitted.models[name] = fit()
        except (ModelError, MissingExtraError) as error:
            fitted.unfitted[name] = str(error)
    progress("fit", len(fits), len(fits))
    return fitted
