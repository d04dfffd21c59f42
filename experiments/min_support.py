"""Find what it costs to learn only from pairs of courses that enough people took.

    python experiments/min_support.py [FOLDER] [--out section.json]

Models that count pairs are judged with and without a support of five people, on ever larger
companies: made-up ones, or, where FOLDER holds mooccubex/train.parquet with employee_id and
course_id, groups of its learners. Those have no order, so each enrolment is put at a random time:
what is to be foreseen is then a random part of everybody's history.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import polars as pl

from hrreco import LearningData, TrainConfig, synthetic_company, train
from sections import Section, Table, figure, run

SIZES = (200, 670, 2_000, 6_700)
COURSES = 300
SUPPORT = 5
METRIC = "ndcg@10"
_NOT_SHOWN = "not fitted, or too few to tell"
IN_ORDER = ("transitions", "itemknn", "rp3beta")
WITHOUT_ORDER = ("itemknn", "rp3beta")


def enrolments(path: Path, learners: int) -> LearningData:
    """Return so many learners of a file, drawn with a fixed seed, as a company."""
    taken = pl.read_parquet(path, columns=["employee_id", "course_id"]).unique(maintain_order=True)
    some = taken["employee_id"].unique().sort().sample(learners, seed=1)
    taken = taken.filter(pl.col("employee_id").is_in(some.implode()))
    second = np.random.default_rng(1).integers(0, 365 * 86_400, len(taken))
    at = pl.lit("2024-01-01").str.to_datetime(time_zone="UTC")
    return LearningData.from_frames(
        employees=pl.DataFrame({"employee_id": some}).with_columns(
            pl.lit("Learner").alias("role")
        ),
        courses=taken.select(pl.col("course_id").unique().sort()).with_columns(
            pl.col("course_id").alias("title")
        ),
        events=taken.with_columns(
            pl.lit("completed").alias("kind"),
            (at + pl.duration(seconds=pl.Series(second))).alias("occurred_at"),
        ),
        as_of="2025-01-01",
    )


def judged(data: LearningData, models: tuple[str, ...], support: int) -> dict[str, tuple]:
    """Return the mean and interval of each model, fitted with this support."""
    settings = {name: {"min_support": support} for name in models}
    report = train(data, TrainConfig(models=models, settings=settings)).report
    if report is None or report.chosen_by is None:
        return {}
    found = report.chosen_by.models
    return {
        name: found[name].overall.intervals[METRIC]
        for name in models
        if name in found and found[name].overall.assessable
    }


def compared(what: str, data: LearningData, models: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Yield a line for each model: without support, with it, and what that costs."""
    every, supported = (judged(data, models, least) for least in (1, SUPPORT))
    for name in models:
        shown = [figure(of[name]) if name in of else _NOT_SHOWN for of in (every, supported)]
        both = _NOT_SHOWN not in shown
        cost = f"{supported[name][0] / every[name][0] - 1:+.1%}" if both else ""
        yield (what, name, *shown, cost)


def study(folder: Path | None) -> Section:
    """Judge the models on companies of each size, and on whatever data there is."""
    rows: list[tuple[str, ...]] = []
    for size in SIZES:
        company = synthetic_company(size, courses=COURSES)
        rows += compared(f"made up, {size:,}", company, IN_ORDER)
    path = folder / "mooccubex" / "train.parquet" if folder else None
    if path is not None and path.is_file():
        for size in SIZES:
            rows += compared(f"MOOCCubeX, {size:,}", enrolments(path, size), WITHOUT_ORDER)
    columns = ("people", "model", f"{METRIC}, each pair", f"at least {SUPPORT} people", "cost")
    return Section(
        "A minimum support of course pairs",
        "python experiments/min_support.py FOLDER",
        ["NDCG@10 on the second window of a training, over all employees."],
        [Table("Models of pairs with and without support", columns, rows)],
    )


if __name__ == "__main__":
    run(study, __doc__ or "", needs_folder=False)
