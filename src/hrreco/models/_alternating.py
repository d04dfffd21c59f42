"""The rounds of ALS: vectors of learners from those of courses, and the other way round."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Self

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


@dataclass
class _Side:
    """The vectors of all learners, or of all courses, in coordinates that change.

    Attributes
    ----------
    room
        float32 [rows + factors x factors]: the vectors in these coordinates, and what comes below.
    way_back
        float64 [factors x factors]: what they are multiplied by to be in the first coordinates.
    """

    room: Vectors
    way_back: NDArray[np.float64]

    @classmethod
    def drawn(cls, rng: np.random.Generator, rows: int, factors: int) -> Self:
        """Return vectors to begin with, as implicit draws them."""
        side = cls(_room(rows + factors, factors), np.eye(factors))
        rng.random(dtype=np.float32, out=side.turned)
        side.turned[:] *= 0.01
        return side

    @property
    def turned(self) -> Vectors:
        """The vectors in the coordinates of now."""
        return self.room[: -len(self.way_back)]

    @property
    def vectors(self) -> Vectors:
        """The vectors in the first coordinates, as a new array."""
        return self.turned @ self.way_back.astype(np.float32)

    @property
    def common(self) -> NDArray[np.float64]:
        """What the vectors have in common: VᵀV, in the first coordinates."""
        turned = (self.turned.T @ self.turned).astype(np.float64)
        return self.way_back.T @ turned @ self.way_back

    def turn(
        self, there: NDArray[np.float64], back: NDArray[np.float64], threads: Executor
    ) -> None:
        """Go to other coordinates, told from the first ones, without going by way of these."""
        _turn(self.turned, (self.way_back @ there).astype(np.float32), threads)
        self.way_back = back


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
    with ThreadPoolExecutor(os.cpu_count()) as threads:  # to start some takes as long as a turn
        for _ in range(rounds):
            _approach(learners, courses, confidence, ridge, threads)
            _approach(courses, learners, turned, ridge, threads)
            tick()
    return courses.vectors


def _approach(
    sought: _Side, given: _Side, confidence: Csr, ridge: float, threads: Executor
) -> None:
    """Bring the vectors of one side nearer to their solutions, given those of the other.

    Each solves (G + Σ (c - 1) y yᵀ) x = Σ c y over what it has, where G = YᵀY + λI is in all of
    them (Hu et al. 2008, eq. 4), and conjugate gradients are slow where G is uneven. So G is made
    the identity UᵀGU: y turns into Uᵀy and x into U⁻¹x, which is preconditioning by G (Golub and
    Van Loan, "Matrix Computations", 2013, section 11.5). The engine knows λ as a multiple of the
    identity only, so here it is rows of Y that nobody has.
    """
    from implicit.cpu._als import least_squares_cg

    even, inverse = _evening(given.common, ridge)
    given.turn(even, inverse, threads)
    sought.turn(inverse.T, even.T, threads)
    given.room[len(given.turned) :] = np.sqrt(ridge) * even
    cores = 1 if confidence.nnz < _MANY_EVENTS else 0
    least_squares_cg(
        confidence, sought.turned, given.room, 0.0, num_threads=cores, cg_steps=_STEPS
    )


def _evening(
    common: NDArray[np.float64], ridge: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return U, for which Uᵀ (YᵀY + λI) U is the identity, and its inverse."""
    lengths, axes = np.linalg.eigh(common)
    # Rounding puts some that are 0 below it. U need not be exact: the engine multiplies anew.
    scale = np.sqrt(np.maximum(lengths, 0.0) + ridge)
    return axes / scale, (axes * scale).T


def _turn(vectors: Vectors, matrix: Vectors, threads: Executor) -> None:
    """Multiply vectors where they are; the bits do not hang on how many threads there are."""

    def turn(start: int) -> None:
        rows = slice(start, start + _BLOCK)
        with np.errstate(all="ignore"):  # what is set around a fit does not reach its threads
            vectors[rows] = vectors[rows] @ matrix

    list(threads.map(turn, range(0, len(vectors), _BLOCK)))


def _room(rows: int, factors: int) -> Vectors:
    """Return where numbers go, from where a line of the cache begins.

    Wherever numpy happens to put them, most rows lie across one line more, which takes longer.
    """
    room = np.empty(rows * factors + _LINE, dtype=np.float32)
    start = -room.ctypes.data // room.itemsize % _LINE
    return room[start : start + rows * factors].reshape(rows, factors)
