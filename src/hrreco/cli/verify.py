"""`hrreco verify`: repeat what a certificate of erasure claims."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from hrreco.cli._call import Call, Outcome, command


def add_to(app: typer.Typer) -> None:
    """Add the command."""

    @command(app, "verify", example="hrreco verify certificates/erasure-12.json")
    def verify(
        call: Call,
        certificate: Annotated[
            Path, typer.Argument(metavar="CERTIFICATE", help="What hrreco forget wrote.")
        ],
    ) -> Outcome:
        """Check a certificate of erasure, and the model that serves.

        The model is fitted again without them, and every number compared. Exit 1 when anything
        does not hold, or traces were left.
        """
        from hrreco.cli._erasure import confirmed_view, refused
        from hrreco.errors import AuditError
        from hrreco.workspace import verify_certificate

        try:
            holds = verify_certificate(call.workspace, certificate, progress=call.progress)
        except AuditError as error:
            return refused(error)
        return Outcome(
            {"holds": True, **holds.to_json()}, confirmed_view(holds), 0 if holds.clean else 1
        )
