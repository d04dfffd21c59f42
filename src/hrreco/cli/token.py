"""`hrreco token`: a token for trying the service out."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from hrreco.cli._call import Call, Outcome, command


class _Role(StrEnum):
    employee = "employee"
    manager = "manager"
    lms = "lms"
    admin = "admin"


def add_to(app: typer.Typer) -> None:
    """Add the command."""

    @command(app, "token", example="hrreco token E000123 --role employee")
    def token(
        call: Call,
        subject: Annotated[
            str, typer.Argument(metavar="ID", help="An employee's id, or the system's name.")
        ],
        role: Annotated[_Role, typer.Option(help="What the token lets its holder ask for.")],
        hours: Annotated[
            float, typer.Option(min=0.001, max=24 * 365, help="For how long it is valid.")
        ] = 8.0,
    ) -> Outcome:
        """Sign a token for trying the service out."""
        from datetime import timedelta

        from hrreco.cli._lines import whole_line
        from hrreco.workspace.tokens import LocalTokens

        tokens = LocalTokens(call.workspace)
        signed = tokens.sign(subject, role.value, valid_for=timedelta(hours=hours))
        return Outcome({"token": signed}, whole_line(signed))
