"""`hrreco oversight`: what a named person decides over the model."""

from __future__ import annotations

import typer

from hrreco.cli.oversight import lift, override, pause, show, suppress

_COMMANDS = (suppress, override, pause, lift, show)
"""In the order in which they are needed."""


def add_to(app: typer.Typer) -> None:
    """Add the group of commands."""
    group = typer.Typer(
        name="hrreco oversight",
        help="What a named person decides over the model.",
        epilog="Begin with: hrreco oversight list",
        rich_markup_mode=None,
    )
    for part in _COMMANDS:
        part.add_to(group)
    app.add_typer(group, name="oversight")
