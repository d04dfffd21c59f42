"""`hrreco keys`: the secret keys of a workspace."""

from __future__ import annotations

import typer

from hrreco.cli.keys import rotate, show

_COMMANDS = (show, rotate)


def add_to(app: typer.Typer) -> None:
    """Add the group of commands."""
    group = typer.Typer(
        name="hrreco keys",
        help="The secret keys of the workspace, by their public marks.",
        epilog="Begin with: hrreco keys show",
        rich_markup_mode=None,
    )
    for part in _COMMANDS:
        part.add_to(group)
    app.add_typer(group, name="keys")
