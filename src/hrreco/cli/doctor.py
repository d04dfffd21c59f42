"""`hrreco doctor`: say what is wrong with data, and change nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from hrreco.cli._call import Call, Outcome, command
from hrreco.cli.ingest import MappingOption
from hrreco.errors import SettingsError

_WHERE = "hrreco ingest writes each row left out to quarantine.parquet in the workspace."


def add_to(app: typer.Typer) -> None:
    """Add the command."""

    @command(app, "doctor", example="hrreco doctor exports/ --mapping mapping.toml")
    def doctor(
        call: Call,
        exports: Annotated[
            Path | None, typer.Argument(metavar="EXPORTS", help="Else the workspace itself.")
        ] = None,
        mapping: MappingOption = None,
    ) -> Outcome:
        """Check a folder of exports, or the workspace; change nothing.

        Exit 1 when a table has no good row.
        """
        from hrreco.cli._quality import quality_view
        from hrreco.workspace import diagnose, is_usable

        if mapping is not None and exports is None:
            raise SettingsError("--mapping says how EXPORTS are named; name their folder too")
        report = diagnose(
            call.workspace_path if exports else call.workspace.path,
            exports,
            mapping=mapping,
            as_of=call.as_of,
            progress=call.progress,
        )
        view = quality_view(report, _WHERE if exports else None)
        return Outcome(report.to_json(), view, 0 if is_usable(report) else 1)
