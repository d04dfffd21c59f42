"""Splits: what a model may learn from, and what it is asked to foresee."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from hrreco.errors import DataError
from hrreco.profiles.learners import Csr

FOR_EVER = np.iinfo(np.int64).max
"""An event that blocks its course until then blocks it always."""

NOT_AT_ALL = np.iinfo(np.int64).min
"""An event that blocks its course until then never blocked it."""


@dataclass(frozen=True)
class Interactions:
    """What some employees did with some courses, one row per event, in any order.

    Attributes
    ----------
    shape
        The number of learners, and of courses.
    learner, course
        intp [events]: positions.
    evidence
        float32 [events]: evidence of interest; 0 where the event shows none.
    relevant
        bool [events]: whether foreseeing the event would have been right.
    blocks_until
        int64 [events]: the time until which the course is not suggested after the event (taken,
        in progress, dismissed); `FOR_EVER`, or `NOT_AT_ALL`.
    time
        int64 [events]: microseconds since 1970, or any number that grows with time; None where
        no order is known.
    """

    shape: tuple[int, int]
    learner: NDArray[np.intp]
    course: NDArray[np.intp]
    evidence: NDArray[np.float32]
    relevant: NDArray[np.bool_]
    blocks_until: NDArray[np.int64]
    time: NDArray[np.int64] | None = None

    @classmethod
    def taken(
        cls,
        shape: tuple[int, int],
        learner: NDArray[np.intp],
        course: NDArray[np.intp],
        time: NDArray[np.int64] | None = None,
    ) -> Interactions:
        """Return interactions that are all completed courses, of evidence 1, never to repeat."""
        yes = np.ones(len(learner), dtype=bool)
        ever = np.full(len(learner), FOR_EVER)
        return cls(shape, learner, course, yes.astype(np.float32), yes, ever, time)

    @property
    def pair(self) -> NDArray[np.int64]:
        """The learner and course of each event as one number."""
        return self.learner.astype(np.int64) * self.shape[1] + self.course

    def where(self, rows: NDArray[np.bool_]) -> Interactions:
        """Return the events of these rows."""
        return Interactions(
            self.shape,
            self.learner[rows],
            self.course[rows],
            self.evidence[rows],
            self.relevant[rows],
            self.blocks_until[rows],
            None if self.time is None else self.time[rows],
        )

    def history(self) -> Csr:
        """Return float32 CSR [learners x courses]: the strongest evidence of each pair."""
        shown = self.evidence > 0
        pair, evidence = self.pair[shown], self.evidence[shown]
        order = np.lexsort((evidence, pair))
        pair, evidence = pair[order], evidence[order]
        last = np.append(pair[1:] != pair[:-1], True)[: len(pair)]
        return _matrix(pair[last], evidence[last], self.shape)

    def blocked_pairs(self, at: int | NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the distinct pairs that are not suggested at a time, ascending.

        Parameters
        ----------
        at
            One time for all, or one for each event.
        """
        return np.unique(self.pair[self.blocks_until > at])


@dataclass(frozen=True)
class Split:
    """One question put to models, and its answer; a row is a learner throughout.

    Attributes
    ----------
    history
        float32 CSR [learners x courses]: the evidence a model may see.
    exclude
        bool CSR [learners x courses]: courses that cannot be suggested.
    targets
        bool CSR [learners x courses]: courses that turned out to be right.
    candidates
        intp [learners x c]: the only courses to choose from, the one right course first, filled
        up with `NO_COURSE`; then nothing is excluded. None: all that `exclude` leaves.
    """

    history: Csr
    exclude: Csr
    targets: Csr
    candidates: NDArray[np.intp] | None = None

    def take(self, rows: NDArray[np.bool_] | NDArray[np.intp]) -> Split:
        """Return the split of these learners, in this order."""
        candidates = None if self.candidates is None else self.candidates[rows]
        return Split(self.history[rows], self.exclude[rows], self.targets[rows], candidates)


def cuts(interactions: Interactions, quantiles: Sequence[float]) -> tuple[int, ...]:
    """Return the times by which these shares of the relevant events have occurred.

    ``cuts(interactions, (0.8, 0.9))`` gives the borders of three windows: fit on the first
    80%, choose on the next 10%, and judge on the last.

    Raises
    ------
    DataError
        When no order is known or no event is relevant.
    """
    times = _times(interactions)[interactions.relevant]
    if not len(times):
        raise DataError("no event is relevant to evaluation, so there is nothing to split")
    return tuple(int(cut) for cut in np.quantile(times, quantiles, method="higher"))


def temporal(interactions: Interactions, cut: int, until: int | None = None) -> Split:
    """Split all learners at one moment, so that nothing later can leak into a fit.

    What occurred before `cut` may be seen. Targets are the courses of relevant events from
    `cut` on, and before `until` where that is given, that nothing blocked at the cut.

    Raises
    ------
    DataError
        When no order is known.
    """
    time = _times(interactions)
    seen = interactions.where(time < cut)
    asked = (time >= cut) & interactions.relevant
    if until is not None:
        asked &= time < until
    blocked = seen.blocked_pairs(cut)
    new = np.setdiff1d(interactions.pair[asked], blocked)
    shape = interactions.shape
    return Split(seen.history(), _pattern(blocked, shape), _pattern(new, shape))


class LastOut(NamedTuple):
    """A split that holds out each learner's last relevant course, and what was not held out.

    Attributes
    ----------
    seen
        bool [events]: which events stay visible.
    """

    split: Split
    seen: NDArray[np.bool_]


def leave_last_out(interactions: Interactions, *, seed: int = 0) -> LastOut:
    """Hold out each learner's last relevant course, and all that came after it.

    The last course is the one whose first event is latest; equal times, and all courses where
    no order is known, are put in a random order. Without an order, only the held-out course
    itself is hidden. A learner with a single course keeps it. Other learners' later events stay
    visible, so a popular course may be known too early: `temporal` has no such leak (Ji et al.,
    "A Critical Study on Data Leakage in Recommender System Offline Evaluation", TOIS 2023).
    """
    n_learners, n_courses = interactions.shape
    pairs, of_event = np.unique(interactions.pair, return_inverse=True)
    learner = pairs // n_courses
    first = _first_times(interactions, of_event, len(pairs))
    place = _places(learner, first, np.random.default_rng(seed).permutation(len(pairs)))

    eligible = np.bincount(of_event[interactions.relevant], minlength=len(pairs)) > 0
    eligible &= np.bincount(learner, minlength=n_learners)[learner] > 1
    candidates = np.flatnonzero(eligible)
    candidates = candidates[np.argsort(place[candidates])]
    held = np.full(n_learners, -1)
    held[learner[candidates]] = candidates

    visible = _seen(interactions, of_event, held, first, place)
    seen = interactions.where(visible)
    # Of whom nothing is held out, nothing is asked, so that any time will do.
    at = np.where(held >= 0, first[held], 0)[seen.learner] if len(first) else 0
    split = Split(
        seen.history(),
        _pattern(seen.blocked_pairs(at), interactions.shape),
        _pattern(pairs[held[held >= 0]], interactions.shape),
    )
    return LastOut(split, visible)


def given(train: Interactions, test: Interactions) -> Split:
    """Use a split that somebody else made: see `train`, foresee every relevant row of `test`.

    A test row that repeats one of `train` counts as a target and cannot be suggested.
    """
    targets = _pattern(np.unique(test.pair[test.relevant]), test.shape)
    blocked = _pattern(train.blocked_pairs(NOT_AT_ALL), train.shape)
    return Split(train.history(), blocked, targets)


def _times(interactions: Interactions) -> NDArray[np.int64]:
    if interactions.time is None:
        raise DataError("events have no time or position; a split by time needs one")
    return interactions.time


def _first_times(
    interactions: Interactions, of_event: NDArray[np.intp], n_pairs: int
) -> NDArray[np.int64]:
    """Return the time of each pair's first event; all equal where no order is known."""
    if interactions.time is None:
        return np.zeros(n_pairs, dtype=np.int64)
    first = np.full(n_pairs, np.iinfo(np.int64).max)
    np.minimum.at(first, of_event, interactions.time)
    return first


def _places(
    learner: NDArray[np.int64], first: NDArray[np.int64], lot: NDArray[np.int64]
) -> NDArray[np.intp]:
    """Return each pair's place when pairs stand in order of learner, time, lot."""
    place = np.empty(len(learner), dtype=np.intp)
    place[np.lexsort((lot, first, learner))] = np.arange(len(learner))
    return place


def _seen(
    interactions: Interactions,
    of_event: NDArray[np.intp],
    held: NDArray[np.intp],
    first: NDArray[np.int64],
    place: NDArray[np.intp],
) -> NDArray[np.bool_]:
    """Return which events stay visible once the pairs `held` (-1: none) are held out."""
    of_learner = held[interactions.learner]
    seen: NDArray[np.bool_] = of_event != of_learner
    if interactions.time is not None:
        earlier = place[of_event] < place[of_learner]
        seen = (of_learner < 0) | (earlier & (interactions.time <= first[of_learner]))
    return seen


def _pattern(pair: NDArray[np.int64], shape: tuple[int, int]) -> Csr:
    """Build a CSR of ones from ascending, distinct pairs."""
    return _matrix(pair, np.ones(len(pair), dtype=bool), shape)


def _matrix(pair: NDArray[np.int64], values: NDArray[Any], shape: tuple[int, int]) -> Csr:
    """Build a CSR from ascending, distinct pairs."""
    row, column = np.divmod(pair, shape[1]) if len(pair) else (pair, pair)
    starts = np.searchsorted(row, np.arange(shape[0] + 1))
    return sparse.csr_matrix((values, column.astype(np.int32), starts.astype(np.int32)), shape)
