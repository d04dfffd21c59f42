"""What the processes of the tests do."""

from __future__ import annotations

from multiprocessing.connection import Connection
from multiprocessing.synchronize import Barrier
from pathlib import Path

from hrreco import Workspace
from tests.conftest import AS_OF


def answer_for_ever(path: Path, told: Connection) -> None:
    """Answer one employee after the other, and tell of ids whose answers are on disk."""
    workspace = Workspace.open(path)
    advisor = workspace.advisor()
    waiting: list[str | None] = []
    everybody = workspace.data().employees["employee_id"].to_list()
    told.send("ready")
    for number, employee_id in enumerate(everybody * 1_000):
        waiting.append(advisor.recommend(employee_id, as_of=AS_OF).decision_id)
        if number % 7 == 0:
            workspace.flush()
            told.send(waiting)
            waiting = []


def answer_some(path: Path, together: Barrier, first: int, many: int) -> None:
    """Answer some employees, opt each of them out, and leave the writing to the end."""
    workspace = Workspace.open(path)
    advisor = workspace.advisor()
    ids = workspace.data().employees["employee_id"].to_list()[first : first + many]
    together.wait()
    for employee_id in ids:
        advisor.recommend(employee_id, as_of=AS_OF)
        workspace.opt_outs.opt_out(employee_id, ["training"])
