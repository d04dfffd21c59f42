from __future__ import annotations

import os
from collections.abc import Callable
from multiprocessing.context import ForkServerContext
from pathlib import Path

import pytest

from hrreco.store import Store
from tests.store import workers
from tests.store.build import opt_outs_of


def run(processes: ForkServerContext, n: int, work: Callable[..., None], *args: object) -> None:
    """Let n processes start the same work at the same moment; all must end well."""
    path, *rest = args
    together = processes.Barrier(n)
    running = [
        processes.Process(target=work, args=(path, number, together, *rest)) for number in range(n)
    ]
    for process in running:
        process.start()
    for process in running:
        process.join()
    assert [process.exitcode for process in running] == [0] * n


def check_opening(folder: Path, processes: ForkServerContext, rounds: int) -> None:
    for i in range(rounds):
        path = folder / f"{i}.db"
        run(processes, 4, workers.open_new, path)
        with Store.open(path) as store:
            assert opt_outs_of(store, path.parent).opted_out("training") == {
                "E0",
                "E1",
                "E2",
                "E3",
            }


def check_writers(path: Path, processes: ForkServerContext, times: int) -> None:
    run(processes, 4, workers.write, path, 2, times)
    own = {f"E{p}-{t}-{i}" for p in range(4) for t in range(2) for i in range(times)}
    with Store.open(path) as store:
        assert opt_outs_of(store, path.parent).opted_out("training") - {"shared"} == own


def test_four_processes_open_a_new_store_at_once(
    tmp_path: Path, processes: ForkServerContext
) -> None:
    check_opening(tmp_path, processes, rounds=2)


def test_a_store_that_another_process_makes_meanwhile_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, may = tmp_path / "hrreco.db", os.access

    def access(asked: Path, mode: int) -> bool:
        answer = may(asked, mode)
        if asked == path:
            path.touch()
        return answer

    monkeypatch.setattr(os, "access", access)
    with Store.open(path) as store:
        opt_outs_of(store, path.parent).opt_out("E1", ["training"])
        assert opt_outs_of(store, path.parent).is_out("E1", "training")


def test_eight_writers_lose_nothing_and_are_never_locked_out(
    path: Path, processes: ForkServerContext
) -> None:
    check_writers(path, processes, times=25)


def test_an_opt_out_holds_in_other_processes_at_their_next_call(
    path: Path, processes: ForkServerContext
) -> None:
    with Store.open(path) as store:
        assert not opt_outs_of(store, path.parent).is_out("E1", "training")
        process = processes.Process(target=workers.opt_out, args=(path, "E1"))
        process.start()
        process.join()
        assert opt_outs_of(store, path.parent).is_out("E1", "training")
        assert not opt_outs_of(store, path.parent).is_out("E1", "profiling")


@pytest.mark.torture
def test_many_openings(tmp_path: Path, processes: ForkServerContext) -> None:
    check_opening(tmp_path, processes, rounds=40)


@pytest.mark.torture
def test_many_writes(path: Path, processes: ForkServerContext) -> None:
    check_writers(path, processes, times=400)
