"""`hrreco audit`: what was done, in a log that shows every edit."""

from __future__ import annotations

import typer

from hrreco.cli._groups import add_group
from hrreco.cli.audit import head, lines, verify

_COMMANDS = (verify, head, lines)


def add_to(app: typer.Typer) -> None:
    """Add the group of commands."""
    add_group(
        app,
        "audit",
        _COMMANDS,
        what="What was done here, in a log that shows every edit.",
        begin="hrreco audit verify",
    )
