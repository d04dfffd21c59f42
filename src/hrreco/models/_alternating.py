"""The rounds of ALS: vectors of learners from those of courses, and the other way round."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from hrreco.profiles import Csr

Vectors = NDArray[np.float32]

_STEPS = 2
"""Of conjugate gradients for each vector and round, each of which begins where the last one ended.

Takács, Pilászy and Tikk, "Applications of the Conjugate Gradient Method for Implicit Feedback
Collaborative Filtering", RecSys 2011. implicit takes three; preconditioned, two come as far: see
`experiments/als_beside_implicit.py`.
"""

_MANY_EVENTS = 100_000
"""From here all cores are used. Fewer are solved faster by one, and the bits are the same."""

_BLOCK = 4_096
"""Rows that are multiplied at a time: what a processor's own cache holds."""

_LINE = 16
"""Numbers in a line of a processor's cache, which has 64 bytes."""


class _Side(NamedTuple):
    """The vectors of all learners, or of all courses.

    Attributes
    ----------
    vectors
        float32 [rows x factors].
    room
        float32 [rows + factors x factors], for the same vectors in other coordinates.
    """

    vectors: Vectors
    room: Vectors

    @classmethod
    def drawn(cls, rng: np.random.Generator, rows: int, factors: int) -> Self:
        """Return vectors to begin with, as implicit draws them."""
        vectors = rng.random((rows, factors), dtype=np.float32)
        vectors *= 0.01
        return cls(vectors, _room(rows + factors, factors))


def alternate(
    confidence: Csr, factors: int, ridge: float, rounds: int, seed: int, tick: Callable[[], None]
) -> Vectors:
    """Return the vectors of courses after some rounds of alternating least squares.

    Parameters
    ----------
    confidence
        float32 [learners x courses], above 1 where a course was taken.
    ridge
        On all factors, above 0.
    tick
        Called after each round.

    Returns
    -------
    NDArray
        float32 [courses x factors].

    Raises
    ------
    LinAlgError
        When vectors are no longer finite.
    """
    rng = np.random.default_rng(seed)
    learners, courses = (_Side.drawn(rng, rows, factors) for rows in confidence.shape)
    turned = confidence.T.tocsr()
    for _ in range(rounds):
        _approach(learners, courses, confidence, ridge)
        _approach(courses, learners, turned, ridge)
        tick()
    return courses.vectors


def _approach(sought: _Side, given: _Side, confidence: Csr, ridge: float) -> None:
    """Bring the vectors of one side nearer to their solutions, given those of the other.

    Each solves (G + Σ (c - 1) y yᵀ) x = Σ c y over what it has, where G = YᵀY + λI is in all of
    them (Hu et al. 2008, eq. 4), and conjugate gradients are slow where G is uneven. So G is made
    the identity UᵀGU: y turns into Uᵀy and x into U⁻¹x, which is preconditioning by G (Golub and
    Van Loan, "Matrix Computations", 2013, section 11.5). The engine knows λ as a multiple of the
    identity only, so here it is rows of Y that nobody has.
    """
    from implicit.cpu._als import least_squares_cg

    even, back = _evening(given.vectors, ridge)
    rows = len(given.vectors)
    _times(given.vectors, even, given.room[:rows])
    np.multiply(even, np.sqrt(np.float32(ridge)), out=given.room[rows:])
    near = sought.room[: len(sought.vectors)]
    _times(sought.vectors, back, near)
    threads = 1 if confidence.nnz < _MANY_EVENTS else 0
    least_squares_cg(confidence, near, given.room, 0.0, num_threads=threads, cg_steps=_STEPS)
    _times(near, even.T, sought.vectors)


def _evening(vectors: Vectors, ridge: float) -> tuple[Vectors, Vectors]:
    """Return U, for which Uᵀ (YᵀY + λI) U is the identity, and the transpose of its inverse."""
    lengths, axes = np.linalg.eigh((vectors.T @ vectors).astype(np.float64))
    # Rounding puts some that are 0 below it. U need not be exact: the engine multiplies anew.
    scale = np.sqrt(np.maximum(lengths, 0.0) + ridge)
    return (axes / scale).astype(np.float32), (axes * scale).astype(np.float32)


def _times(vectors: Vectors, matrix: Vectors, out: Vectors) -> None:
    """Put ``vectors @ matrix`` into `out`, on all cores; the bits do not hang on how many."""

    def fill(start: int) -> None:
        rows = slice(start, start + _BLOCK)
        with np.errstate(all="ignore"):  # what is set around a fit does not reach its threads
            np.matmul(vectors[rows], matrix, out=out[rows])

    starts = range(0, len(vectors), _BLOCK)
    with ThreadPoolExecutor(os.cpu_count()) as threads:
        list(threads.map(fill, starts))


def _room(rows: int, factors: int) -> Vectors:
    """Return where numbers go, from where a line of the cache begins.

    Wherever numpy happens to put them, most rows lie across one line more, which takes longer.
    """
    room = np.empty(rows * factors + _LINE, dtype=np.float32)
    start = -room.ctypes.data // room.itemsize % _LINE
    return room[start : start + rows * factors].reshape(rows, factors)
