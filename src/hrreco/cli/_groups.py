"""Commands of commands, such as `hrreco skills match`."""

from __future__ import annotations

from collections.abc import Sequence
from types import ModuleType

import typer


def add_group(
    app: typer.Typer, name: str, commands: Sequence[ModuleType], *, what: str, begin: str
) -> None:
    """Add a group of commands.

    Parameters
    ----------
    commands
        Modules with an `add_to`, in the order in which they are needed.
    what
        What it is for, in a line.
    begin
        The command to begin with.
    """
    group = typer.Typer(
        name=f"hrreco {name}", help=what, epilog=f"Begin with: {begin}", rich_markup_mode=None
    )

    @group.callback(invoke_without_command=True)
    def _alone(context: typer.Context) -> None:
        if context.invoked_subcommand is None:
            names = ", ".join(str(command.name) for command in group.registered_commands)
            context.fail(f"Missing command; there are {names}")

    for command in commands:
        command.add_to(group)
    app.add_typer(group, name=name)
