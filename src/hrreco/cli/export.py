"""`hrreco export`: everything that is held about a person."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from hrreco.cli._call import Call, Outcome, command
from hrreco.cli.recommend import EmployeeArgument


def add_to(app: typer.Typer) -> None:
    """Add the command."""

    @command(app, "export", example="hrreco export E000123 --out E000123.json")
    def export(
        call: Call,
        employee: EmployeeArgument,
        out: Annotated[
            Path | None, typer.Option("--out", metavar="FILE.json", help="Where to write it.")
        ] = None,
    ) -> Outcome:
        """Give a person every row about them.

        GDPR Art. 15 and 20: with the suggestions that were served to them, their reasons and the
        model's version.
        """
        from hrreco.cli._rights import export_view
        from hrreco.settings import check_target
        from hrreco.workspace import export_person

        if out is not None:
            check_target(out, ".json")
        exported = export_person(call.workspace, employee)
        if out is not None:
            exported.write(out)
        return Outcome(exported.to_json(), export_view(exported, out))
