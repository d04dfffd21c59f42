"""`hrreco report`: what managers and HR read, which tells of nobody."""

from __future__ import annotations

import typer

from hrreco.cli._groups import add_group
from hrreco.cli.report import groups

_COMMANDS = (groups,)


def add_to(app: typer.Typer) -> None:
    """Add the group of commands."""
    add_group(
        app,
        "report",
        _COMMANDS,
        what="Figures about groups of people, for managers and HR.",
        begin="hrreco report groups --by department",
    )
