"""`hrreco oversight list`: which decisions are in force."""

from __future__ import annotations

import typer

from hrreco.cli._call import Call, Outcome, command


def add_to(app: typer.Typer) -> None:
    """Add the command."""

    @command(app, "list", example="hrreco oversight list")
    def show(call: Call) -> Outcome:
        """Show which decisions are in force, and who took them."""
        from hrreco.cli.oversight._views import decisions_view

        decisions = call.workspace.overseer.decisions()
        return Outcome(
            {"decisions": [one.to_json() for one in decisions]}, decisions_view(decisions)
        )
