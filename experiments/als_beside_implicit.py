"""Find whether hrreco's ALS comes as far as implicit's, whose solver it uses with fewer steps.

    python experiments/als_beside_implicit.py FOLDER [--out section.json]

implicit takes three steps of conjugate gradients for each vector and round, or solves each system
exactly where it is told so; hrreco takes two, preconditioned. FOLDER holds mooccubex/train.parquet
and concepts/train.parquet, as for quality.py, and what is judged are cuts inside these. All have
the same ridge, that of hrreco's default. The loss is that of the courses' vectors, with learners
who are solved exactly. Each is fitted from several first vectors, and a learner counts by their
mean.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import numpy as np
import polars as pl
from implicit.cpu._als import calculate_loss
from implicit.cpu.als import AlternatingLeastSquares
from threadpoolctl import threadpool_limits

from cuts import Case, Floats, K, Matrix, cases, interval, of_scores, solved
from hrreco import LearningData, Recipe, refit
from sections import Section, Table, difference, figure, run

SHARE = 0.5
"""The ridge, as the default of `regularisation`."""

SEEDS = (1, 2, 3)


class Setting(NamedTuple):
    """What is fitted."""

    factors: int
    alpha: float
    rounds: int


SETTINGS = (
    Setting(16, 8.0, 15),
    Setting(64, 8.0, 15),
    Setting(64, 40.0, 15),
    Setting(16, 8.0, 5),
)

Fit = Callable[[Case, Setting, int], Floats]
"""Returns the vectors of courses, for a seed."""


def by_implicit(case: Case, setting: Setting, seed: int, *, use_cg: bool = True) -> Floats:
    """Fit implicit's."""
    engine = AlternatingLeastSquares(
        setting.factors,
        regularization=ridge_of(case, setting),
        iterations=setting.rounds,
        use_cg=use_cg,
        random_state=seed,
    )
    engine.fit(Matrix((1 + setting.alpha) * case.seen, dtype=np.float32), show_progress=False)
    return engine.item_factors.astype(np.float64)


def exactly(case: Case, setting: Setting, seed: int) -> Floats:
    """Fit implicit's, with each system solved."""
    return by_implicit(case, setting, seed, use_cg=False)


def by_hrreco(case: Case, setting: Setting, seed: int) -> Floats:
    """Fit hrreco's, on tables of the same, and read the vectors out of its bundle."""
    people, courses = (np.array([f"{i:06}" for i in range(n)]) for n in case.seen.shape)
    row, column = case.seen.nonzero()
    taken = {"employee_id": people[row], "course_id": courses[column]}
    data = LearningData.from_frames(
        employees=pl.DataFrame({"employee_id": people, "role": "Learner"}),
        courses=pl.DataFrame({"course_id": courses, "title": "Course"}),
        events=pl.DataFrame({**taken, "kind": "completed", "occurred_at": "2024-05-01"}),
    )
    settings = {**setting._asdict(), "regularisation": SHARE, "seed": seed}
    recipe = Recipe(name="als", settings=settings)
    with TemporaryDirectory() as folder:
        refit(recipe, data).save(bundle := Path(folder) / "bundle")
        found = np.load(bundle / "learned.factors.npy")
    return np.asarray(found, dtype=np.float64)


ENGINES: dict[str, Fit] = {
    "implicit": by_implicit,
    "implicit, solved exactly": exactly,
    "hrreco": by_hrreco,
}


def ridge_of(case: Case, setting: Setting) -> float:
    """Return the ridge that hrreco makes of the share."""
    shape = case.seen.shape
    density = case.seen.nnz / np.prod(shape)
    return float(SHARE * (1 + setting.alpha) * np.sqrt(density) * np.sqrt(shape).sum())


def judged(case: Case, setting: Setting, courses: Floats) -> tuple[float, Floats]:
    """Return the loss of courses' vectors, and what they reach for each learner."""
    ridge = ridge_of(case, setting)
    people = solved(case.seen, courses, setting.alpha, np.full(case.seen.shape[0], ridge))
    confidence = Matrix((1 + setting.alpha) * case.seen, dtype=np.float32)
    vectors = (side.astype(np.float32) for side in (people, courses))
    ndcg = of_scores(people @ courses.T, case)
    return calculate_loss(confidence, *vectors, ridge), ndcg[~np.isnan(ndcg)]


def compared(name: str, case: Case, setting: Setting) -> Iterator[tuple[str, ...]]:
    """Yield a line for each engine: what it loses and reaches against the first."""
    first: tuple[float, Floats] | None = None
    for engine, fit in ENGINES.items():
        found = [judged(case, setting, fit(case, setting, seed)) for seed in SEEDS]
        loss = float(np.mean([one for one, _ in found]))
        reached = np.mean([one for _, one in found], axis=0)
        gain = "" if first is None else difference(interval(reached - first[1]))
        first = first or (loss, reached)
        told = (f"{setting.factors}", f"{setting.alpha:g}", f"{setting.rounds}", engine)
        yield (name, *told, f"{loss / first[0] - 1:+.4%}", figure(interval(reached)), gain)


def study(folder: Path) -> Section:
    """Compare the engines on whatever data there is."""
    text = ["ALS by hrreco and by implicit, with the same ridge."]
    rows = [
        row
        for name, case in cases(folder, text)
        for setting in SETTINGS
        for row in compared(name, case, setting)
    ]
    columns = ("data", "factors", "α", "rounds", "by", "loss", f"NDCG@{K}", "against the first")
    tables = [Table("ALS by two engines", columns, rows)] if rows else []
    command = "python experiments/als_beside_implicit.py FOLDER"
    return Section("ALS beside implicit", command, text, tables)


if __name__ == "__main__":
    with threadpool_limits(1, user_api="blas"):  # the systems are too small for more
        run(study, __doc__ or "", needs_folder=True)
