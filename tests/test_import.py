import json
import subprocess
import sys

FIRST_FIT = """
import polars as pl
from hrreco import LearningData, Recipe, refit
people = [f"E{i}" for i in range(10)]
data = LearningData.from_frames(
    employees=pl.DataFrame({"employee_id": people, "role": "Nurse"}),
    courses=pl.DataFrame({"course_id": ["C1", "C2"], "title": "Hygiene"}),
    events=pl.DataFrame(
        {"employee_id": people, "course_id": ["C1", "C2"] * 5}
    ).with_columns(kind=pl.lit("completed"), occurred_at=pl.lit("2024-05-01")),
)
refit(Recipe(name="als"), data)
"""

HEAVY = ("mlflow", "implicit", "lightfm", "sklearn", "dataframely", "optuna")


def modules_after(statement: str) -> set[str]:
    code = f"import json, sys\n{statement}\nprint(json.dumps(sorted(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    return set(json.loads(done.stdout))


def test_importing_hrreco_imports_nothing_heavy() -> None:
    loaded = modules_after("import hrreco")
    assert loaded.isdisjoint({*HEAVY, "polars", "numpy", "scipy", "pydantic"})


def test_serving_needs_neither_mlflow_nor_an_engine() -> None:
    loaded = modules_after("from hrreco import Advisor, LearningData, TrainedModel, Workspace")
    assert loaded.isdisjoint(HEAVY)


def test_a_search_alone_imports_what_searches() -> None:
    loaded = modules_after("from hrreco.training import evaluate_files, train")
    assert "optuna" not in loaded


def test_a_first_fit_imports_nothing_that_it_does_not_use() -> None:
    loaded = modules_after(FIRST_FIT)
    assert "implicit" in loaded
    assert loaded.isdisjoint({"narwhals", "scipy.sparse.csgraph", "hrreco.evaluation"})
    assert {m for m in loaded if m.startswith("hrreco.models.") and "._" not in m} == {
        f"hrreco.models.{name}" for name in ("als", "fallback", "popularity")
    }


def test_every_public_name_is_there() -> None:
    import hrreco

    for name in hrreco.__all__:
        assert getattr(hrreco, name).__name__.split(".")[-1] == name
    assert set(hrreco.__all__) <= set(dir(hrreco))
