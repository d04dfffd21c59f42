"""`hrreco oversight`: what a named person decides over the model."""

from __future__ import annotations

import typer

from hrreco.cli._groups import add_group
from hrreco.cli.oversight import lift, override, pause, show, suppress

_COMMANDS = (suppress, override, pause, lift, show)


def add_to(app: typer.Typer) -> None:
    """Add the group of commands."""
    add_group(
        app,
        "oversight",
        _COMMANDS,
        what="What a named person decides over the model.",
        begin="hrreco oversight list",
    )
