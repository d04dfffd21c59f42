"""`hrreco oversight lift`: end a decision."""

from __future__ import annotations

from typing import Annotated

import typer

from hrreco.cli._call import Call, Outcome, command
from hrreco.cli._numbers import whole_number
from hrreco.cli.oversight._options import ByOption


def add_to(app: typer.Typer) -> None:
    """Add the command."""

    @command(app, "lift", example="hrreco oversight lift 3 --by 'Maija Virtanen'")
    def lift(
        call: Call,
        number: Annotated[
            int,
            typer.Argument(
                metavar="NUMBER", parser=whole_number, help="What hrreco oversight list shows."
            ),
        ],
        by: ByOption,
    ) -> Outcome:
        """End a decision, from the next call on."""
        from hrreco.cli.oversight._views import said

        lifted = call.workspace.overseer.lift(number, by=by)
        return Outcome(lifted.to_json(), f"No longer in force: {said(lifted)}.")
