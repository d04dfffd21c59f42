"""A split given as files, as models and judges see it, and one like it inside its train file."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy import sparse

from hrreco.errors import DataError
from hrreco.evaluation._frames import read_asked, read_courses, read_seen
from hrreco.evaluation._strangers import refuse_strangers
from hrreco.evaluation.ranking import NO_COURSE
from hrreco.evaluation.splits import Interactions, Split, given
from hrreco.models import TrainingData
from hrreco.profiles.courses import CourseProfiles
from hrreco.profiles.learners import YOUNGEST, Csr, Learners
from hrreco.profiles.vocabulary import Vocabulary


@dataclass(frozen=True)
class Rows:
    """Rows of one file.

    Attributes
    ----------
    learner, course
        intp [rows]: positions.
    at
        float64 [rows]: grows with time (days, or positions); None where no order is known.
    negatives
        intp [rows x c]: courses to tell the right one from, filled up with `NO_COURSE`; each
        counts as often as it is named. None where all other courses are.
    """

    learner: NDArray[np.intp]
    course: NDArray[np.intp]
    at: NDArray[np.float64] | None = None
    negatives: NDArray[np.intp] | None = None

    def where(self, rows: NDArray[np.bool_]) -> Rows:
        """Return these rows."""
        at, negatives = self.at, self.negatives
        return Rows(
            self.learner[rows],
            self.course[rows],
            None if at is None else at[rows],
            None if negatives is None else negatives[rows],
        )


@dataclass(frozen=True)
class FileSplit:
    """What models may learn from, and what they are asked.

    Attributes
    ----------
    n_learners
        Of both files.
    seen, asked
        Each row once, those of `seen` by learner and course.
    by_time
        Whether `seen.at` is in days; else it is in places.
    """

    vocabulary: Vocabulary
    courses: CourseProfiles
    n_learners: int
    seen: Rows
    asked: Rows
    by_time: bool

    @cached_property
    def learners(self) -> Learners:
        """All learners, with what may be seen of them."""
        split = self._of_all
        n_skills = len(self.vocabulary.skills)
        known = Learners.of_history(split.history, self._ages(split.history))
        return replace(
            known, needs=sparse.csr_matrix((self.n_learners, n_skills), dtype=np.float32)
        )

    @property
    def training(self) -> TrainingData:
        """What models may be fitted on."""
        return TrainingData(self.learners, self.courses, self.vocabulary)

    @property
    def question(self) -> tuple[Learners, Split]:
        """Who is asked, and the split of the same rows.

        Where the candidates are given, each row of `asked` is a question of its own.
        """
        negatives = self.asked.negatives
        if negatives is None:
            return self.learners, self._of_all
        learners = self.learners.take(self.asked.learner)
        candidates = np.column_stack([self.asked.course, negatives])
        rows = np.arange(len(learners))
        targets = sparse.csr_matrix(
            (np.ones(len(rows), dtype=bool), (rows, self.asked.course)),
            shape=learners.history.shape,
        )
        nothing = sparse.csr_matrix(learners.history.shape, dtype=bool)
        return learners, Split(learners.history, nothing, targets, candidates)

    @cached_property
    def _of_all(self) -> Split:
        shape = (self.n_learners, len(self.vocabulary.courses))
        taken = (Interactions.taken(shape, p.learner, p.course) for p in (self.seen, self.asked))
        return given(*taken)

    def _ages(self, history: Csr) -> Csr | None:
        """Return how long before the end each course was last taken.

        The end is the latest row of all, or of the learner's own where only places are known.
        """
        at = self.seen.at
        if at is None:
            return None
        shape = history.shape
        order = np.lexsort((at, self.seen.course, self.seen.learner))
        learner, course, when = self.seen.learner[order], self.seen.course[order], at[order]
        pair = learner.astype(np.int64) * shape[1] + course
        last = np.append(pair[1:] != pair[:-1], True)[: len(pair)]
        ends = np.full(shape[0], when.max(initial=0.0))
        if not self.by_time:
            ends = np.full(shape[0], -np.inf)
            np.maximum.at(ends, learner, when)
        one = YOUNGEST if self.by_time else 1.0
        ages = np.maximum(ends[learner[last]] - when[last], 0.0) + one
        return Csr((ages.astype(np.float32), (learner[last], course[last])), shape=shape)


def read_split(train: Path, test: Path, courses: Path | None) -> FileSplit:
    """Read a split that somebody else made.

    Raises
    ------
    MissingFileError, MissingColumnError
        With the close match.
    DataError
        When a file cannot be read, has no rows, or a row that cannot be used; when the files
        share no course, or most rows have strangers alone for negatives; when the catalogue
        holds none of the courses.
    """
    seen, asked = read_seen(train), read_asked(test)
    catalogue = None if courses is None else read_courses(courses)
    refuse_strangers(train, seen, test, asked, catalogue)
    employee_ids = _distinct(seen["employee_id"], asked["employee_id"])
    negatives = asked["negatives"].explode().drop_nulls()
    course_ids = _distinct(seen["course_id"], asked["course_id"], negatives)
    skills, profiles = _described(courses, catalogue, course_ids)
    at = None if seen["at"].null_count() else seen["at"].to_numpy()
    return FileSplit(
        vocabulary=Vocabulary(courses=tuple(course_ids), skills=skills),
        courses=profiles,
        n_learners=len(employee_ids),
        seen=Rows(
            _positions(seen["employee_id"], employee_ids),
            _positions(seen["course_id"], course_ids),
            at,
        ),
        asked=Rows(
            _positions(asked["employee_id"], employee_ids),
            _positions(asked["course_id"], course_ids),
            negatives=_padded(asked["negatives"], course_ids),
        ),
        by_time=seen["by_time"][0],
    )


def _padded(lists: pl.Series, ids: list[str]) -> NDArray[np.intp] | None:
    """Return the positions of the ids in each list, filled up with `NO_COURSE`."""
    if lists.null_count() == len(lists):
        return None
    rows = pl.DataFrame({"row": np.arange(len(lists)), "id": lists}).explode("id").drop_nulls()
    row = rows["row"].to_numpy()
    place = np.arange(len(row)) - np.searchsorted(row, row)
    padded = np.full((len(lists), int(place.max(initial=-1)) + 1), NO_COURSE)
    padded[row, place] = _positions(rows["id"], ids)
    return padded


def _distinct(*columns: pl.Series) -> list[str]:
    ids: list[str] = pl.concat([c.rename("id") for c in columns]).unique().sort().to_list()
    return ids


def _positions(column: pl.Series, ids: list[str]) -> NDArray[np.intp]:
    """Return the position of each value among `ids`, all of which are known."""
    return column.cast(pl.Enum(ids)).to_physical().to_numpy().astype(np.intp)


def _described(
    path: Path | None, catalogue: pl.DataFrame | None, course_ids: list[str]
) -> tuple[tuple[str, ...], CourseProfiles]:
    """Return the skills that courses teach, sorted, and what is known of each course."""
    if catalogue is None:
        return (), CourseProfiles.unknown(len(course_ids))
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
