"""A cut inside what models may learn from, made as the test file was cut from it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from hrreco.data.sorting import begins_run
from hrreco.evaluation.files import FileSplit, Rows
from hrreco.evaluation.ranking import NO_COURSE, blocks
from hrreco.profiles.learners import Csr

_BARRED = np.float32(1)
"""The lot of a course that is not drawn; all others are below it."""


def inner(split: FileSplit, *, seed: int = 0) -> FileSplit:
    """Return a split of the seen rows alone, like the one given; nothing of `asked` is in it.

    Of each learner it holds out the last rows where an order is known, else some at random: one
    where the test has one of each learner, else half the share that the test has of all rows: the
    more is held out, the less is known of each learner, and other models win then than in the end.
    A learner's first row stays. Where nothing tells the right course from but that the others were
    taken, it is courses that are held out, with all their rows: one that was taken before could
    never be suggested. Where the test brings negatives, as many are drawn from the courses
    that the learner has not taken; from all others, where those of the test are too.

    Parameters
    ----------
    seed
        Of what is random: rows to hold out, equal times, negatives.
    """
    random = np.random.default_rng(seed)
    held = _held_out(split, random)
    asked = split.seen.where(held)
    if split.asked.negatives is not None:
        asked = replace(asked, negatives=_drawn(asked, split, random))
    return replace(split, seen=split.seen.where(~held), asked=asked)


def _held_out(split: FileSplit, random: np.random.Generator) -> NDArray[np.bool_]:
    """Return which rows of `seen` are held out."""
    first, unit = _units(split)
    learner = split.seen.learner[first]
    lot = random.permutation(len(first))
    at = split.seen.at
    order = np.lexsort((lot, lot if at is None else np.minimum.reduceat(at, first), learner))
    units_of = np.bincount(learner, minlength=split.n_learners)
    from_the_end = np.empty(len(order), dtype=np.intp)
    from_the_end[order] = np.cumsum(units_of)[learner[order]] - np.arange(len(order))
    asked_of = np.bincount(split.asked.learner, minlength=split.n_learners)
    if asked_of.max(initial=0) <= 1:
        most = np.ones(split.n_learners, dtype=np.intp)
    else:
        share = len(split.asked.learner) / (len(split.asked.learner) + len(first))
        most = np.maximum(np.rint(units_of * share / 2).astype(np.intp), 1)
    most = np.minimum(most, units_of - 1)
    return np.asarray((from_the_end <= most[learner])[unit])


def _units(split: FileSplit) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return the first row of each unit that is held out whole, and the unit of each row.

    It is a row where the candidates are given, else all rows of a learner with a course.
    """
    seen = split.seen
    begins = np.ones(len(seen.learner), dtype=bool)
    if split.asked.negatives is None:
        begins = begins_run(seen.learner, seen.course)
    return np.flatnonzero(begins), np.cumsum(begins) - 1


def _drawn(asked: Rows, split: FileSplit, random: np.random.Generator) -> NDArray[np.intp]:
    """Return other courses for each row, as many as the test has.

    Where there are not so many, they are filled up with `NO_COURSE`.
    """
    assert split.asked.negatives is not None
    n_courses = len(split.vocabulary.courses)
    n = min(split.asked.negatives.shape[1], n_courses)
    barred = _barred(asked, split, split.asked.negatives)
    drawn = np.full((len(asked.learner), n), NO_COURSE)
    for some in blocks(len(drawn), n_courses):
        lots = random.random((len(drawn[some]), n_courses), dtype=np.float32)
        lots[barred[some].nonzero()] = _BARRED
        lowest = np.argpartition(lots, n - 1, axis=1)[:, :n]
        free = np.take_along_axis(lots, lowest, axis=1) < _BARRED
        drawn[some] = -np.sort(-np.where(free, lowest, NO_COURSE), axis=1)
    return drawn


def _barred(asked: Rows, split: FileSplit, negatives: NDArray[np.intp]) -> Csr:
    """Return what is never drawn for each row: what its learner has taken.

    Where the negatives of the test were drawn from what is taken too, it is the row's own course
    alone: else whether a course was taken would tell more on the cut than it does in the test.
    """
    seen, n_courses = split.seen, len(split.vocabulary.courses)
    pairs = (seen.learner, seen.course)
    taken = Csr((np.ones(len(seen.learner)), pairs), shape=(split.n_learners, n_courses))
    row, place = np.nonzero(negatives != NO_COURSE)
    if len(row) and taken[split.asked.learner[row], negatives[row, place]].any():
        rows = np.arange(len(asked.course))
        return Csr((np.ones(len(rows)), (rows, asked.course)), shape=(len(rows), n_courses))
    return taken[asked.learner]
