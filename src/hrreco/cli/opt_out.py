"""`hrreco opt-out` and `hrreco opt-in`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from hrreco.cli._call import Call, Outcome, command
from hrreco.cli.recommend import EmployeeArgument

if TYPE_CHECKING:
    from hrreco.privacy import Purpose

PurposeOption = Annotated[
    list[str] | None,
    typer.Option(
        "--purpose", metavar="PURPOSE", help="training or profiling; may be repeated; else both."
    ),
]


def add_to(app: typer.Typer) -> None:
    """Add the two commands."""

    @command(app, "opt-out", example="hrreco opt-out E000123 --purpose profiling")
    def leave(call: Call, employee: EmployeeArgument, purpose: PurposeOption = None) -> Outcome:
        """Record that an employee refuses; in force at the next call.

        It costs them nothing: mandatory training, the role's standard path and search stay. Says
        all they are now opted out of.
        """
        from hrreco.workspace import opt_out

        return _outcome(employee, opt_out(call.workspace, employee, _purposes(purpose)))

    @command(app, "opt-in", example="hrreco opt-in E000123")
    def come_back(
        call: Call, employee: EmployeeArgument, purpose: PurposeOption = None
    ) -> Outcome:
        """Take an opt-out back; the next answer is the one from before.

        Says all they are still opted out of.
        """
        from hrreco.workspace import opt_in

        return _outcome(employee, opt_in(call.workspace, employee, _purposes(purpose)))


def _purposes(given: list[str] | None) -> list[Purpose]:
    from hrreco.privacy import PURPOSES, checked_purpose

    return [checked_purpose(purpose) for purpose in given or PURPOSES]


def _outcome(employee: str, out_of: Sequence[Purpose]) -> Outcome:
    return Outcome(
        {"employee_id": employee, "opted_out_of": list(out_of)},
        f"{employee} is now opted out of {' and '.join(out_of) or 'nothing'}.",
    )
