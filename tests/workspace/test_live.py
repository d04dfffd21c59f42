"""A new champion is made ready beside: no call waits for it."""

from __future__ import annotations

import shutil
import threading
import time
from pathlib import Path

import pytest

from hrreco import Advisor, Workspace
from hrreco.errors import WorkspaceError
from hrreco.tracking import MlflowStore
from hrreco.training import TrainedModel
from hrreco.workspace import LiveAdvisor


def test_calls_are_answered_while_a_champion_is_loaded(
    trained: Workspace, learner_id: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    live = LiveAdvisor(trained, trained.answers)
    before, model = live.current(), live.model
    bundle_id = _another(trained, tmp_path)
    loads, may_load, load = [], threading.Event(), Workspace.champion

    def slowly(workspace: Workspace) -> TrainedModel | None:
        loads.append(threading.current_thread())
        assert may_load.wait(60)
        return load(workspace)

    monkeypatch.setattr(Workspace, "champion", slowly)
    trained.set_champion(bundle_id, before=[1])
    for _ in range(3):
        assert live.current() is before
        before.recommend(learner_id)
        assert live.model is model
    may_load.set()
    (loading,) = loads
    assert loading is not threading.current_thread()
    loading.join(60)
    assert live.current() is not before
    assert live.model is not None
    assert live.model.bundle_id == bundle_id
    trained.flush()
    trained.store.close()


def test_no_answer_waits_for_what_is_told_of_a_new_champion(
    trained: Workspace, learner_id: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    live = LiveAdvisor(trained, trained.answers)
    before = live.current()
    threads, number_of = [], MlflowStore.number_of

    def noted(store: MlflowStore, bundle_id: str) -> int | None:
        threads.append(threading.current_thread())
        return number_of(store, bundle_id)

    monkeypatch.setattr(MlflowStore, "number_of", noted)
    trained.set_champion(_another(trained, tmp_path), before=[1])
    deadline = time.monotonic() + 60
    while (after := live.current()) is before:
        before.recommend(learner_id)
        assert time.monotonic() < deadline
    after.recommend(learner_id)
    assert len(threads) == 1
    assert threads[0] is not threading.current_thread()
    trained.flush()
    trained.store.close()


def test_what_cannot_be_made_ready_is_tried_again(
    trained: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    live = LiveAdvisor(trained, trained.answers)
    before = live.current()
    failures = [WorkspaceError("the database is busy")]

    def warm_up(_: Advisor) -> None:
        if failures:
            raise failures.pop()

    monkeypatch.setattr(Advisor, "warm_up", warm_up)
    trained.set_champion(_another(trained, tmp_path), before=[1])
    deadline = time.monotonic() + 60
    while live.current() is before:
        assert time.monotonic() < deadline
        time.sleep(0.01)
    assert not failures
    trained.store.close()


def _another(workspace: Workspace, tmp_path: Path) -> str:
    """Return the id of another model, in the workspace."""
    bundle_id = workspace.rules().save(tmp_path / "bundle")
    shutil.copytree(tmp_path / "bundle", workspace.bundles / bundle_id)
    return bundle_id
