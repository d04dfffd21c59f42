"""How sure a mean is: bootstrap intervals over employees."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

RESAMPLES = 2_000

FEWEST_RESAMPLED = 5
"""Resamples of fewer employees are too much alike to say how sure a mean is."""

_ROUNDING = 1e-12
"""A mean nearer to 0 than this is 0 but for the rounding of sums, and must not look better."""

_DRAWS = 4_000_000
"""Draws that are held at once: 32 MB of them, and as much of counts."""


class Interval(NamedTuple):
    """A mean and its 95% interval."""

    mean: float
    low: float
    high: float


def mean_intervals(values: NDArray[np.float64], *, seed: int = 0) -> list[Interval]:
    """Return the mean of each column with its 95% percentile bootstrap interval.

    All columns share each resample of the employees (Efron and Tibshirani, "An Introduction to
    the Bootstrap", 1993, ch. 13; for retrieval metrics: Sakai, SIGIR 2006). For the difference
    of two models, hand in the per-employee differences: the interval is then paired.

    Parameters
    ----------
    values
        float64 [employees x columns], at least one employee, finite.
    seed
        The same seed gives the same intervals.
    """
    means = resampled_means(values, seed=seed)
    bounds = np.vstack([values.mean(axis=0), np.quantile(means, (0.025, 0.975), axis=0)])
    bounds[np.abs(bounds) < _ROUNDING] = 0.0
    return [Interval(*map(float, column)) for column in bounds.T]


def resampled_means(values: NDArray[np.float64], *, seed: int = 0) -> NDArray[np.float64]:
    """Return the mean of each column in each resample: float64 [`RESAMPLES` x columns]."""
    rng = np.random.default_rng(seed)
    return np.concatenate([weights @ values for weights in resamples(len(values), rng)])


def interval_of(resampled: NDArray[np.float64]) -> tuple[float, float]:
    """Return the ends of the 95% percentile interval of what was found in each resample."""
    low, high = np.quantile(resampled, (0.025, 0.975))
    return float(low), float(high)


def resamples(n: int, rng: np.random.Generator) -> Iterator[NDArray[np.float64]]:
    """Yield the weights of n employees in `RESAMPLES` draws with replacement, some at a time."""
    at_once = max(1, _DRAWS // n)
    for done in range(0, RESAMPLES, at_once):
        size = min(at_once, RESAMPLES - done)
        drawn = rng.integers(n, size=(size, n)) + np.arange(size)[:, np.newaxis] * n
        yield np.bincount(drawn.reshape(-1), minlength=size * n).reshape(size, n) / n
