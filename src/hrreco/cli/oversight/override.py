"""`hrreco oversight override`: a course is not suggested to one employee."""

from __future__ import annotations

from typing import Annotated

import typer

from hrreco.cli._call import Call, Outcome, command
from hrreco.cli.oversight._options import ByOption, CourseArgument, ReasonOption
from hrreco.cli.recommend import EmployeeArgument


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    example = (
        "hrreco oversight override E000123 C00042 --instead C00007 --by 'Maija Virtanen' "
        "--reason 'agreed with her'"
    )

    @command(app, "override", example=example)
    def override(
        call: Call,
        employee: EmployeeArgument,
        course: CourseArgument,
        by: ByOption,
        reason: ReasonOption,
        instead: Annotated[
            str | None,
            typer.Option(
                "--instead", metavar="COURSE", help="The course to suggest in its place."
            ),
        ] = None,
    ) -> Outcome:
        """Have a course never suggested to one employee, or another one put in its place.

        The other one comes before all other electives, once the employee may take it.
        """
        from hrreco.cli.oversight._views import in_force

        overseer = call.workspace.overseer
        return in_force(overseer.override(employee, course, instead=instead, by=by, reason=reason))
