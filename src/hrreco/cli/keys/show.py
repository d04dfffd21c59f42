"""`hrreco keys show`: what may be known of the keys."""

from __future__ import annotations

import typer

from hrreco.cli._call import Call, Outcome, command
from hrreco.cli.keys._view import keys_view


def add_to(app: typer.Typer) -> None:
    """Add the command."""

    @command(app, "show", example="hrreco keys show")
    def show(call: Call) -> Outcome:
        """Show where the keys come from, and their public marks; never a secret."""
        from hrreco.workspace import show_keys

        found = show_keys(call.workspace)
        return Outcome({"keys": [one.to_json() for one in found]}, keys_view(found))
