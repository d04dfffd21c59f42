"""`hrreco api-keys revoke`: let a system ask no longer."""

from __future__ import annotations

from typing import Annotated

import typer

from hrreco.cli._call import Call, Outcome, command


def add_to(app: typer.Typer) -> None:
    """Add the command."""

    @command(app, "revoke", example="hrreco api-keys revoke moodle")
    def revoke(
        call: Call,
        name: Annotated[str, typer.Argument(metavar="NAME", help="The system's name.")],
    ) -> Outcome:
        """Believe a key no longer, from the next call on."""
        from hrreco.workspace import revoke_api_key

        revoke_api_key(call.workspace, name)
        return Outcome({"revoked": name}, f"{name} may no longer ask.")
