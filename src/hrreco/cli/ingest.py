"""`hrreco ingest`: read exports into the workspace."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from hrreco.cli._call import Call, Outcome, command

MappingOption = Annotated[
    Path | None,
    typer.Option("--mapping", metavar="FILE", help="Says how the exports' columns are named."),
]


def add_to(app: typer.Typer) -> None:
    """Add the command."""

    @command(app, "ingest", example="hrreco ingest exports/ --mapping mapping.toml")
    def ingest(
        call: Call,
        exports: Annotated[Path, typer.Argument(metavar="EXPORTS", help="The folder of exports.")],
        mapping: MappingOption = None,
        full: Annotated[
            bool,
            typer.Option("--full", help="Mark who and what the export does not name as gone."),
        ] = False,
    ) -> Outcome:
        """Read a folder of exports into the workspace.

        Good rows are merged in, bad rows go to quarantine.parquet in the workspace. Exit 1 when a
        table has no good row; what is good in the others is stored.
        """
        from rich.console import Group

        from hrreco.cli._quality import changes_view, quality_view
        from hrreco.workspace import is_usable

        done = call.workspace.ingest(
            exports, mapping=mapping, full=full, as_of=call.as_of, progress=call.progress
        )
        usable = is_usable(done.report)
        goes_on = (
            call.same_workspace("hrreco train")
            if usable
            else "mend the export, and ingest it again"
        )
        where = f"Each row left out, and why: {done.quarantine}"
        return Outcome(
            {
                "quality": done.report.to_json(),
                "quarantine": str(done.quarantine),
                "ingest": asdict(done.result),
            },
            Group(quality_view(done.report, where), changes_view(done.result)),
            0 if usable else 1,
            commands=(f"Next: {goes_on}",),
        )
