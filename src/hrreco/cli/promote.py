"""`hrreco promote`: let a version serve, if the gate lets it."""

from __future__ import annotations

from typing import Annotated

import typer

from hrreco.cli._call import Call, Outcome, command
from hrreco.cli._numbers import whole_number
from hrreco.errors import SettingsError


def add_to(app: typer.Typer) -> None:
    """Add the command."""

    @command(app, "promote", example="hrreco promote 3")
    def promote(
        call: Call,
        version: Annotated[
            int | None,
            typer.Argument(metavar="VERSION", parser=whole_number, help="Its number in MLflow."),
        ] = None,
        rollback: Annotated[
            bool, typer.Option("--rollback", help="Go back to the version that served before.")
        ] = False,
    ) -> Outcome:
        """Let a version serve if it passes the gate.

        Exit 1 when it does not. Its recipe is fitted again, beside the rules and the champion's,
        and judged by what was taken last. The rules pass without it.
        """
        from hrreco.cli._training import promotion_view
        from hrreco.workspace import promote, roll_back

        if (version is None) != rollback:
            raise SettingsError("name a VERSION, or use --rollback")
        if version is None:
            done = roll_back(call.workspace)
        else:
            done = promote(call.workspace, version, as_of=call.as_of, progress=call.progress)
        return Outcome(done.to_json(), promotion_view(done), 0 if done.serving else 1)
