"""Find whether ALS gains from a ridge that grows with how often a learner or course is there.

    python experiments/ridge_by_frequency.py FOLDER [--out section.json]

A row that is observed n times among N others is given the ridge λ ((α n + N) / mean)^ν: ν = 0 is
the same for all, ν = 1 that of Zhou et al., "Large-Scale Parallel Collaborative Filtering for the
Netflix Prize", AAIM 2008, with the count of Rendle et al., "Revisiting the Performance of iALS on
Item Recommendation Benchmarks", RecSys 2022. Engines have one ridge for all, so this is ALS in
numpy. FOLDER holds mooccubex/train.parquet and concepts/train.parquet, as for quality.py. For each
ν, λ and α are chosen on half of the learners, and judged on the others.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy import sparse
from scipy.linalg import lapack
from threadpoolctl import threadpool_limits

from sections import Section, Table, difference, figure, run

Matrix = sparse.csr_matrix
Floats = NDArray[np.float64]

FACTORS, ROUNDS, K = 32, 8, 20
POWERS = (0.0, 0.5, 1.0)
ALPHAS = (8.0, 16.0)
SHARES = (0.4, 0.6, 0.8, 1.0)
"""The ridge as a share of the largest singular value of as many events put at random."""


class Case(NamedTuple):
    """What was seen, what is to be foreseen, and which learners the settings are chosen by."""

    seen: Matrix
    held: Matrix
    chooses: NDArray[np.bool_]


class Setting(NamedTuple):
    """How the factors are fitted."""

    power: float
    alpha: float
    share: float


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


def ridges(matrix: Matrix, setting: Setting) -> Floats:
    """Return the ridge of each row, relative to their mean count."""
    counts = setting.alpha * np.diff(matrix.indptr) + matrix.shape[1]
    return np.asarray((counts / counts.mean()) ** setting.power)


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


def ndcg(case: Case, setting: Setting) -> Floats:
    """Return what a fit reaches for each learner who is asked; NaN for the others."""
    columns = Matrix(case.seen.T)
    density = case.seen.nnz / np.prod(case.seen.shape)
    chance = (1 + setting.alpha) * np.sqrt(density) * np.sqrt(case.seen.shape).sum()
    of_rows, of_columns = (
        setting.share * chance * ridges(matrix, setting) for matrix in (case.seen, columns)
    )
    factors = np.random.default_rng(1).normal(0, 0.1, (case.seen.shape[1], FACTORS))
    for _ in range(ROUNDS):
        people = solved(case.seen, factors, setting.alpha, of_rows)
        factors = solved(columns, people, setting.alpha, of_columns)
    people = solved(case.seen, factors, setting.alpha, of_rows)
    return of_scores(people @ factors.T, case)


def of_scores(scores: Floats, case: Case) -> Floats:
    """Return the NDCG that scores of all courses reach, as `ndcg` does; they are changed."""
    scores[case.seen.nonzero()] = -np.inf
    best = np.argsort(-scores, axis=1)[:, :K]
    hits = np.take_along_axis(case.held.toarray() > 0, best, axis=1)
    discount = 1 / np.log2(np.arange(2, K + 2))
    asked = np.diff(case.held.indptr)
    ideal = np.append(0.0, np.cumsum(discount))[np.minimum(asked, K)]
    return np.divide(hits @ discount, ideal, out=np.full(len(asked), np.nan), where=asked > 0)


def compared(name: str, case: Case) -> Iterator[tuple[str, ...]]:
    """Yield a line for each power: what was chosen, and how it does on the other learners."""
    flat: Floats | None = None
    for power in POWERS:
        tried = [Setting(power, alpha, share) for alpha in ALPHAS for share in SHARES]
        found = {setting: ndcg(case, setting) for setting in tried}
        best = max(tried, key=lambda setting: np.nanmean(found[setting][case.chooses]))
        others = found[best][~case.chooses]
        others = others[~np.isnan(others)]
        gain = "" if flat is None else difference(interval(others - flat))
        flat = others if flat is None else flat
        cells = (f"{power:g}", f"{best.alpha:g}", f"{best.share:g}", figure(interval(others)))
        yield (name, *cells, gain)


def interval(values: Floats) -> tuple[float, float, float]:
    """Return the mean with its 95% interval."""
    mean, error = float(values.mean()), float(values.std(ddof=1)) / np.sqrt(len(values))
    return mean, mean - 1.96 * error, mean + 1.96 * error


def study(folder: Path) -> Section:
    """Compare the powers on whatever data there is."""
    text = ["The ridge of ALS by how often a learner or a course is there, to the power ν."]
    rows: list[tuple[str, ...]] = []
    for name in ("mooccubex", "concepts"):
        path = folder / name / "train.parquet"
        if path.is_file():
            rows += compared(name, case_of(path))
        else:
            text.append(f"There was no folder {name}, so it is left out.")
    columns = ("data", "ν", "α", "ridge", f"NDCG@{K}", "against ν = 0")
    tables = [Table("ALS by the power of the frequency", columns, rows)] if rows else []
    command = "python experiments/ridge_by_frequency.py FOLDER"
    return Section("A ridge by frequency in ALS", command, text, tables)


if __name__ == "__main__":
    with threadpool_limits(1, user_api="blas"):  # the systems are too small for more
        run(study, __doc__ or "", needs_folder=True)
