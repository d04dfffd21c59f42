"""`hrreco report`: what managers and HR read, which tells of nobody."""

from __future__ import annotations

import typer

from hrreco.cli.report import groups

_COMMANDS = (groups,)


def add_to(app: typer.Typer) -> None:
    """Add the group of commands."""
    group = typer.Typer(
        name="hrreco report",
        help="Figures about groups of people, for managers and HR.",
        epilog="Begin with: hrreco report groups --by department",
        rich_markup_mode=None,
    )
    group.callback()(_of_reports)  # keeps the name of the one command there is
    for part in _COMMANDS:
        part.add_to(group)
    app.add_typer(group, name="report")


def _of_reports() -> None:
    pass
