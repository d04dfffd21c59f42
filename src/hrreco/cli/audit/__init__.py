"""`hrreco audit`: what was done, in a log that shows every edit."""

from __future__ import annotations

import typer

from hrreco.cli.audit import head, lines, verify

_COMMANDS = (verify, head, lines)


def add_to(app: typer.Typer) -> None:
    """Add the group of commands."""
    group = typer.Typer(
        name="hrreco audit",
        help="What was done here, in a log that shows every edit.",
        epilog="Begin with: hrreco audit verify",
        rich_markup_mode=None,
    )
    for part in _COMMANDS:
        part.add_to(group)
    app.add_typer(group, name="audit")
