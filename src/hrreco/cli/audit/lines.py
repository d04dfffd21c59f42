"""`hrreco audit list`: the lines of the log, without personal data."""

from __future__ import annotations

from typing import Annotated

import typer

from hrreco.cli._call import Call, Outcome, command


def add_to(app: typer.Typer) -> None:
    """Add the command."""

    @command(app, "list", example="hrreco audit list --kind training --since 2026-01-01")
    def lines(
        call: Call,
        kind: Annotated[
            str | None,
            typer.Option("--kind", metavar="KIND", help="Such as answer, training or erasure."),
        ] = None,
        since: Annotated[
            str | None,
            typer.Option("--since", metavar="DATE", help="Leave out what was done before."),
        ] = None,
    ) -> Outcome:
        """List what was done and when; it names nobody."""
        from hrreco.cli._lines import WholeTable
        from hrreco.workspace import audit_lines

        found = list(audit_lines(call.workspace, kind, since))
        table = WholeTable("line", "at (UTC)", "kind", "told", box=None, pad_edge=False)
        for one in found:
            at = one.at.strftime("%Y-%m-%d %H:%M:%S")
            table.add_row(str(one.line), at, one.kind, "kept" if one.readable else "deleted")
        return Outcome({"lines": [one.to_json() for one in found]}, table)
