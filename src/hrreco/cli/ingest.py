"""`hrreco ingest`: read exports into the workspace."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Group

from hrreco.cli._call import Call, Outcome, command
from hrreco.cli._quality import changes_view, quality_view

MappingOption = Annotated[
    Path | None,
    typer.Option("--mapping", metavar="FILE", help="Says how the exports' columns are named."),
]


def add_to(app: typer.Typer) -> None:
    """Add the command."""

    @command(app, "ingest", example="hrreco ingest exports/ --mapping mapping.toml")
    def ingest(
        call: Call,
        exports: Annotated[Path, typer.Argument(help="The folder of exports.")],
        mapping: MappingOption = None,
        full: Annotated[
            bool,
            typer.Option("--full", help="Mark who and what the export does not name as gone."),
        ] = False,
    ) -> Outcome:
        """Read a folder of exports: good rows are merged in, bad rows are quarantined."""
        done = call.workspace.ingest(exports, mapping=mapping, full=full, as_of=call.as_of)
        return Outcome(
            {"quality": done.report.to_json(), "ingest": asdict(done.result)},
            Group(quality_view(done.report), changes_view(done.result), "Next: hrreco train"),
        )
