"""Find what helps where there is no history: people who are new, and courses that are.

    python experiments/cold_start.py [FOLDER] [--out section.json]

New hires are those of made-up companies: whoever has taken nothing before the cut. Each model
answers them by itself, though in serving the rules answer all new hires alike. New courses are a
tenth of a catalogue, of which all that was taken before the cut is hidden: in a made-up company,
and in the enrolments of FOLDER/mooccubex, where that is (train.parquet, test.parquet with
employee_id and course_id; courses.parquet with course_id, title, description).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import polars as pl

from hrreco import (
    EvaluationReport,
    LearningData,
    evaluate_files,
    evaluate_history,
    synthetic_company,
)
from sections import Section, Table, difference, figure, run

AS_OF = "2026-03-31"
COMPANIES = ((1_500, 11), (1_500, 12), (1_500, 13), (5_000, 11), (5_000, 12), (5_000, 13))
"""Employees, and the seed: others than those (1 to 4) that the factors of lightfm were set by."""
OF_PEOPLE = ("lightfm", "content")
OF_COURSES = ("content", "cease")
K = 10
METRIC = f"ndcg@{K}"
NEW_SHARE = 0.1
"""Of the catalogue."""


class Files(NamedTuple):
    """What was taken before and after a cut, and the catalogue."""

    label: str
    name: str
    train: pl.DataFrame
    test: pl.DataFrame
    courses: pl.DataFrame


class Judged(NamedTuple):
    """One question, and what became of it.

    Attributes
    ----------
    cells
        What stands before each model in the table.
    label
        The name of its figures.
    part
        The slice of the report that answers it.
    """

    cells: tuple[str, ...]
    label: str
    report: EvaluationReport
    part: str

    def rows(self) -> Iterator[tuple[str, ...]]:
        """Yield a line for each model: its figure, the difference to the rules, the verdict."""
        for name, model in self.report.models.items():
            found = model.slices[self.part]
            own = figure(found.intervals[METRIC])
            if name == "popularity":
                yield (*self.cells, "popularity (the rules)", own, "", "")
            else:
                gain, verdict = found.versus["rules"][METRIC], found.verdict(METRIC)
                yield (*self.cells, name, own, difference(gain), str(verdict))

    def gains(self) -> dict[str, float]:
        """Return the lower ends of the intervals of the differences."""
        return {
            f"{self.label}.{name}.gain_low": model.slices[self.part].versus["rules"][METRIC].low
            for name, model in self.report.models.items()
            if name != "popularity"
        }


def new_hires(employees: int, seed: int) -> Judged:
    """Judge models on whoever has taken nothing yet."""
    company = synthetic_company(employees, seed=seed)
    report = evaluate_history(company, OF_PEOPLE, [K], alone=True, as_of=AS_OF)
    people = report.models["popularity"].slices["cold_start"].learners
    cells = (f"{employees:,} employees, seed {seed}", str(people))
    return Judged(cells, f"new_hires.{employees}.{seed}", report, "cold_start")


def new_courses(files: Files) -> Iterator[Judged]:
    """Judge models on courses that nobody has taken: among those alone, and among all."""
    ids = files.courses["course_id"].unique().sort()
    new = ids.sample(fraction=NEW_SHARE, seed=1).sort()
    train = files.train.filter(~pl.col("course_id").is_in(new.implode()))
    asked = files.test.filter(
        pl.col("course_id").is_in(new.implode()),
        pl.col("employee_id").is_in(train["employee_id"].unique().implode()),
    )
    # One course of each employee: the questions are then as independent as people are.
    asked = asked.sample(fraction=1.0, shuffle=True, seed=1).unique("employee_id", keep="first")
    asked = asked.select("employee_id", "course_id").sort("employee_id")
    others = [new.filter(new != own).to_list() for own in asked["course_id"]]
    for candidates, test in (
        ("new", asked.with_columns(pl.Series("negatives", others))),
        ("all", asked),
    ):
        cells = (files.name, f"{len(new):,}", f"{len(asked):,}", candidates)
        label = f"new_courses.{files.label}.among_{candidates}"
        yield Judged(cells, label, _on_files(train, test, files.courses), "all")


def _on_files(train: pl.DataFrame, test: pl.DataFrame, courses: pl.DataFrame) -> EvaluationReport:
    with TemporaryDirectory() as parent:
        paths = [Path(parent, f"{name}.parquet") for name in ("train", "test", "courses")]
        for path, frame in zip(paths, (train, test, courses), strict=True):
            frame.write_parquet(path)
        return evaluate_files(*paths, OF_COURSES, [K])


def of_company(company: LearningData) -> Files:
    """Cut a company's completions in time: the last fifth is to be foreseen."""
    taken = company.events.filter(pl.col("kind").is_in(["completed", "passed"]))
    courses = company.courses.filter(
        pl.col("mandatory_for").list.len() == 0, ~pl.col("sensitive")
    ).with_columns(pl.col("skills").list.eval(pl.element().struct.field("skill")))
    taken = taken.filter(pl.col("course_id").is_in(courses["course_id"].implode()))
    cut = taken["occurred_at"].quantile(0.8)
    return Files(
        "company",
        f"made-up company of {len(company.employees):,}",
        taken.filter(pl.col("occurred_at") < cut).select(
            "employee_id", "course_id", "occurred_at"
        ),
        taken.filter(pl.col("occurred_at") >= cut).select("employee_id", "course_id"),
        courses.select("course_id", "title", "description", "skills", "tags"),
    )


def of_folder(folder: Path) -> Files:
    """Read a split that somebody else made."""
    train, test, courses = (
        pl.read_parquet(folder / f"{name}.parquet") for name in ("train", "test", "courses")
    )
    taken = pl.concat([train, test])["course_id"].unique().implode()
    return Files(
        folder.name, folder.name, train, test, courses.filter(pl.col("course_id").is_in(taken))
    )


def study(folder: Path | None, companies: tuple[tuple[int, int], ...] = COMPANIES) -> Section:
    """Find what helps on both cold slices."""
    hires = [new_hires(*company) for company in companies]
    employees, seed = companies[-1]
    all_files = [of_company(synthetic_company(employees, seed=seed))]
    text = [
        "Where there is no history. Differences are to popularity by role, paired by employee, "
        "with their 95% interval: above zero, a model is better.",
        "New hires have taken nothing before the cut; each model answers them by itself. In "
        "serving, the rules answer all new hires alike, whatever model serves.",
        "New courses are a tenth of the catalogue, of which all that was taken before the cut is "
        "hidden. One that was taken later is asked for of each employee: among the new ones "
        "alone, where whoever knows nothing of them is right by chance, or among all.",
    ]
    if folder is not None and (folder / "mooccubex").is_dir():
        all_files.append(of_folder(folder / "mooccubex"))
    else:
        text.append("There was no folder mooccubex with real enrolments, so it is left out.")
    courses = [judged for files in all_files for judged in new_courses(files)]
    tables = [
        _table("New hires: each model by itself", ("company", "new hires"), hires),
        _table(
            "Courses that nobody has taken",
            ("data", "new courses", "employees", "candidates"),
            courses,
        ),
    ]
    metrics = {name: low for judged in (*hires, *courses) for name, low in judged.gains().items()}
    command = f"python experiments/cold_start.py{'' if folder is None else ' FOLDER'}"
    return Section("Cold starts", command, text, tables, metrics)


def _table(title: str, before: tuple[str, ...], judged: list[Judged]) -> Table:
    columns = (*before, "model", f"NDCG@{K}", "against the rules", "verdict")
    return Table(title, columns, [row for one in judged for row in one.rows()])


if __name__ == "__main__":
    run(study, __doc__ or "", needs_folder=False)
