"""`hrreco keys rotate`: use a new key from now on."""

from __future__ import annotations

from typing import Annotated

import typer

from hrreco.cli._call import Call, Outcome, command
from hrreco.cli.keys._view import keys_view


def add_to(app: typer.Typer) -> None:
    """Add the command."""

    @command(app, "rotate", example="hrreco keys rotate audit")
    def rotate(
        call: Call,
        key: Annotated[str, typer.Argument(metavar="pseudonym|audit|token", help="Which key.")],
    ) -> Outcome:
        """Use a new key from now on.

        Older ones stay beside it: without them, the erased would come back, and what was signed
        could not be checked. Tokens of hrreco token that were signed before are refused.
        """
        from hrreco.workspace import rotate_key

        found = rotate_key(call.workspace, key)
        return Outcome(found.to_json(), keys_view([found]))
