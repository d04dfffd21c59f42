"""What studies of ALS share: cuts inside the train files of real data, and what is reached."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy import sparse
from scipy.linalg import lapack

Matrix = sparse.csr_matrix
Floats = NDArray[np.float64]

K = 20


class Case(NamedTuple):
    """What was seen, what is to be foreseen, and which learners the settings are chosen by."""

    seen: Matrix
    held: Matrix
    chooses: NDArray[np.bool_]


def cases(folder: Path, text: list[str]) -> Iterator[tuple[str, Case]]:
    """Yield each data set that is in a folder; add to a section's text what is not."""
    for name in ("mooccubex", "concepts"):
        path = folder / name / "train.parquet"
        if path.is_file():
            yield name, case_of(path)
        else:
            text.append(f"There was no folder {name}, so it is left out.")


def case_of(path: Path) -> Case:
    """Hold out the last row of each learner where there is an order, else a fifth at random."""
    frame = pl.read_parquet(path).unique(maintain_order=True)
    random = np.random.default_rng(1)
    lot = pl.Series("lot", random.random(len(frame)))
    ordered = "position" in frame.columns
    frame = frame.with_columns(frame["position"] if ordered else lot.alias("position"))
    place = pl.col("position").rank("ordinal", descending=True).over("employee_id")
    most = 1 if ordered else (pl.len().over("employee_id") // 5).clip(lower_bound=1)
    row, column = (
        frame[name].rank("dense").cast(pl.Int64).to_numpy() - 1
        for name in ("employee_id", "course_id")
    )
    held = frame.select(place <= most).to_series().to_numpy()
    shape = (row.max() + 1, column.max() + 1)
    seen, asked = (
        sparse.csr_matrix((np.ones(rows.sum()), (row[rows], column[rows])), shape=shape).sign()
        for rows in (~held, held)
    )
    asked = Matrix(asked - asked.multiply(seen))
    asked.eliminate_zeros()
    return Case(seen, asked, random.random(shape[0]) < 0.5)


def solved(matrix: Matrix, others: Floats, alpha: float, ridge: Floats) -> Floats:
    """Return the factors of the rows, given those of the columns."""
    gram, found = others.T @ others, np.zeros((matrix.shape[0], others.shape[1]))
    for row in np.flatnonzero(np.diff(matrix.indptr)):
        known = others[matrix.indices[matrix.indptr[row] : matrix.indptr[row + 1]]]
        system = gram + alpha * (known.T @ known)
        system.flat[:: len(system) + 1] += ridge[row]
        # The bare routine: the wrappers cost more than the work for systems as small as these.
        _, found[row], _ = lapack.dposv(system, (1 + alpha) * known.sum(axis=0))
    return found


def of_scores(scores: Floats, case: Case) -> Floats:
    """Return the NDCG of scores of all courses, which are changed; NaN where nothing is asked."""
    scores[case.seen.nonzero()] = -np.inf
    best = np.argsort(-scores, axis=1)[:, :K]
    hits = np.take_along_axis(case.held.toarray() > 0, best, axis=1)
    discount = 1 / np.log2(np.arange(2, K + 2))
    asked = np.diff(case.held.indptr)
    ideal = np.append(0.0, np.cumsum(discount))[np.minimum(asked, K)]
    return np.divide(hits @ discount, ideal, out=np.full(len(asked), np.nan), where=asked > 0)


def interval(values: Floats) -> tuple[float, float, float]:
    """Return the mean with its 95% interval."""
    mean, error = float(values.mean()), float(values.std(ddof=1)) / np.sqrt(len(values))
    return mean, mean - 1.96 * error, mean + 1.96 * error
