"""`hrreco oversight suppress`: a course is suggested to nobody."""

from __future__ import annotations

import typer

from hrreco.cli._call import Call, Outcome, command
from hrreco.cli.oversight._options import ByOption, CourseArgument, ReasonOption


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    example = "hrreco oversight suppress C00042 --by 'Maija Virtanen' --reason 'out of date'"

    @command(app, "suppress", example=example)
    def suppress(
        call: Call, course: CourseArgument, by: ByOption, reason: ReasonOption
    ) -> Outcome:
        """Have a course suggested to nobody, from the next call on.

        Mandatory training is refused, and so is what it builds on: law may require it.
        """
        from hrreco.cli.oversight._views import in_force

        return in_force(call.workspace.overseer.suppress(course, by=by, reason=reason))
