"""`hrreco opt-out` and `hrreco opt-in`."""

from __future__ import annotations

from typing import Annotated

import typer

from hrreco.cli._call import Call, Outcome, command
from hrreco.privacy import PURPOSES, Purpose, checked_purpose
from hrreco.workspace import opt_in, opt_out

PurposeOption = Annotated[
    list[str] | None,
    typer.Option("--purpose", help=f"One of {', '.join(PURPOSES)}; may be repeated. Else all."),
]


def add_to(app: typer.Typer) -> None:
    """Add the two commands."""

    @command(app, "opt-out", example="hrreco opt-out E000123 --purpose profiling")
    def leave(
        call: Call, employee: Annotated[str, typer.Argument()], purpose: PurposeOption = None
    ) -> Outcome:
        """Record that an employee refuses; in force at the next call, at no cost to them."""
        purposes = _purposes(purpose)
        opt_out(call.workspace, employee, purposes)
        return _outcome(employee, purposes, "opted out of")

    @command(app, "opt-in", example="hrreco opt-in E000123")
    def come_back(
        call: Call, employee: Annotated[str, typer.Argument()], purpose: PurposeOption = None
    ) -> Outcome:
        """Take an opt-out back."""
        purposes = _purposes(purpose)
        opt_in(call.workspace, employee, purposes)
        return _outcome(employee, purposes, "opted in to")


def _purposes(given: list[str] | None) -> list[Purpose]:
    return [checked_purpose(purpose) for purpose in given or PURPOSES]


def _outcome(employee: str, purposes: list[Purpose], what: str) -> Outcome:
    return Outcome(
        {"employee_id": employee, what.replace(" ", "_"): purposes},
        f"{employee} {what} {' and '.join(purposes)}.",
    )
