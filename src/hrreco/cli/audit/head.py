"""`hrreco audit head`: where the log ends, to be kept elsewhere."""

from __future__ import annotations

import typer

from hrreco.cli._call import Call, Outcome, command


def add_to(app: typer.Typer) -> None:
    """Add the command."""

    @command(app, "head", example="hrreco audit head --json")
    def head(call: Call) -> Outcome:
        """Print the end of the log and the public key.

        Keep them where nobody who can write the workspace can change them.
        """
        from hrreco.cli._lines import whole_line
        from hrreco.workspace import audit_head

        found = audit_head(call.workspace)
        shown = f"{found.head}\npublic key {found.public_key or 'none yet'}"
        check = f"Check it later: hrreco audit verify --head {found.head}"
        return Outcome(found.to_json(), whole_line(shown), commands=(check,))
