"""`hrreco replay`: the same answer again, from what was kept of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from hrreco.cli._call import Call, Outcome, command

if TYPE_CHECKING:
    from hrreco.workspace.decisions import Replayed


def add_to(app: typer.Typer) -> None:
    """Add the command."""

    @command(app, "replay", example="hrreco replay 4f1d0c8a6b2e97d35a10")
    def replay(
        call: Call,
        answer: Annotated[
            str, typer.Argument(metavar="ID", help="The decision_id of the answer.")
        ],
    ) -> Outcome:
        """Give an answer again from the log, and compare.

        It is made from the rows, the catalogue and the model of then. Exit 1 when it differs.
        """
        from hrreco.workspace import replay

        done = replay(call.workspace, answer)
        return Outcome(done.to_json(), _view(done), 0 if done.same else 1)


def _view(done: Replayed) -> str:
    model = f"version {done.version}" if done.version else f"bundle {done.bundle[:12]}…"
    given = f"{done.call} of {done.at:%Y-%m-%d %H:%M} UTC, by {model}"
    if done.difference is None:
        return f"The same answer again: {given}."
    return f"Another answer: {given}; {done.difference}."
