"""`hrreco correct`: put a value right."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from hrreco.cli._call import Call, Outcome, command
from hrreco.cli.recommend import EmployeeArgument

if TYPE_CHECKING:
    from hrreco.privacy.correction import Corrected


def add_to(app: typer.Typer) -> None:
    """Add the command."""

    @command(app, "correct", example="hrreco correct E000123 role 'Head nurse'")
    def correct(
        call: Call,
        employee: EmployeeArgument,
        column: Annotated[str, typer.Argument(metavar="COLUMN", help="As in the exports.")],
        value: Annotated[
            str, typer.Argument(metavar="VALUE", help="As in the exports; '' for none.")
        ],
        event: Annotated[
            str | None, typer.Option("--event", metavar="ID", help="In this event of theirs.")
        ] = None,
        course: Annotated[
            str | None,
            typer.Option("--course", metavar="ID", help="In their one event with this course."),
        ] = None,
        skill: Annotated[
            str | None, typer.Option("--skill", metavar="SKILL", help="In this skill of theirs.")
        ] = None,
    ) -> Outcome:
        """Put a value right; the next answer follows.

        GDPR Art. 16. An export that repeats the wrong value changes nothing; one that says
        something else does.
        """
        from hrreco.privacy.correction import Which
        from hrreco.workspace import correct_person

        done = correct_person(
            call.workspace,
            employee,
            column,
            value or None,
            which=Which(event, course, skill),
            as_of=call.as_of,
        )
        return Outcome({"employee_id": employee, **asdict(done)}, _view(done, employee))


def _view(done: Corrected, employee: str) -> str:
    what = f"{done.table}.{done.column} of {employee}"
    noted = f" Note: {done.note}." if done.note else ""
    if done.was == done.now:
        return f"{what} is {done.now} already; nothing was changed.{noted}"
    return f"{what}: {done.was} became {done.now}.{noted}"
