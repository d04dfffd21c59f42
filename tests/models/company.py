"""A small company with planted tastes, for tests of models."""

from __future__ import annotations

from copy import copy
from datetime import UTC, datetime

import numpy as np
from scipy import sparse

from hrreco.models import Contributions, FitLimits, Origin, TrainingData
from hrreco.profiles.courses import CourseProfiles
from hrreco.profiles.learners import Learners
from hrreco.profiles.vocabulary import Feature, Vocabulary

SKILLS = ("care", "excel", "leading", "safety")
WORDS = ("hoitotyö ja hygienia", "kalkylblad och data", "leading people", "职业安全 培训")


def csr(rows, columns=None) -> sparse.csr_matrix:
    """Return a float32 CSR of dense `rows`; `columns` where there are no rows."""
    dense = np.asarray(rows, dtype=np.float32)
    return sparse.csr_matrix(dense if columns is None else dense.reshape(-1, columns))


def vocabulary_of(courses: int, roles: int = 2, skills: int = len(SKILLS)) -> Vocabulary:
    """Return a vocabulary of courses c000, c001, …, `roles` roles and some skills."""
    return Vocabulary(
        courses=tuple(f"c{i:03}" for i in range(courses)),
        features=(Feature("everyone", ""), *(Feature("role", f"R{i}") for i in range(roles))),
        skills=SKILLS[:skills],
    )


def profiles_of(courses: int, skills: int = len(SKILLS)) -> CourseProfiles:
    """Return courses in as many themes as there are skills; course i is of theme i % skills."""
    theme = np.arange(courses) % skills
    taught = sparse.csr_matrix(
        (np.ones(courses, np.float32), (np.arange(courses), theme)), shape=(courses, skills)
    )
    return CourseProfiles(
        texts=tuple(f"{WORDS[t]} {i}" for i, t in enumerate(theme)),
        teaches=taught,
        tags=tuple((f"theme {t}",) for t in theme),
    )


def ages_of(history, seed: int = 0) -> sparse.csr_matrix:
    """Return ages for a history of any form: some days, some of them alike."""
    ages = copy(history)
    ages.data = np.random.default_rng(seed).integers(1, 90, len(history.data)).astype(np.float32)
    return ages


def learners_from(history, role=None, roles: int = 2, needs=None) -> Learners:
    """Return learners of this history; `role` gives each learner's role, by turns if None."""
    n = history.shape[0]
    role = np.arange(n) % roles if role is None and roles else role
    features = np.zeros((n, 1 + roles), dtype=np.float32)
    features[:, 0] = 1
    if roles:
        features[np.arange(n), 1 + np.asarray(role, dtype=int)] = 1
    wanted = np.zeros((n, len(SKILLS)), dtype=np.float32) if needs is None else needs
    return Learners(history, csr(features), csr(wanted), ages_of(history))


def company(people: int = 61, courses: int = 14, seed: int = 0, **limits: float) -> TrainingData:
    """Return people of two roles, each drawn to half of the courses, and needing one skill."""
    random = np.random.default_rng(seed)
    role = np.arange(people) % 2
    likes = np.where(np.arange(courses)[None, :] % 2 == role[:, None], 0.6, 0.1)
    history = (random.random((people, courses)) < likes) * random.choice([0.5, 1.0], likes.shape)
    needs = (random.random((people, len(SKILLS))) < 0.3).astype(np.float32)
    return TrainingData(
        learners_from(csr(history), role, needs=needs),
        profiles_of(courses),
        vocabulary_of(courses),
        FitLimits(**limits),
    )


def sums(parts: Contributions) -> np.ndarray:
    """Return baseline plus contributions: float64 [learners x courses]."""
    total = parts.baseline.copy()
    np.add.at(total, parts.learner, parts.value)
    return total


def origin(**known) -> Origin:
    """Return where a model comes from: some company's data, until the end of 2025."""
    until = datetime(2025, 12, 31, 21, 59, 59, tzinfo=UTC)
    given = {"fingerprints": {}, "ingest_seq": None, "until": until, "courses_per_learner": 1_000}
    return Origin(**{**given, **known})
