"""`hrreco api-keys add`: let a system ask the service."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from hrreco.cli._call import Call, Outcome, command


class _Role(StrEnum):
    lms = "lms"
    admin = "admin"


def add_to(app: typer.Typer) -> None:
    """Add the command."""

    @command(app, "add", example="hrreco api-keys add moodle --role lms --scope events")
    def add(
        call: Call,
        name: Annotated[str, typer.Argument(metavar="NAME", help="The system's name.")],
        role: Annotated[_Role, typer.Option(help="What the key lets its holder ask for.")],
        scope: Annotated[
            list[str] | None,
            typer.Option(
                "--scope", metavar="SCOPE", help="Such as events; may be repeated; else all."
            ),
        ] = None,
    ) -> Outcome:
        """Make a key for a system, and show it this once: it is kept nowhere."""
        from hrreco.cli._lines import whole_line
        from hrreco.workspace import add_api_key

        key, secret = add_api_key(call.workspace, name, role.value, scope or ())
        return Outcome({**key.to_json(), "key": secret}, whole_line(secret))
