"""Tuning and blending on files: what is searched, told, left out, and never looked at."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest

from hrreco.errors import ModelError
from hrreco.evaluation import EvaluationReport
from hrreco.models import offered
from hrreco.training import evaluate_files, on_files
from hrreco.training.tuning import search_space

PEOPLE, COURSES = 120, 12


@pytest.fixture(autouse=True)
def few_trials(monkeypatch: pytest.MonkeyPatch) -> None:
    """Search a little, but for as long as it takes: the same settings on a busy machine."""
    monkeypatch.setattr(on_files, "_TRIALS", 4)
    monkeypatch.setattr(on_files, "_SECONDS", 3_600.0)


def walks(seed: int = 0, length: int = 6) -> pl.DataFrame:
    """Return people who mostly go on from a course to the next."""
    random = np.random.default_rng(seed)
    steps = random.choice([1, 1, 1, 2, 5], size=(PEOPLE, length))
    course = (random.integers(COURSES, size=(PEOPLE, 1)) + steps.cumsum(axis=1)) % COURSES
    return pl.DataFrame(
        {
            "employee_id": np.repeat([f"E{i:03}" for i in range(PEOPLE)], length),
            "course_id": [f"C{i:02}" for i in course.ravel()],
            "position": np.tile(np.arange(length), PEOPLE),
        }
    )


class Files:
    """A train and a test file in a folder, and what is found on them."""

    def __init__(self, folder: Path, train: pl.DataFrame, test: pl.DataFrame) -> None:
        self.train, self.test, self.courses = (
            folder / name for name in ("train.parquet", "test.parquet", "courses.parquet")
        )
        train.write_parquet(self.train)
        test.write_parquet(self.test)

    def evaluate(self, *models: str, courses: bool = False, **more: Any) -> EvaluationReport:
        catalogue = self.courses if courses else None
        if courses:
            ids = [f"C{i:02}" for i in range(COURSES)]
            titles = [f"{'Care' if i % 2 else 'Data'} {i}" for i in range(COURSES)]
            pl.DataFrame({"course_id": ids, "title": titles}).write_parquet(self.courses)
        return evaluate_files(self.train, self.test, catalogue, models, [5], **more)


def last_out(folder: Path, rows: pl.DataFrame, **test: Any) -> Files:
    last = pl.col("position") == pl.col("position").max()
    asked = rows.filter(last).drop("position").with_columns(**test)
    return Files(folder, rows.filter(~last), asked)


@pytest.fixture
def ordered(tmp_path: Path) -> Files:
    return last_out(tmp_path, walks())


@pytest.fixture
def unordered(tmp_path: Path) -> Files:
    rows = walks().unique(["employee_id", "course_id"], maintain_order=True)
    last = pl.int_range(pl.len()).over("employee_id") >= 4
    return Files(tmp_path, rows.filter(~last).drop("position"), rows.filter(last))


def parts(report: EvaluationReport) -> dict[str, float]:
    return {part["name"]: part["weight"] for part in report.settings["blend"]["parts"]}


def spy_on_parts(monkeypatch: pytest.MonkeyPatch) -> list[set[str]]:
    """Return where the names of the models that each blend may be made of are noted."""
    noted: list[set[str]] = []
    learn = on_files.learn_weights

    def noting(models, *rest, **more):
        noted.append(set(models))
        return learn(models, *rest, **more)

    monkeypatch.setattr(on_files, "learn_weights", noting)
    return noted


def test_settings_of_all_models_are_told_as_they_were_fitted(ordered: Files) -> None:
    report = ordered.evaluate("ease", "blend")
    assert set(report.settings) == set(report.models) == {"popularity", "ease", "blend"}
    assert report.settings["ease"]["regularisation"] == 500.0
    assert all(weight > 0 for weight in parts(report).values())
    told = report.to_json()["settings"]
    assert all("settings" in part for part in told["blend"]["parts"])


@pytest.mark.parametrize("asked", [("blend",), ("ease", "blend", "als")])
def test_the_blend_is_of_all_models_that_apply_whatever_else_is_listed(
    asked: tuple[str, ...], ordered: Files, monkeypatch: pytest.MonkeyPatch
) -> None:
    noted = spy_on_parts(monkeypatch)
    report = ordered.evaluate(*asked)
    assert noted == [set(offered()) - {"blend", "content", "cease"}]
    assert set(report.models) == {"popularity", *asked}
    assert not report.unfitted


def test_texts_are_blended_in_where_there_are_courses(
    ordered: Files, monkeypatch: pytest.MonkeyPatch
) -> None:
    noted = spy_on_parts(monkeypatch)
    ordered.evaluate("blend", courses=True)
    assert noted == [set(offered()) - {"blend"}]


@pytest.mark.parametrize("tune", [False, True])
def test_without_an_order_transitions_is_left_out_quietly_unless_it_was_asked_for(
    tune: bool, unordered: Files, monkeypatch: pytest.MonkeyPatch
) -> None:
    noted = spy_on_parts(monkeypatch)
    assert not unordered.evaluate("blend", tune=tune).unfitted
    assert noted == [set(offered()) - {"blend", "content", "cease", "transitions"}]
    report = unordered.evaluate("transitions", "ease", tune=tune)
    assert set(report.unfitted) == {"transitions"}
    assert "order" in report.unfitted["transitions"]
    assert set(report.models) == set(report.settings) == {"popularity", "ease"}


def test_tuning_tries_other_settings_and_tells_what_it_chose(ordered: Files) -> None:
    models = ("transitions", "rp3beta", "itemknn")
    plain, found = ordered.evaluate(*models), ordered.evaluate(*models, tune=True)
    changed = [name for name in models if found.settings[name] != plain.settings[name]]
    assert changed
    for name in models:
        searched = search_space(name)
        for key, value in found.settings[name].items():
            assert key in searched or value == plain.settings[name][key]


def test_the_blend_is_made_of_the_tuned_parts(ordered: Files) -> None:
    report = ordered.evaluate("transitions", "blend", tune=True)
    (own,) = (p for p in report.settings["blend"]["parts"] if p["name"] == "transitions")
    assert own["settings"] == report.settings["transitions"]


def test_who_repeats_a_course_at_the_end_is_asked_for_another_on_the_cut(tmp_path: Path) -> None:
    rows = walks().unique(["employee_id", "course_id"], keep="first", maintain_order=True)
    last = pl.col("position") == pl.col("position").max().over("employee_id")
    seen = rows.filter(~last)
    again = (
        seen.group_by("employee_id", maintain_order=True)
        .first()
        .with_columns(position=pl.lit(99, pl.Int64))
    )
    files = Files(tmp_path, pl.concat([seen, again]), rows.filter(last).drop("position"))
    found = files.evaluate("transitions", "blend")
    ndcg = {name: found.models[name].overall.means["ndcg@5"] for name in found.models}
    assert ndcg["blend"] > ndcg["popularity"] + 0.2


def test_the_rules_answer_whoever_has_no_history(tmp_path: Path) -> None:
    rows, new = walks(), [f"new {i}" for i in range(20)]
    last = pl.col("position") == pl.col("position").max()
    favourite = rows["course_id"].mode().sort()[0]
    of_new = pl.DataFrame({"employee_id": new, "course_id": favourite})
    asked = pl.concat([rows.filter(last).drop("position"), of_new])
    found = Files(tmp_path, rows.filter(~last), asked).evaluate("transitions", "blend")
    cold = [model.slices["cold_start"].means for model in found.models.values()]
    assert cold[0]["ndcg@5"] > 0
    assert cold == cold[:1] * 3


@pytest.mark.parametrize("kind", ["last out", "unordered", "negatives"])
def test_what_the_test_asks_for_chooses_no_setting(kind: str, tmp_path: Path) -> None:
    """The same rows of test but with their courses shuffled give the same settings."""
    rows = walks()
    if kind == "unordered":
        rows = rows.unique(["employee_id", "course_id"], maintain_order=True)
    last = pl.int_range(pl.len()).over("employee_id") >= (4 if kind == "unordered" else 5)
    train, test = rows.filter(~last), rows.filter(last).drop("position")
    if kind == "negatives":
        others = pl.Series([["C00", "C01", "C02", "C03"]] * len(test))
        test = test.with_columns(negatives=others)
    train = train.drop("position") if kind == "unordered" else train
    shuffled = test.with_columns(pl.col("course_id").shuffle(seed=3))
    if kind == "unordered":  # a pair may now be there twice, and would be one row fewer
        shuffled = test.with_columns(pl.col("course_id").reverse().over("employee_id"))
        shuffled = shuffled.with_columns(
            pl.col("course_id").replace({f"C{i:02}": f"C{(i + 1) % 12:02}" for i in range(12)})
        )
    told = []
    for asked in (test, shuffled):
        report = Files(tmp_path, train, asked).evaluate("rp3beta", "blend", tune=True)
        told.append(report.settings)
    assert told[0] == told[1]
    assert not shuffled.equals(test)


def test_neither_the_order_of_rows_nor_repeated_ones_change_anything(tmp_path: Path) -> None:
    for rows in (walks(), walks().drop("position").unique(maintain_order=True)):
        test = rows.gather_every(5).select("employee_id", "course_id").unique(maintain_order=True)
        mixed = pl.concat([rows, rows.head(100)]).sample(fraction=1, shuffle=True, seed=2)
        one, other = (
            Files(tmp_path, train, test).evaluate("itemknn", "blend", tune=True).to_json()
            for train in (rows, mixed)
        )
        assert one == other


def test_the_seed_decides_all(ordered: Files) -> None:
    one, again = (ordered.evaluate("blend", tune=True, seed=5).to_json() for _ in range(2))
    assert one == again


def test_progress_of_the_search_is_told_model_by_model(ordered: Files) -> None:
    told: list[tuple[str, int, int]] = []
    ordered.evaluate("ease", tune=True, progress=lambda *step: told.append(step))
    assert told[:3] == [("tune popularity", 0, 2), ("tune ease", 1, 2), ("tune", 2, 2)]


def test_time_that_a_search_leaves_is_for_the_models_after_it(
    ordered: Files, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[float] = []

    def at_once(name: str, *_: object, seconds: float, **__: object) -> None:
        given.append(seconds)
        raise ModelError(name)

    monkeypatch.setattr(on_files, "tuned", at_once)
    ordered.evaluate("rp3beta", "itemknn", tune=True)
    assert given == pytest.approx([1_200, 1_800, 3_600], rel=0.05)


def test_a_model_that_cannot_be_fitted_on_the_cut_is_judged_as_it_is(tmp_path: Path) -> None:
    """Of two courses each one is left on the cut, and nobody has taken two."""
    rows = walks(length=2).unique(["employee_id", "course_id"], maintain_order=True)
    test = pl.DataFrame({"employee_id": ["E000"], "course_id": ["C05"]})
    report = Files(tmp_path, rows.drop("position"), test).evaluate("itemknn", tune=True)
    assert report.settings["itemknn"]["neighbours"] == 200
    assert not report.unfitted


def test_a_history_of_which_nothing_can_be_held_out_is_no_obstacle(tmp_path: Path) -> None:
    once = walks(length=1)
    files = Files(tmp_path, once, once.with_columns(course_id=pl.col("course_id").reverse()))
    report = files.evaluate("popularity", "blend", tune=True)
    assert set(report.models) == {"popularity", "blend"}


# A is taken by most, B and C by as many; D by too few to count.
TAKEN = {"A": "1234567", "B": "123456", "C": "234567", "D": "8"}


@pytest.mark.parametrize(
    ("course", "negatives", "ranks"),
    [
        ("A", ["B", "C"], [1]),
        ("B", ["A", "C"], [2, 3]),
        ("D", ["A", "B", "C", "D"], [4, 5]),
        ("A", ["B", "B", "D"], [1]),
        ("B", ["C", "C", "D"], [1, 2, 3]),
        ("A", ["D"], [1]),
        ("D", ["A"], [2]),
    ],
)
def test_the_rules_among_negatives_give_the_numbers_of_a_pencil(
    course: str, negatives: list[str], ranks: list[int], tmp_path: Path
) -> None:
    """Equal scores share their ranks evenly; nothing is left out for being taken."""
    train = pl.DataFrame(
        [(person, course) for course, people in TAKEN.items() for person in people],
        schema=["employee_id", "course_id"],
        orient="row",
    )
    test = pl.DataFrame({"employee_id": "9", "course_id": course, "negatives": [negatives]})
    files = Files(tmp_path, train, test)
    report = evaluate_files(files.train, files.test, None, ["popularity"], [2, 3])
    means = report.models["popularity"].overall.means
    for k in (2, 3):
        gains = [1 / math.log2(rank + 1) if rank <= k else 0 for rank in ranks]
        assert means[f"ndcg@{k}"] == pytest.approx(np.mean(gains))
        assert means[f"hit_rate@{k}"] == pytest.approx(np.mean([rank <= k for rank in ranks]))
        assert means[f"mrr@{k}"] == pytest.approx(
            np.mean([1 / rank if rank <= k else 0 for rank in ranks])
        )


def test_each_row_with_negatives_is_judged_by_itself(tmp_path: Path) -> None:
    test = pl.DataFrame(
        {
            "employee_id": ["E000", "E000", "E001"],
            "course_id": ["C00", "C01", "C02"],
            "negatives": [["C05"], ["C06"], ["C07"]],
        }
    )
    report = Files(tmp_path, walks(), test).evaluate("transitions", "blend", tune=True)
    assert report.learners == 3
    assert {"transitions", "blend"} <= set(report.models)


def test_order_is_what_tells_where_people_go_on(ordered: Files, tmp_path: Path) -> None:
    others = pl.Series([[f"C{i:02}" for i in range(0, COURSES, 2)]] * PEOPLE)
    for files in (ordered, last_out(tmp_path, walks(), negatives=others)):
        models = files.evaluate("transitions", "ease", tune=True).models
        ndcg = {name: model.overall.means["ndcg@5"] for name, model in models.items()}
        assert ndcg["transitions"] > 1.2 * ndcg["ease"]
