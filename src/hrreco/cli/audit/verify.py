"""`hrreco audit verify`: find any edit, gap, reorder or cut end of the log."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from hrreco.cli._call import Call, Outcome, command

if TYPE_CHECKING:
    from hrreco.privacy.audit import Verified


def add_to(app: typer.Typer) -> None:
    """Add the command."""

    @command(app, "verify", example="hrreco audit verify --head 12:9f86d081884c…")
    def verify(
        call: Call,
        head: Annotated[
            str | None,
            typer.Option(
                "--head", metavar="SEQ:HASH", help="What hrreco audit head printed earlier."
            ),
        ] = None,
    ) -> Outcome:
        """Check every line of the audit log.

        Exit 1, and one line that names what is wrong, when anything was changed.
        """
        from hrreco.cli._lines import whole_line
        from hrreco.errors import AuditError
        from hrreco.workspace import check_audit

        try:
            found = check_audit(call.workspace, head)
        except AuditError as error:
            why = " ".join(str(error).split())
            return Outcome({"whole": False, "why": why}, whole_line(f"Not whole: {why}"), 1)
        return Outcome({"whole": True, **found.to_json()}, _view(found))


def _view(found: Verified) -> str:
    if not found.last:
        return "Whole: nothing was logged yet."
    return (
        f"Whole: lines {found.first:,} to {found.last:,}, as written; "
        f"{found.readable:,} still tell what they are about."
    )
