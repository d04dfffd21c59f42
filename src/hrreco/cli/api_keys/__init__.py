"""`hrreco api-keys`: which systems may ask the service."""

from __future__ import annotations

import typer

from hrreco.cli._groups import add_group
from hrreco.cli.api_keys import add, names, revoke

_COMMANDS = (add, names, revoke)


def add_to(app: typer.Typer) -> None:
    """Add the group of commands."""
    add_group(
        app,
        "api-keys",
        _COMMANDS,
        what="The keys with which systems such as an LMS ask the service.",
        begin="hrreco api-keys add moodle --role lms",
    )
