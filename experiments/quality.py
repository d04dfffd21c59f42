"""Find how good tuned models are on real data, and whether that is as good as it has to be.

    python experiments/quality.py FOLDER [--out section.json]

Settings are searched, and the weights of the blend learned, on a cut inside each train file.
FOLDER holds, where they are there,

- mooccubex: enrolments without an order. train.parquet and test.parquet with employee_id and
  course_id; courses.parquet with course_id, title and description.
- concepts: ordered study actions. train.parquet with employee_id, course_id and position;
  test.parquet with employee_id, course_id and negatives.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from hrreco import EvaluationReport, evaluate_files
from sections import Section, Table, difference, figure, run

MODELS = ("transitions", "ease", "itemknn", "rp3beta", "als", "blend")


class Goal(NamedTuple):
    """What a model has to reach, and what it would be good to reach."""

    model: str
    metric: str
    least: float
    aim: float | None = None


class Data(NamedTuple):
    """One split that is judged by.

    Attributes
    ----------
    metrics
        What is shown.
    """

    folder: str
    what: str
    k: int
    metrics: tuple[str, ...]
    goals: tuple[Goal, ...]


ALL_DATA = (
    Data(
        "mooccubex",
        "enrolments without an order, among all courses",
        20,
        ("ndcg@20", "recall@20"),
        (
            Goal("ease", "ndcg@20", 0.152),
            Goal("als", "ndcg@20", 0.124),
            Goal("blend", "ndcg@20", 0.155, aim=0.165),
        ),
    ),
    Data(
        "concepts",
        "ordered study actions, among 99 others, ties broken evenly",
        10,
        ("ndcg@10", "hit_rate@10"),
        (
            Goal("transitions", "ndcg@10", 0.560),
            Goal("blend", "hit_rate@10", 0.858),
            Goal("blend", "ndcg@10", 0.572, aim=0.60),
        ),
    ),
)


def judged(data: Data, folder: Path) -> EvaluationReport:
    """Tune the models inside the train file, and judge them by the test file."""
    train, test, courses = (folder / f"{name}.parquet" for name in ("train", "test", "courses"))
    described = courses if courses.is_file() else None
    return evaluate_files(train, test, described, MODELS, [data.k], tune=True)


def figures(data: Data, report: EvaluationReport) -> Table:
    """Return the figure of each model, the best last."""
    first = data.metrics[0]
    by_figure = sorted(report.models.items(), key=lambda item: item[1].overall.means[first])
    rows = [
        (
            "popularity (the rules)" if name == "popularity" else name,
            *(figure(model.overall.intervals[metric]) for metric in data.metrics),
            "" if name == "popularity" else difference(model.overall.versus["rules"][first]),
        )
        for name, model in by_figure
    ]
    columns = ("model", *map(_shown, data.metrics), f"{_shown(first)} against the rules")
    return Table(f"{data.folder}: {data.what}", columns, rows)


def compared(data: Data, report: EvaluationReport) -> Iterator[tuple[str, ...]]:
    """Yield a line for each goal: what was reached, and whether that is enough."""
    for model, metric, least, aim in data.goals:
        found = report.models[model].overall.intervals[metric]
        yield (
            data.folder,
            model,
            _shown(metric),
            _plain(least),
            figure(found),
            "pass" if found.mean >= least else "miss",
            "" if aim is None else f"{_plain(aim)}: {'reached' if found.mean >= aim else 'miss'}",
        )


def made_of(report: EvaluationReport) -> str:
    """Return the parts of the blend and their weights, as a person reads them."""
    parts = report.settings["blend"]["parts"]
    return ", ".join(f"{part['name']} x {part['weight']:g}" for part in parts)


def study(folder: Path, all_data: tuple[Data, ...] = ALL_DATA) -> Section:
    """Judge the models on whatever data there is."""
    found = Section(
        "Quality on real data",
        "python experiments/quality.py FOLDER",
        [
            "Settings are searched, and the weights of the blend learned, on a cut inside each "
            "train file; the test file is looked at once. Figures are means over learners with "
            "their 95% bootstrap intervals. A goal is passed when the figure reaches it.",
        ],
    )
    goals: list[tuple[str, ...]] = []
    for data in all_data:
        if not (folder / data.folder).is_dir():
            found.text.append(f"There was no folder {data.folder}, so it is left out.")
            continue
        report = judged(data, folder / data.folder)
        found.tables.append(figures(data, report))
        goals += compared(data, report)
        found.text.append(f"The blend on {data.folder} came to be {made_of(report)}.")
        found.metrics |= {
            f"{data.folder}.{name}.{metric}": model.overall.means[metric]
            for name, model in report.models.items()
            for metric in data.metrics
        }
    if goals:
        columns = ("data", "model", "metric", "goal", "reached", "verdict", "aim")
        found.tables.insert(0, Table("Goals", columns, goals))
    return found


def _shown(metric: str) -> str:
    return metric.replace("ndcg", "NDCG").replace("hit_rate", "HR").replace("recall", "Recall")


def _plain(value: float) -> str:
    return f"{value:.3f}".removeprefix("0")


if __name__ == "__main__":
    run(study, __doc__ or "", needs_folder=True)
