import io
import json
import shutil
from pathlib import Path

import polars as pl
import pytest
from rich.console import Console

from hrreco import TrainedModel, Workspace
from hrreco.cli._training import training_view
from hrreco.errors import BundleError, DegenerateFitError
from hrreco.tracking import CARD, MlflowStore
from hrreco.training import TrainConfig, Training
from hrreco.workspace import evaluate_workspace, opt_out, recommend_all
from tests.conftest import AS_OF
from tests.workspace.conftest import QUICK


def test_the_winner_serves_and_is_the_champion_in_mlflow(trained: Workspace) -> None:
    version = MlflowStore(trained.path).version("champion")
    assert version is not None
    assert version.bundle_id == trained.champion_id()


def test_the_champion_loads_by_its_mlflow_address(
    trained: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    # By the environment: an address that was set in the process outlives the test.
    monkeypatch.setenv("MLFLOW_TRACKING_URI", MlflowStore(trained.path).tracking_uri)
    loaded = TrainedModel.load("models:/hrreco@champion")
    here = trained.champion()
    assert here is not None
    assert loaded.recipe == here.recipe
    assert loaded.vocabulary == here.vocabulary


def test_a_copied_workspace_still_trains_and_recommends(
    trained: Workspace, trained_once: object
) -> None:
    shutil.rmtree(trained.path / "mlartifacts")
    employee_id = trained.data().employees["employee_id"][0]
    answer = trained.advisor().recommend(employee_id, as_of=AS_OF)
    done = trained.train(QUICK, as_of=AS_OF)
    assert str(trained.path) in done.tracking_uri
    assert trained.advisor().recommend(employee_id, as_of=AS_OF) == answer


def test_training_again_on_the_same_data_gives_the_same_bundle(trained: Workspace) -> None:
    before = trained.champion_id()
    assert trained.train(QUICK, as_of=AS_OF).champion.bundle_id == before


def test_a_changed_bundle_does_not_serve(trained: Workspace) -> None:
    bundle = trained.bundles / str(trained.champion_id())
    array = next(bundle.glob("*.npy"))
    array.write_bytes(array.read_bytes()[:-1] + b"\x07")
    with pytest.raises(BundleError):
        trained.advisor()


def test_a_loser_is_kept_as_the_challenger(trained: Workspace) -> None:
    done = trained.train(QUICK.model_copy(update={"models": ("content",)}), as_of=AS_OF)
    assert done.report.winner.name == "ease"
    assert done.challenger is not None
    assert MlflowStore(trained.path).version("challenger") == done.challenger
    assert done.champion.bundle_id == trained.champion_id()
    json.dumps(done.to_json())


def test_a_training_is_one_run_whoever_wins(trained: Workspace) -> None:
    from hrreco.tracking._mlflow import mlflow_client

    client = mlflow_client(MlflowStore(trained.path).tracking_uri)
    experiment = client.get_experiment_by_name("hrreco").experiment_id
    before = len(client.search_runs([experiment]))
    done = trained.train(QUICK.model_copy(update={"models": ("content",)}), as_of=AS_OF)
    assert len(client.search_runs([experiment])) == before + 1
    assert done.challenger is not None
    assert done.challenger.run_id == done.champion.run_id


def test_what_lost_on_the_second_window_is_told_wherever_the_training_is(
    ingested: Workspace,
) -> None:
    from hrreco.tracking._mlflow import mlflow_client

    weak = TrainConfig(models=("als",), settings={"als": {"factors": 1, "rounds": 1}})
    done = ingested.train(weak, as_of=AS_OF)
    why = "no learned model is shown to help on the second window"
    assert why in done.report.why
    store = MlflowStore(ingested.path)
    run = mlflow_client(store.tracking_uri).get_run(done.champion.run_id)
    assert why in run.data.tags["hrreco.reason"]
    assert run.data.metrics["choose.als.all.ndcg_at_10.versus_rules.high"] < 0
    card = store.written(done.champion.run_id, CARD)
    assert card is not None
    assert why in card
    assert "| choose | als | 0." in card
    console = Console(width=80, record=True, file=io.StringIO())
    console.print(training_view(done))
    shown = console.export_text()
    assert why in " ".join(shown.split())
    assert "Chosen on the second window: ndcg@10" in shown
    assert "Judged" not in shown


def test_a_challenger_that_cannot_be_fitted_is_noted(
    trained: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def explode(self: Training) -> None:
        raise DegenerateFitError("content: nothing left")

    monkeypatch.setattr(Training, "challenger", explode)
    done = trained.train(QUICK.model_copy(update={"models": ("content",)}), as_of=AS_OF)
    assert done.challenger is None
    assert any("nothing left" in failure for failure in done.report.failures)
    assert done.champion.bundle_id == trained.champion_id()


def test_everyone_employed_is_in_the_file(trained: Workspace) -> None:
    out = trained.path / "all.parquet"
    written = recommend_all(trained, out, k=3, as_of=AS_OF)
    rows = pl.read_parquet(out)
    assert len(rows) == written.rows
    assert rows.group_by("employee_id").len()["len"].max() == 3
    advisor = trained.advisor()
    for employee_id in rows["employee_id"].unique().sort().head(5):
        shown = rows.filter(pl.col("employee_id") == employee_id).sort("rank")["course_id"]
        answer = advisor.recommend(employee_id, 3, as_of=AS_OF)
        assert shown.to_list() == [item.course_id for item in answer]


def test_whoever_gets_fewer_than_asked_has_a_row_that_says_why(trained: Workspace) -> None:
    done, busy = trained.data().employees["employee_id"].to_list()[:2]
    courses = trained.data().courses["course_id"]
    news = trained.path / "news"
    news.mkdir()
    kinds = pl.DataFrame({"course_id": courses}).with_columns(
        employee_id=pl.lit(done), kind=pl.lit("completed"), occurred_at=pl.lit(str(AS_OF))
    )
    kinds.write_csv(news / "events.csv")
    pl.DataFrame({"employee_id": [done, busy], "role": ["Nurse", "Nurse"]}).write_csv(
        news / "employees.csv"
    )
    trained.ingest(news, as_of=AS_OF)
    out = trained.path / "all.parquet"
    recommend_all(trained, out, k=4, as_of=AS_OF)
    rows = pl.read_parquet(out)
    last = rows.filter(pl.col("employee_id") == done).row(-1, named=True)
    answer = trained.advisor().recommend(done, 4, as_of=AS_OF)
    assert len(answer) < 4
    assert set(last["left_out"]) == {*answer.left_out, "no_evidence"}
    assert last["reasons"] == []
    assert {last[name] for name in ("rank", "course_id", "title", "kind", "due_on")} == {None}
    shown = rows.filter(pl.col("employee_id") == busy)
    assert shown["rank"].to_list() == [1, 2, 3, 4]
    assert set(rows.filter(pl.col("rank").is_not_null())["left_out"].list.len()) == {0}


def test_a_file_for_all_does_not_tell_who_opted_out(trained: Workspace) -> None:
    everyone = trained.data().employees["employee_id"].to_list()
    refused = everyone[::2]
    for employee_id in refused:
        opt_out(trained, employee_id, ["profiling"])
    out = trained.path / "all.parquet"
    recommend_all(trained, out, k=5, as_of=AS_OF)
    rows = pl.read_parquet(out)
    told = rows.explode("reasons").with_columns(pl.col("reasons").struct.field("code"))
    of_refused = pl.col("employee_id").is_in(refused)
    assert set(told.filter(of_refused)["code"]) == set(told.filter(~of_refused)["code"])
    assert rows.filter(kind="elective")["reasons"].list.len().max() == 0
    assert rows.filter(kind="mandatory")["reasons"].list.len().min() == 1


def test_models_are_judged_on_the_workspace_s_own_history(trained: Workspace) -> None:
    report = evaluate_workspace(trained, ["ease"], [5, 10], as_of=AS_OF)
    assert set(report.models) == {"popularity", "ease"}
    assert report.models["ease"].overall.verdict("ndcg@10") == "better"


@pytest.mark.parametrize("harm", ["pointer", "bundle", "array"])
def test_a_damaged_champion_is_named_and_the_next_training_replaces_it(
    harm: str, trained: Workspace
) -> None:
    if harm == "pointer":
        (trained.bundles / "champion.json").write_text("{}")
    elif harm == "bundle":
        shutil.rmtree(trained.bundles / str(trained.champion_id()))
    else:
        array = next((trained.bundles / str(trained.champion_id())).glob("*.npy"))
        array.write_bytes(array.read_bytes()[:-1])
    with pytest.raises(BundleError):
        trained.advisor()
    trained.train(QUICK, as_of=AS_OF)
    assert trained.champion() is not None


def test_the_challenger_s_alias_goes_when_nobody_challenges(trained: Workspace) -> None:
    content = QUICK.model_copy(update={"models": ("content",)})
    assert trained.train(content, as_of=AS_OF).challenger is not None
    assert trained.train(QUICK, as_of=AS_OF).challenger is None
    assert MlflowStore(trained.path).version("challenger") is None


def test_audits_are_in_the_run_its_report_and_its_card(trained: Workspace) -> None:
    from hrreco.tracking._mlflow import mlflow_client

    store = MlflowStore(trained.path)
    version = store.version("champion")
    assert version is not None
    client = mlflow_client(store.tracking_uri)
    measured = client.get_run(version.run_id).data.metrics
    for name in (
        "gate.ease.fairness.gender.recall_at_10.ratio",
        "gate.ease.fairness.gender.recall_at_10.1 female.low",
        "gate.ease.faithful.low",
        "gate.ease.all.recall_at_10",
        "gate.ease.gini_at_10",
        "leakage.auc.high",
    ):
        assert 0 <= measured[name] <= 1, name
    assert not [name for name in measured if "other" in name]
    files = {
        name: Path(client.download_artifacts(version.run_id, name)).read_text(encoding="utf-8")
        for name in ("model_card.md", "evaluation.json")
    }
    report = json.loads(files["evaluation.json"])
    assert set(report["judged_by"]["fairness"]["ease"]) == {"age_band", "gender"}
    assert report["leakage"]["assessable"] is True
    assert report["warnings"]
    card = files["model_card.md"]
    for title in ("Fairness", "Popularity", "Reasons", "Leakage", "Warnings"):
        assert f"## {title}" in card
    assert "| gender | female |" in card
    assert "| gender | other |" not in card


def test_attributes_are_ingested_into_a_table_of_their_own(trained: Workspace) -> None:
    rows = trained.store.fairness_attributes().rows
    assert set(rows["attribute"]) == {"age_band", "gender"}
    assert "attribute" not in trained.data().employees.columns
