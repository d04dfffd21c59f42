"""The order in which learners took the courses of their histories."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from hrreco.errors import ModelError
from hrreco.models._linear import learner_of_entries
from hrreco.profiles import Csr, Learners


def ages_of(learners: Learners, model: str) -> Csr:
    """Return the ages, for a model that cannot do without them.

    Raises
    ------
    ModelError
        When the order is not known.
    """
    if learners.age is None:
        raise ModelError(
            f"{model} learns from the order of events; give their occurred_at or position, "
            f"or use a model that needs none"
        )
    return learners.age


def places_from_the_end(age: Csr) -> NDArray[np.intp]:
    """Return the place of each entry in its learner's order: intp [entries], the latest is 1.

    Courses of the same age share a place.
    """
    n_entries = len(age.data)
    if len(age.indptr) == 2:
        order = age.data.argsort(kind="stable")
    else:
        order = np.lexsort((age.data, learner_of_entries(age)))
    ages = age.data[order]
    step = np.ones(n_entries, dtype=np.intp)
    np.not_equal(ages[1:], ages[:-1], out=step[1:], casting="unsafe")
    first = age.indptr[:-1][age.indptr[:-1] < age.indptr[1:]]  # sorted, rows begin where they did
    step[first] = 1
    passed = np.cumsum(step)
    places = np.empty(n_entries, dtype=np.intp)
    if len(first) == 1:
        places[order] = passed
    else:
        lengths = np.diff(age.indptr)
        places[order] = passed - np.repeat(passed[first] - 1, lengths[lengths > 0])
    return places


class Sequences(NamedTuple):
    """All histories on end, each from its first course to its last.

    Attributes
    ----------
    learner, course, place
        intp [entries]: whose entry it is, the course, and its place from the end of the history.
    evidence, age
        float32 [entries].
    """

    learner: NDArray[np.intp]
    course: NDArray[np.intp]
    place: NDArray[np.intp]
    evidence: NDArray[np.float32]
    age: NDArray[np.float32]

    @classmethod
    def of(cls, history: Csr, age: Csr) -> Sequences:
        """Put the entries of each learner in order; those of one age in the order of courses."""
        learner, place = learner_of_entries(history), places_from_the_end(age)
        order = np.lexsort((history.indices, -place, learner))
        return cls(
            learner[order],
            history.indices[order].astype(np.intp),
            place[order],
            history.data[order],
            age.data[order],
        )
