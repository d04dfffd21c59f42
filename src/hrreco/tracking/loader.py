"""What MLflow calls to serve a bundle: ``mlflow.pyfunc.load_model("models:/hrreco@champion")``.

It is for looking at a model and for batch comparisons. It ranks courses by score and knows no
eligibility, no mandatory training, no opt-out and no reasons: what an employee sees comes from
the advisor.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from scipy import sparse

from hrreco.errors import MissingColumnError
from hrreco.models import Recommender, read_bundle
from hrreco.profiles.learners import Csr, Learners


class CourseRanker:
    """Ranks the courses of a fitted model for learners given as rows of a frame."""

    def __init__(self, model: Recommender) -> None:
        self._model = model

    def predict(
        self, model_input: Any, params: Mapping[str, Any] | None = None
    ) -> list[list[str]]:
        """Return the ids of the best courses for each row, best first, and nothing else.

        Parameters
        ----------
        model_input
            A frame (pandas, polars or Arrow) with one row per learner. ``history``: ids of
            completed courses, separated by ``|``; empty for a new hire; ids that the model does
            not know are left out. ``role``, optional: the learner's role.
        params
            ``k``: how many courses to return, 10 by default.

        Returns
        -------
        list[list[str]]
            At most k courses for each row, none of them from its history.
        """
        learners = self._learners(model_input)
        scores = self._model.score(learners).astype(np.float64)
        scores[learners.history.nonzero()] = -np.inf
        k = int((params or {}).get("k", 10))
        best = np.argsort(-scores, axis=1, kind="stable")[:, :k]
        courses = self._model.vocabulary.courses
        return [
            [courses[c] for c in row if np.isfinite(own[c])]
            for row, own in zip(best, scores, strict=True)
        ]

    def _learners(self, model_input: Any) -> Learners:
        import narwhals as nw

        frame = nw.from_native(model_input, eager_only=True)
        if "history" not in frame.columns:
            raise MissingColumnError(
                f"the input has no column 'history'; it has {', '.join(map(str, frame.columns))}"
            )
        rows = len(frame)
        histories = frame["history"].to_list()
        roles = frame["role"].to_list() if "role" in frame.columns else [None] * rows
        known = self._model.vocabulary
        position = known.course_position
        taken = [{position[i] for i in _ids(text) if i in position} for text in histories]
        features = [{0, known.feature("role", _text(role))} - {None} for role in roles]
        return Learners(
            history=_ones(taken, len(known.courses)),
            features=_ones(features, len(known.features)),
            needs=sparse.csr_matrix((rows, len(known.skills)), dtype=np.float32),
        )


def _text(value: object) -> str | None:
    """Return text as it is; a frame's missing value (None, NaN) as None."""
    return value if isinstance(value, str) else None


def _ids(history: object) -> list[str]:
    return [part.strip() for part in (_text(history) or "").split("|")]


def _ones(rows: list[Any], columns: int) -> Csr:
    """Return float32 CSR [rows x columns] with a 1 at each position given for a row."""
    indptr = np.cumsum([0, *(len(row) for row in rows)])
    indices = np.array([column for row in rows for column in sorted(row)], dtype=np.int32)
    ones = np.ones(len(indices), dtype=np.float32)
    return sparse.csr_matrix((ones, indices, indptr), shape=(len(rows), columns))


def _load_pyfunc(path: str) -> CourseRanker:
    """Read and verify the bundle at `path`; the name is MLflow's."""
    return CourseRanker(read_bundle(Path(path)).model)
