import json
import subprocess
import sys

HEAVY = ("mlflow", "implicit", "lightfm", "sklearn", "dataframely", "optuna")


def modules_after(statement: str) -> set[str]:
    code = f"import json, sys; {statement}; print(json.dumps(sorted(sys.modules)))"
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


def test_every_public_name_is_there() -> None:
    import hrreco

    for name in hrreco.__all__:
        assert getattr(hrreco, name).__name__.split(".")[-1] == name
    assert set(hrreco.__all__) <= set(dir(hrreco))
