"""The planted signal: enough history makes a learned model win, a small company does not.

Measured here with bare counts and EASE, so that a change of the generator shows at once.
"""

from typing import NamedTuple

import numpy as np
import polars as pl
import pytest
from numpy.typing import NDArray
from scipy import sparse

from hrreco.data.synthetic import Company, company, enough_history, small_company
from hrreco.models._training_data import TrainingData
from hrreco.models.ease import Ease, EaseConfig
from hrreco.profiles.courses import CourseProfiles
from hrreco.profiles.learners import Learners
from hrreco.profiles.vocabulary import Vocabulary

SEEDS = range(1, 6)
TAIL, K = 0.15, 10


class Split(NamedTuple):
    """Employees who took something after the cut: histories, targets and roles of all."""

    history: NDArray[np.float64]
    targets: NDArray[np.bool_]
    roles: NDArray[np.int64]


@pytest.mark.parametrize("seed", SEEDS)
def test_with_enough_history_a_learned_model_wins(seed):
    relative, low, _ = compare(company(enough_history(seed=seed)))
    assert relative > 0.2
    assert low > 0.01


@pytest.mark.parametrize("seed", SEEDS)
def test_in_a_small_company_no_learned_model_wins(seed):
    _, low, _ = compare(company(small_company(seed=seed)))
    assert low < 0


def compare(made: Company) -> tuple[float, float, float]:
    """Return EASE's NDCG@10 relative to popularity by role, and its paired 95% interval."""
    split = split_of(made)
    rows = split.targets.any(axis=1)
    rules = ndcg(by_role(split), split)[rows]
    learned = ndcg(ease(split), split)[rows]
    gain = learned - rules
    half = 1.96 * gain.std() / np.sqrt(len(gain))
    return learned.mean() / rules.mean() - 1, gain.mean() - half, gain.mean() + half


def split_of(made: Company) -> Split:
    finished = made.tables["events"].filter(pl.col("kind").is_in(["completed", "passed"]))
    taken = finished.join(made.truth.course_groups, on="course_id", maintain_order="left")
    people, courses = made.tables["employees"], made.truth.course_groups
    row = dict(zip(people["employee_id"], range(people.height), strict=True))
    column = dict(zip(courses["course_id"], range(courses.height), strict=True))
    where = (
        taken["employee_id"].replace_strict(row).to_numpy(),
        taken["course_id"].replace_strict(column).to_numpy(),
    )
    cut = int(len(taken) * (1 - TAIL))
    both = np.zeros((2, people.height, courses.height))
    both[(np.arange(len(taken)) >= cut).astype(int), *where] = 1.0
    roles = people["role"].rank("dense").to_numpy().astype(np.int64) - 1
    return Split(both[0], both[1] > 0, roles)


def by_role(split: Split) -> NDArray[np.float64]:
    member = np.eye(split.roles.max() + 1)[split.roles]
    counts, people = member.T @ split.history, member.sum(axis=0)
    return ((counts + 5 * split.history.mean(axis=0)) / (people + 5)[:, None])[split.roles]


def ease(split: Split) -> NDArray[np.float64]:
    learners = Learners.of_history(sparse.csr_matrix(split.history, dtype=np.float32))
    n_courses = split.history.shape[1]
    vocabulary = Vocabulary(courses=tuple(map(str, range(n_courses))))
    data = TrainingData(learners, CourseProfiles.unknown(n_courses), vocabulary)
    return Ease(EaseConfig(regularisation=100.0)).fit(data).score(learners).astype(np.float64)


def ndcg(scores: NDArray[np.float64], split: Split) -> NDArray[np.float64]:
    open_scores = np.where(split.history > 0, -np.inf, scores)
    top = np.argsort(-open_scores, axis=1, kind="stable")[:, :K]
    discount = 1 / np.log2(np.arange(2, K + 2))
    gained = (np.take_along_axis(split.targets, top, axis=1) * discount).sum(axis=1)
    ideal = np.concatenate([[1.0], np.cumsum(discount)])
    return np.asarray(gained / ideal[np.minimum(split.targets.sum(axis=1), K)])
