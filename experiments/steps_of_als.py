"""Find what fewer steps of conjugate gradients cost ALS, and how much time they save.

    python experiments/steps_of_als.py FOLDER [--out section.json]

implicit takes three steps for each vector and round; a schedule says how many rounds take how
many. FOLDER holds mooccubex/train.parquet and concepts/train.parquet, as for quality.py. What is
held out is that of ridge_by_frequency.py; settings are the defaults, with as many factors as are
named. Each schedule is run from several first factors, in turns, and a learner counts by the mean
of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import NamedTuple

import numpy as np
from implicit.cpu._als import calculate_loss
from implicit.cpu.als import AlternatingLeastSquares
from threadpoolctl import threadpool_limits

from ridge_by_frequency import Case, Floats, Matrix, case_of, interval, of_scores, solved
from sections import Section, Table, difference, figure, run

ALPHA, SHARE, K = 8.0, 0.5, 20
FACTORS = (16, 64)
SEEDS = (1, 2, 3, 4, 5)

Schedule = Sequence[tuple[int, int]]
"""Pairs of how many rounds, and of how many steps each."""

SCHEDULES: dict[str, Schedule] = {
    "15 rounds of 3": [(15, 3)],
    "8 rounds of 3, 7 of 2": [(8, 3), (7, 2)],
    "15 rounds of 2": [(15, 2)],
}


class Found(NamedTuple):
    """What fits by one schedule took and reached.

    Attributes
    ----------
    seconds, loss
        Of each first factors; the loss is what ALS minimises, for an entry of the matrix.
    ndcg
        Of each first factors, and each learner who is asked.
    """

    seconds: list[float]
    loss: list[float]
    ndcg: list[Floats]


def fitted(case: Case, factors: int, schedule: Schedule, seed: int) -> tuple[float, float, Floats]:
    """Return the seconds and the loss of one fit, and what it reaches for each learner."""
    confidence = Matrix((1 + ALPHA) * case.seen, dtype=np.float32)
    density = case.seen.nnz / np.prod(case.seen.shape)
    ridge = SHARE * (1 + ALPHA) * np.sqrt(density) * np.sqrt(case.seen.shape).sum()
    engine = AlternatingLeastSquares(factors, regularization=ridge, random_state=seed)
    begun = perf_counter()
    for engine.iterations, engine.cg_steps in schedule:
        engine.fit(confidence, show_progress=False)
    seconds = perf_counter() - begun
    loss = calculate_loss(confidence, engine.user_factors, engine.item_factors, ridge)
    courses = engine.item_factors.astype(np.float64)
    people = solved(case.seen, courses, ALPHA, np.full(case.seen.shape[0], ridge))
    ndcg = of_scores(people @ courses.T, case)
    return seconds, loss, ndcg[~np.isnan(ndcg)]


def compared(name: str, case: Case, factors: int) -> Iterator[tuple[str, ...]]:
    """Yield a line for each schedule: what it takes and loses against the first."""
    found = {told: Found([], [], []) for told in SCHEDULES}
    for seed in SEEDS:
        for told, schedule in SCHEDULES.items():
            for so_far, new in zip(
                found[told], fitted(case, factors, schedule, seed), strict=True
            ):
                so_far.append(new)
    first = next(iter(found.values()))
    for told, one in found.items():
        took = median(a / b for a, b in zip(one.seconds, first.seconds, strict=True))
        loss = np.mean(one.loss) / np.mean(first.loss) - 1
        reached, before = np.mean(one.ndcg, axis=0), np.mean(first.ndcg, axis=0)
        gain = "" if one is first else difference(interval(reached - before))
        cells = (f"{took:.2f}", f"{loss:+.3%}", figure(interval(reached)), gain)
        yield (name, f"{factors}", told, *cells)


def study(folder: Path) -> Section:
    """Compare the schedules on whatever data there is."""
    text = ["ALS by the steps of conjugate gradients that each vector takes in a round."]
    rows: list[tuple[str, ...]] = []
    for name in ("mooccubex", "concepts"):
        path = folder / name / "train.parquet"
        if path.is_file():
            case = case_of(path)
            rows += [row for factors in FACTORS for row in compared(name, case, factors)]
        else:
            text.append(f"There was no folder {name}, so it is left out.")
    columns = ("data", "factors", "steps", "time", "loss", f"NDCG@{K}", "against the first")
    tables = [Table("ALS by steps", columns, rows)] if rows else []
    return Section("Steps of ALS", "python experiments/steps_of_als.py FOLDER", text, tables)


if __name__ == "__main__":
    with threadpool_limits(1, user_api="blas"):  # the systems are too small for more
        run(study, __doc__ or "", needs_folder=True)
