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
        "--purpose",
        metavar="PURPOSE",
        help="training, profiling or group_reports; may be repeated; else all.",
    ),
]

_IN_FORCE: dict[Purpose, str] = {
    "profiling": "from now",
    "training": "from the next hrreco train",
    "group_reports": "from the next report",
}


def add_to(app: typer.Typer) -> None:
    """Add the two commands."""

    @command(app, "opt-out", example="hrreco opt-out E000123 --purpose profiling")
    def leave(call: Call, employee: EmployeeArgument, purpose: PurposeOption = None) -> Outcome:
        """Record what an employee refuses, such as profiling.

        Out of profiling they are from the next call, out of training from the next hrreco train,
        out of all counts and means over people from the next report.
        It costs them nothing: mandatory training and the role's standard path stay. Says all they
        are now opted out of.
        """
        from hrreco.workspace import opt_out

        out_of = opt_out(call.workspace, employee, _purposes(purpose))
        in_force = "; ".join(f"{one} {_IN_FORCE[one]}" for one in out_of)
        return _outcome(employee, out_of, f"\nIn force: {in_force}.")

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


def _outcome(employee: str, out_of: Sequence[Purpose], in_force: str = "") -> Outcome:
    *first, last = out_of or ("",)
    named = f"{', '.join(first)} and {last}" if first else last
    now = f"is now opted out of {named}" if out_of else "has no opt-outs now"
    return Outcome(
        {"employee_id": employee, "opted_out_of": list(out_of)}, f"{employee} {now}.{in_force}"
    )
