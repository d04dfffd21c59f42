"""From rows and profiles to `Learners`: one employee for an answer, all of them for a fit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from functools import lru_cache

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy import sparse

from hrreco.data.learning_data import LearningData
from hrreco.profiles.features import ATTRIBUTES, SKILL, features_of_one, stated_skills
from hrreco.profiles.history import Evidence
from hrreco.profiles.interest import evidence_until
from hrreco.profiles.learners import YOUNGEST, Csr, Learners, twin
from hrreco.profiles.needs import needs_of_all
from hrreco.profiles.profile import EmployeeProfile
from hrreco.profiles.skills import unmet
from hrreco.profiles.vocabulary import Vocabulary
from hrreco.settings import Moment
from hrreco.skills import SkillFramework

_DAY = timedelta(days=1)
_DAY_IN_US = 86_400_000_000
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def encode_one(
    profile: EmployeeProfile, vocabulary: Vocabulary, framework: SkillFramework
) -> Learners:
    """Return one employee as the single learner that models see."""
    history, age = _history_of_one(profile, vocabulary)
    skills = vocabulary.skill_position
    needs = {
        skills[need.skill]: need.weight
        for need in unmet(framework.of_role(profile.role), profile.skills)
        if need.skill in skills
    }
    learners = Learners(
        history=history,
        features=_row(
            dict.fromkeys(features_of_one(profile, vocabulary), 1.0), len(vocabulary.features)
        ),
        needs=_row(needs, len(vocabulary.skills)),
        age=age,
    )
    return learners.vouched(vocabulary)


def _history_of_one(profile: EmployeeProfile, vocabulary: Vocabulary) -> tuple[Csr, Csr]:
    """Return the evidence of one employee, and its age."""
    courses, now = vocabulary.course_position, profile.as_of.at
    shown = sorted(
        (here, entry.evidence, entry.shown_at)
        for entry in profile.history.values()
        if entry.shown_at is not None and (here := courses.get(entry.course_id)) is not None
    )
    history = _row({here: evidence for here, evidence, _ in shown}, len(courses))
    age = twin(history)
    days = [(now - at) / _DAY for _, _, at in shown]
    age.data = np.maximum(np.array(days, dtype=np.float32), np.float32(YOUNGEST))
    return history, age


def role_only(learners: Learners, vocabulary: Vocabulary) -> Learners:
    """Return the same learners as the rules may see them: their role, and nothing else."""
    features = learners.features.copy()
    features.data *= vocabulary.of_role[features.indices]
    features.eliminate_zeros()
    n = len(learners)
    nothing = sparse.csr_matrix((n, len(vocabulary.courses)), dtype=np.float32)
    return Learners(
        history=nothing,
        features=features,
        needs=sparse.csr_matrix((n, len(vocabulary.skills)), dtype=np.float32),
        age=nothing,
    )


def encode_all(
    data: LearningData,
    vocabulary: Vocabulary,
    as_of: Moment,
    evidence: Evidence | None = None,
    *,
    needs: bool = True,
) -> Learners:
    """Return every employee of `data` as a learner, in the order of the employees table.

    Events after `as_of` are not looked at.

    Parameters
    ----------
    evidence
        That of `data` until `as_of`, where the caller has it already.
    needs
        Whether what people lack is looked up, which takes longest; else nobody lacks anything.
    """
    people = data.employees["employee_id"]
    row = pl.DataFrame({"employee_id": people, "row": np.arange(len(people))})
    history, age = _history(data, vocabulary, as_of, evidence or evidence_until(data, as_of))
    return Learners(
        history=history,
        features=_features(data, vocabulary, row),
        needs=_needs(data, vocabulary, row, as_of)
        if needs
        else sparse.csr_matrix((len(row), len(vocabulary.skills)), dtype=np.float32),
        age=age,
    ).vouched(vocabulary)


def _history(
    data: LearningData, vocabulary: Vocabulary, as_of: Moment, evidence: Evidence
) -> tuple[Csr, Csr]:
    """Return the evidence of all employees, and its age."""
    places = vocabulary.course_position
    column = np.array([places.get(c, -1) for c in data.catalogue.course_ids], dtype=np.int32)
    of_pair = column[evidence.course]
    known = of_pair >= 0
    if not known.all():
        evidence = Evidence._make(part[known] for part in evidence)
        of_pair = of_pair[known]
    shape = (len(data.employees), len(vocabulary.courses))
    # Pairs ascend: but for the order of a vocabulary's courses, this is a matrix already.
    employees = np.arange(shape[0] + 1, dtype=np.uint32)
    indptr = np.searchsorted(evidence.employee, employees).astype(np.int32)
    now = (as_of.at - _EPOCH) // timedelta(microseconds=1)
    days = (now - evidence.shown_at) / _DAY_IN_US
    np.maximum(days, YOUNGEST, out=days)
    history, age = (
        Csr((values.astype(np.float32), of_pair.copy(), indptr), shape=shape)
        for values in (evidence.value, days)
    )  # each is sorted by itself
    for matrix in (history, age):
        matrix.sort_indices()
    return history, age


def _needs(data: LearningData, vocabulary: Vocabulary, row: pl.DataFrame, as_of: Moment) -> Csr:
    events = data.events.filter(pl.col("occurred_at") <= as_of.at)
    needs = needs_of_all(data, events).join(row, on="employee_id")
    return _matrix(needs, "skill", vocabulary.skills, "weight", len(row))


def _features(data: LearningData, vocabulary: Vocabulary, row: pl.DataFrame) -> Csr:
    everybody = np.arange(len(row))
    rows, columns = [everybody], [np.zeros_like(everybody)]
    for kind in ATTRIBUTES:
        rows.append(everybody)
        columns.append(_places(data.employees[kind], kind, vocabulary))
    skills = stated_skills(data.employee_skills).join(row, on="employee_id")
    rows.append(skills["row"].to_numpy())
    columns.append(_places(skills["skill"], SKILL, vocabulary))
    of_row, column = np.concatenate(rows), np.concatenate(columns)
    there = column >= 0
    ones, shape = np.ones(np.count_nonzero(there)), (len(row), len(vocabulary.features))
    features = _csr(of_row[there], column[there], ones, shape)
    features.data[:] = 1.0  # several rare skills are one feature
    return features


def _places(values: pl.Series, kind: str, vocabulary: Vocabulary) -> NDArray[np.intp]:
    """Return the position of each value as a feature, -1 where it is none."""
    distinct = values.drop_nulls().unique().to_list()
    places = [vocabulary.feature(kind, value) for value in distinct]
    place = np.array([-1 if here is None else here for here in (*places, None)], dtype=np.intp)
    number = values.cast(pl.Enum(distinct)).to_physical().fill_null(len(distinct))
    return np.asarray(place[number.to_numpy()])


def _matrix(pairs: pl.DataFrame, key: str, names: Iterable[str], value: str, rows: int) -> Csr:
    names = list(names)
    column = pl.DataFrame(
        {key: names, "column": np.arange(len(names))}, schema_overrides={key: pl.String}
    )
    found = pairs.join(column, on=key)
    return _csr(
        found["row"].to_numpy(),
        found["column"].to_numpy(),
        found[value].to_numpy(),
        (rows, len(names)),
    )


def _csr(
    row: NDArray[np.int64],
    column: NDArray[np.int64],
    value: NDArray[np.float64],
    shape: tuple[int, int],
) -> Csr:
    matrix = sparse.csr_matrix((value.astype(np.float32), (row, column)), shape=shape)
    matrix.sort_indices()
    return matrix


def _row(values: Mapping[int, float], width: int) -> Csr:
    """Return one row of a matrix, from values by column."""
    columns = sorted(values)
    row = twin(_empty_row(width))
    row.data = np.array([values[c] for c in columns], dtype=np.float32)
    row.indices = np.array(columns, dtype=np.int32)
    row.indptr = np.array([0, len(columns)], dtype=np.int32)
    row.has_canonical_format = True
    return row


@lru_cache(maxsize=16)
def _empty_row(width: int) -> Csr:
    return sparse.csr_matrix((1, width), dtype=np.float32)
