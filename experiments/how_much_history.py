"""Find from how many employees on a learned model beats the rules.

Draws ever larger groups of learners from a split given as files, and judges the models on each
group alone. The rules should win, or nothing be shown, while there are few.

    python experiments/how_much_history.py FOLDER

The folder holds train.parquet and test.parquet, each with the columns employee_id and course_id.
"""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl

from hrreco import EvaluationReport, evaluate_files

SIZES = (50, 100, 200, 500, 1_000, 3_000)
MODELS = ("ease", "als")
METRIC = "ndcg@20"


def judge_some(folder: Path, learners: int) -> EvaluationReport:
    """Judge the models on the rows of so many learners, drawn with a fixed seed."""
    train, test = (pl.read_parquet(folder / f"{part}.parquet") for part in ("train", "test"))
    some = train["employee_id"].unique().sort().sample(learners, seed=1).implode()
    with TemporaryDirectory() as parent:
        paths = [Path(parent, f"{part}.parquet") for part in ("train", "test")]
        for path, frame in zip(paths, (train, test), strict=True):
            frame.filter(pl.col("employee_id").is_in(some)).write_parquet(path)
        return evaluate_files(paths[0], paths[1], None, MODELS, [20])


def main() -> None:
    """Print one line for each size and model."""
    folder = Path(sys.argv[1])
    print("| employees | model | NDCG@20 | against the rules (95% interval) | verdict |")
    print("| --- | --- | --- | --- | --- |")
    people = pl.read_parquet(folder / "train.parquet")["employee_id"].n_unique()
    for learners in (size for size in SIZES if size <= people):
        report = judge_some(folder, learners)
        for name in MODELS:
            overall = report.models[name].overall
            gain = overall.versus["rules"][METRIC]
            interval = f"{gain.mean:+.4f} ({gain.low:+.4f} to {gain.high:+.4f})"
            cells = (f"{learners:,}", name, f"{overall.means[METRIC]:.4f}", interval)
            print("|", " | ".join(cells), "|", overall.verdict(METRIC), "|")


if __name__ == "__main__":
    main()
