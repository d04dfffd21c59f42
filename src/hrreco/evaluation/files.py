"""Judging models on a split given as files, with nothing else at hand."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy import sparse

from hrreco.errors import DataError, SettingsError
from hrreco.evaluation._frames import read_courses, read_ids, refuse_strangers
from hrreco.evaluation.fitting import fit_each
from hrreco.evaluation.judge import RULES, checked_ks, judge
from hrreco.evaluation.report import EvaluationReport
from hrreco.evaluation.splits import Interactions, given
from hrreco.models import TrainingData, recommender
from hrreco.profiles.courses import CourseProfiles
from hrreco.profiles.learners import Csr, Learners
from hrreco.profiles.vocabulary import Vocabulary
from hrreco.settings import Progress, silent


def evaluate_files(
    train: Path,
    test: Path,
    courses: Path | None,
    models: Sequence[str],
    ks: Sequence[int],
    *,
    seed: int = 0,
    progress: Progress = silent,
) -> EvaluationReport:
    """Fit models with their defaults on one file and judge them on another.

    Candidates are the courses of both files, less those that `train` holds for the employee.
    Every distinct row of `test` is a target. The rules are always among the models judged; a
    model that cannot be fitted is named in the report's `unfitted`.

    Parameters
    ----------
    train, test
        CSV or Parquet with the columns ``employee_id`` and ``course_id``; others are not read.
        Each row is a course taken. `test` may hold employees and courses that `train` does not.
    courses
        CSV or Parquet with ``course_id``, ``title``, and where there are such ``description``,
        ``skills`` and ``tags``; others are not read. Only `content` needs it.
    models
        Names of recommenders.
    ks
        Lengths of list, 1 or more each.
    seed
        Of the intervals.

    Raises
    ------
    MissingFileError, MissingColumnError
        With the close match.
    DataError
        When a file cannot be read, has no rows, or a row without an id; when the files share no
        course; when the catalogue holds none of the courses.
    SettingsError
        When `content` is asked for without `courses`, or `ks` makes no sense.
    UnknownIdError
        When there is no such model.
    """
    ks = checked_ks(ks)
    names = dict.fromkeys([*RULES.values(), *models])
    kinds = {name: recommender(name) for name in names}
    if "content" in kinds and courses is None:
        raise SettingsError(
            "content reads titles and descriptions; give the file of courses too (--courses)"
        )
    seen, asked = read_ids(train), read_ids(test)
    refuse_strangers(train, seen, test, asked)
    employee_ids = _distinct(seen["employee_id"], asked["employee_id"])
    course_ids = _distinct(seen["course_id"], asked["course_id"])
    split = given(*(_taken(frame, employee_ids, course_ids) for frame in (seen, asked)))
    skills, profiles = _described(courses, course_ids)
    learners = _learners(split.history, len(skills))
    data = TrainingData(
        learners=learners,
        courses=profiles,
        vocabulary=Vocabulary(courses=tuple(course_ids), skills=skills),
    )
    fitted = fit_each({name: partial(kind().fit, data) for name, kind in kinds.items()}, progress)
    return judge(fitted, learners, split, ks=ks, seed=seed, progress=progress)


def _distinct(*columns: pl.Series) -> list[str]:
    ids: list[str] = pl.concat(columns).unique().sort().to_list()
    return ids


def _taken(frame: pl.DataFrame, employee_ids: list[str], course_ids: list[str]) -> Interactions:
    return Interactions.taken(
        (len(employee_ids), len(course_ids)),
        _positions(frame["employee_id"], employee_ids),
        _positions(frame["course_id"], course_ids),
    )


def _positions(column: pl.Series, ids: list[str]) -> NDArray[np.intp]:
    """Return the position of each value among `ids`, all of which are known."""
    return column.cast(pl.Enum(ids)).to_physical().to_numpy().astype(np.intp)


def _learners(history: Csr, n_skills: int) -> Learners:
    """Return learners of whom only the history is known."""
    known = Learners.of_history(history)
    return Learners(
        history, known.features, sparse.csr_matrix((len(known), n_skills), dtype=np.float32)
    )


def _described(path: Path | None, course_ids: list[str]) -> tuple[tuple[str, ...], CourseProfiles]:
    """Return the skills that courses teach, sorted, and what is known of each course."""
    if path is None:
        return (), CourseProfiles.unknown(len(course_ids))
    catalogue = read_courses(path)
    frame = pl.DataFrame({"course_id": course_ids}).join(
        catalogue, on="course_id", how="left", maintain_order="left"
    )
    if frame["text"].null_count() == len(frame):
        raise DataError(
            f"{path}: describes none of the {len(frame)} courses, for example {course_ids[0]!r}"
        )
    taught = frame.select("skills").with_row_index().explode("skills").drop_nulls().unique()
    skills = taught["skills"].unique().sort().to_list()
    teaches = sparse.csr_matrix(
        (
            np.ones(len(taught), dtype=np.float32),
            (taught["index"].to_numpy(), _positions(taught["skills"], skills)),
        ),
        shape=(len(course_ids), len(skills)),
    )
    return tuple(skills), CourseProfiles(
        texts=tuple(frame["text"].fill_null("")),
        teaches=teaches,
        tags=tuple(tuple(tags or ()) for tags in frame["tags"].to_list()),
    )
