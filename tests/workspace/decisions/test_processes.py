"""The chain is whole whoever writes beside whom, and whoever is killed."""

from __future__ import annotations

import ast
import random
import signal
import subprocess
import sys
from collections.abc import Iterator
from multiprocessing import get_context
from multiprocessing.context import ForkServerContext
from pathlib import Path

import pytest

from hrreco import Workspace
from hrreco.privacy.audit import Kind, verify
from hrreco.store.chain import of_kind
from hrreco.workspace import replay
from tests.workspace.decisions import workers


@pytest.fixture(scope="module")
def processes() -> ForkServerContext:
    """Processes that have the imports done, and no threads or connections of this one."""
    context = get_context("forkserver")
    context.set_forkserver_preload(["tests.workspace.decisions.workers"])
    return context


@pytest.fixture
def whole(trained: Workspace) -> Iterator[Workspace]:
    yield trained
    trained.store.close()


def ids_of(workspace: Workspace) -> set[str]:
    with workspace.store.reading() as connection:
        return {payload.salt[:10].hex() for _, payload in of_kind(connection, Kind.ANSWER)}


def kill_while_it_answers(
    path: Path, processes: ForkServerContext, seconds: float
) -> list[str | None]:
    """Return the ids whose answers were on disk before the process was killed."""
    heard, told = processes.Pipe(duplex=False)
    process = processes.Process(target=workers.answer_for_ever, args=(path, told))
    process.start()
    told.close()
    assert heard.recv() == "ready"
    process.join(seconds)
    process.kill()
    process.join()
    assert process.exitcode == -signal.SIGKILL
    acknowledged = []
    try:
        while True:
            acknowledged += heard.recv()
    except EOFError:
        heard.close()
    return acknowledged


def check_kills(workspace: Workspace, processes: ForkServerContext, seed: int, n: int) -> None:
    draw = random.Random(seed)
    acknowledged: set[str | None] = set()
    for _ in range(n):
        seconds = draw.uniform(0.0, 0.3)
        acknowledged.update(kill_while_it_answers(workspace.path, processes, seconds))
        found = verify(workspace.audit_log)
        assert found.readable == found.last
        assert acknowledged <= ids_of(workspace)
    for decision_id in draw.sample(sorted(ids_of(workspace)), min(5, len(acknowledged))):
        assert replay(workspace, decision_id).same


def test_the_log_is_whole_after_every_kill(whole: Workspace, processes: ForkServerContext) -> None:
    check_kills(whole, processes, seed=1, n=12)


@pytest.mark.torture
@pytest.mark.parametrize("seed", range(2, 12))
def test_the_log_is_whole_after_many_kills(
    seed: int, whole: Workspace, processes: ForkServerContext
) -> None:
    check_kills(whole, processes, seed, n=100)


def test_what_waits_is_written_when_a_process_ends(whole: Workspace) -> None:
    script = (
        "import sys; from hrreco import Workspace; workspace = Workspace.open(sys.argv[1]);"
        "advisor = workspace.advisor();"
        "print([advisor.recommend(one).decision_id for one in sys.argv[2:]])"
    )
    asked = whole.data().employees["employee_id"][:3].to_list()
    command = [sys.executable, "-c", script, str(whole.path), *asked]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert sorted(ids_of(whole)) == sorted(ast.literal_eval(done.stdout))
    assert not done.stderr


def test_processes_that_answer_at_once_write_one_chain(
    whole: Workspace, processes: ForkServerContext
) -> None:
    before = verify(whole.audit_log).last
    together = processes.Barrier(4)
    running = [
        processes.Process(target=workers.answer_some, args=(whole.path, together, 12 * i, 12))
        for i in range(4)
    ]
    for process in running:
        process.start()
    for process in running:
        process.join()
    assert [process.exitcode for process in running] == [0] * 4
    found = verify(whole.audit_log)
    assert found.last == found.readable == before + 2 * 4 * 12
    assert len(ids_of(whole)) == 4 * 12
