"""`hrreco skills`: what roles need, by ESCO too, and what of it courses teach."""

from __future__ import annotations

import typer

from hrreco.cli.skills import apply, coverage, gap, match

_COMMANDS = (match, apply, coverage, gap)
"""In the order in which they are needed."""


def add_to(app: typer.Typer) -> None:
    """Add the group of commands."""
    group = typer.Typer(
        name="hrreco skills",
        help="What roles need, by ESCO too, and what of it courses teach.",
        epilog="Begin with: hrreco skills match --esco DIR",
        rich_markup_mode=None,
    )

    @group.callback(invoke_without_command=True)
    def _alone(context: typer.Context) -> None:
        if context.invoked_subcommand is None:
            names = ", ".join(str(command.name) for command in group.registered_commands)
            context.fail(f"Missing command; there are {names}")

    for part in _COMMANDS:
        part.add_to(group)
    app.add_typer(group, name="skills")
