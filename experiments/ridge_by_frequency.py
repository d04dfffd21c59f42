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
from threadpoolctl import threadpool_limits

from cuts import Case, Floats, K, Matrix, cases, interval, of_scores, solved
from sections import Section, Table, difference, figure, run

FACTORS, ROUNDS = 32, 8
POWERS = (0.0, 0.5, 1.0)
ALPHAS = (8.0, 16.0)
SHARES = (0.4, 0.6, 0.8, 1.0)
"""The ridge as a share of the largest singular value of as many events put at random."""


class Setting(NamedTuple):
    """How the factors are fitted."""

    power: float
    alpha: float
    share: float


def ridges(matrix: Matrix, setting: Setting) -> Floats:
    """Return the ridge of each row, relative to their mean count."""
    counts = setting.alpha * np.diff(matrix.indptr) + matrix.shape[1]
    return np.asarray((counts / counts.mean()) ** setting.power)


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


def study(folder: Path) -> Section:
    """Compare the powers on whatever data there is."""
    text = ["The ridge of ALS by how often a learner or a course is there, to the power ν."]
    rows = [row for name, case in cases(folder, text) for row in compared(name, case)]
    columns = ("data", "ν", "α", "ridge", f"NDCG@{K}", "against ν = 0")
    tables = [Table("ALS by the power of the frequency", columns, rows)] if rows else []
    command = "python experiments/ridge_by_frequency.py FOLDER"
    return Section("A ridge by frequency in ALS", command, text, tables)


if __name__ == "__main__":
    with threadpool_limits(1, user_api="blas"):  # the systems are too small for more
        run(study, __doc__ or "", needs_folder=True)
