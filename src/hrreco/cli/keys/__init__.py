"""`hrreco keys`: the secret keys of a workspace."""

from __future__ import annotations

import typer

from hrreco.cli._groups import add_group
from hrreco.cli.keys import rotate, show

_COMMANDS = (show, rotate)


def add_to(app: typer.Typer) -> None:
    """Add the group of commands."""
    add_group(
        app,
        "keys",
        _COMMANDS,
        what="The secret keys of the workspace, by their public marks.",
        begin="hrreco keys show",
    )
