from __future__ import annotations

import json
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from hrreco.errors import BundleError, WorkspaceError
from hrreco.tracking import Metric, MlflowStore, Saved
from hrreco.tracking import store as store_module
from hrreco.tracking._mlflow import load_mlflow, mlflow_client
from hrreco.tracking.janitor import CLOSED_BY
from hrreco.tracking.runs import OURS

from .conftest import Record

LOG_ONE = """
import pickle, sys
from hrreco.tracking import MlflowStore
folder, record = pickle.loads(bytes.fromhex(sys.argv[1]))
store = MlflowStore(folder)
"""
LOG_AND_REGISTER = LOG_ONE + "print(store.register(store.log_training(record)['champion']).number)"
DIE_WHILE_LOGGING = (
    LOG_ONE
    + """
import os, signal
from hrreco.tracking import runs
runs._log_bundle = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
store.log_training(record)
"""
)
HOLD_LOCK = """
import sys
from filelock import FileLock
with FileLock(sys.argv[1]):
    print("held", flush=True)
    sys.stdin.read()
"""


def start(code: str, folder: Path, record: object) -> subprocess.Popen[str]:
    import pickle

    given = pickle.dumps((folder, record)).hex()
    return subprocess.Popen(
        [sys.executable, "-W", "error", "-c", code, given],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def client_of(store: MlflowStore) -> Any:
    return mlflow_client(store.tracking_uri)


def runs_of(store: MlflowStore) -> list[Any]:
    client = client_of(store)
    return list(client.search_runs([client.get_experiment_by_name("hrreco").experiment_id]))


def by_status(store: MlflowStore) -> dict[str, Any]:
    return {run.info.status: run for run in runs_of(store)}


def test_a_run_tells_all_about_its_training(store: MlflowStore, record: Record) -> None:
    client = client_of(store)
    logged = store.log_training(record("new"))["champion"]
    run = client.get_run(logged.run_id)

    assert run.info.status == "FINISHED"
    assert run.info.start_time == datetime(2026, 3, 31, 12, tzinfo=UTC).timestamp() * 1000
    assert run.data.params == {"seed": "7", "models.ease.regularisation": "500.0", "kept": "null"}
    assert run.data.metrics == {
        "ease.ndcg_at_10": 0.2,
        "ease.ndcg_at_10.low": 0.1,
        "ease.ndcg_at_10.high": 0.3,
        "popularity.ndcg_at_10": 0.15,
    }
    tags = run.data.tags
    assert (tags["hrreco.verdict"], tags["hrreco.reason"]) == ("promoted", "better than the rules")
    assert tags["hrreco.bundle_id"] == logged.bundle_id
    assert (tags["fingerprint.events"], tags["fingerprint.courses"]) == ("e1f2", "c3d4")
    assert tags["version.mlflow"] == load_mlflow().__version__
    artifacts = Path(run.info.artifact_uri)
    assert (artifacts / "model_card.md").read_text() == "# hrreco model card\n"
    assert json.loads((artifacts / "evaluation.json").read_text())["models"]
    assert [output.model_id for output in run.outputs.model_outputs] == [logged.model_id]


def test_a_champion_and_a_challenger_are_models_of_one_run(
    store: MlflowStore, record: Record, bundles: dict[str, tuple[Path, str]]
) -> None:
    both = {"champion": Saved(*bundles["new"]), "challenger": Saved(*bundles["old"])}
    before = len(runs_of(store))
    logged = store.log_training(record("new", bundles=both))
    assert len(runs_of(store)) == before + 1
    versions = {alias: store.register(model) for alias, model in logged.items()}
    assert versions["champion"].run_id == versions["challenger"].run_id
    client = client_of(store)
    for alias, verdict in (("champion", "promoted"), ("challenger", "lost")):
        version = client.get_model_version("hrreco", str(versions[alias].number))
        assert version.tags == {
            "hrreco.bundle_id": both[alias].bundle_id,
            "hrreco.verdict": verdict,
        }
    run = client.get_run(versions["champion"].run_id)
    assert {output.model_id for output in run.outputs.model_outputs} == {
        model.model_id for model in logged.values()
    }


def test_nothing_of_the_person_who_trains_is_written_down(
    store: MlflowStore, record: Record
) -> None:
    run = client_of(store).get_run(store.log_training(record("new"))["champion"].run_id)
    assert not {tag for tag in run.data.tags if tag.startswith(("mlflow.user", "mlflow.source"))}


def test_many_and_odd_settings_are_logged(store: MlflowStore, record: Record) -> None:
    params = {f"setting {i}": i for i in range(250)} | {"long": "x" * 9_000, "a?b": [1, "ä"]}
    metrics = {f"m.recall@{i}": Metric(float(i)) for i in range(1_200)}
    logged = store.log_training(record("new", params=params, metrics=metrics))["champion"]
    data = client_of(store).get_run(logged.run_id).data
    assert len(data.params) == 252
    assert data.params["a_b"] == '[1, "\\u00e4"]'
    assert len(data.metrics) == 1_200


def test_a_run_that_cannot_be_written_is_failed(store: MlflowStore, record: Record) -> None:
    with pytest.raises(TypeError):
        store.log_training(record("new", report={"not": object()}))
    failed = by_status(store)["FAILED"]
    assert "TypeError" in failed.data.tags["hrreco.error"]


def test_another_bundle_than_the_record_names_is_refused(
    store: MlflowStore, record: Record, bundles: dict[str, tuple[Path, str]]
) -> None:
    before = len(runs_of(store))
    with pytest.raises(BundleError):
        store.log_training(record("new", bundles={"champion": Saved(bundles["new"][0], "0" * 64)}))
    assert len(runs_of(store)) == before


def test_a_moved_store_writes_into_its_new_folder_only(
    original: Path, store: MlflowStore, record: Record
) -> None:
    before = {path: path.stat().st_mtime_ns for path in original.parent.rglob("*")}
    logged = store.log_training(record("new"))["champion"]
    store.register(logged)
    assert before == {path: path.stat().st_mtime_ns for path in original.parent.rglob("*")}

    client = client_of(store)
    for run in runs_of(store):
        assert Path(run.info.artifact_uri).is_relative_to(store.folder)
        assert Path(run.info.artifact_uri, "model_card.md").exists()
    with closing(sqlite3.connect(store.folder / "mlflow.db")) as connection:
        assert "first home" not in "\n".join(connection.iterdump())
    assert Path(client.get_model_version_download_uri("hrreco", "1")).is_relative_to(store.folder)


def test_the_database_is_in_wal_mode(store: MlflowStore) -> None:
    with closing(sqlite3.connect(store.folder / "mlflow.db")) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_four_processes_make_one_store_at_once(tmp_path: Path, record: Record) -> None:
    (tmp_path / ".mlflow.db.unfinished").write_text("left by a killed process")
    processes = [start(LOG_AND_REGISTER, tmp_path, record(n)) for n in ("old", "new") * 2]
    answers = [process.communicate(timeout=120) for process in processes]

    assert [process.returncode for process in processes] == [0] * 4, answers
    assert sorted(int(out) for out, _ in answers) == [1, 2, 3, 4]
    assert [err for _, err in answers] == [""] * 4
    assert [run.info.status for run in runs_of(MlflowStore(tmp_path))] == ["FINISHED"] * 4
    assert not list(tmp_path.glob("**/*unfinished*"))


def test_the_run_of_a_killed_process_is_closed_by_the_next(
    store: MlflowStore, record: Record
) -> None:
    killed = start(DIE_WHILE_LOGGING, store.folder, record("new"))
    out, err = killed.communicate(timeout=60)
    assert killed.returncode == -signal.SIGKILL, out + err
    assert by_status(store).keys() == {"FINISHED", "RUNNING"}

    store.log_training(record("new"))
    assert by_status(store).keys() == {"FINISHED", "KILLED"}
    assert "janitor" in by_status(store)["KILLED"].data.tags[CLOSED_BY]


def test_a_run_that_is_being_written_is_left_alone(
    store: MlflowStore, record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = client_of(store)
    experiment_id = client.get_experiment_by_name("hrreco").experiment_id
    alive = client.create_run(experiment_id, tags={OURS: "training"}).info.run_id
    foreign = client.create_run(experiment_id).info.run_id
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD_LOCK, str(store.folder / "mlflow.lock")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with monkeypatch.context() as patch:
            patch.setattr(store_module, "_LOCK_SECONDS", 0.1)
            with pytest.raises(WorkspaceError, match="another process"):
                store.log_training(record("new"))
        assert client.get_run(alive).info.status == "RUNNING"
        holder.kill()
    store.log_training(record("new"))
    assert client.get_run(alive).info.status == "KILLED"
    assert client.get_run(foreign).info.status == "RUNNING"


def test_a_file_that_is_no_store_is_named(tmp_path: Path, record: Record) -> None:
    (tmp_path / "mlflow.db").write_text("something else altogether")
    with pytest.raises(WorkspaceError, match=r"mlflow\.db is not an MLflow store"):
        MlflowStore(tmp_path).log_training(record("new"))


def test_a_folder_that_mlflow_cannot_open_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError, match="'%'"):
        MlflowStore(tmp_path / "100%")


def test_reading_needs_no_mlflow(store: MlflowStore) -> None:
    code = (
        "import sys; from hrreco.tracking import MlflowStore; store = MlflowStore(sys.argv[1]);"
        "assert store.version('champion').number == 1; assert store.version('challenger') is None;"
        "from hrreco.tracking import resolve; "
        "resolve('models:/hrreco@champion', store.tracking_uri); "
        "assert 'mlflow' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code, str(store.folder)], check=True)


def test_telemetry_is_off() -> None:
    assert load_mlflow().telemetry.get_telemetry_client() is None
