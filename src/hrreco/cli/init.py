"""`hrreco init`: make a workspace."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from hrreco.cli._call import Call, Outcome, command
from hrreco.errors import SettingsError


def add_to(app: typer.Typer) -> None:
    """Add the command."""

    @command(app, "init", example="hrreco init training-2026")
    def init(
        call: Call, folder: Annotated[Path | None, typer.Argument(metavar="DIR")] = None
    ) -> Outcome:
        """Make a workspace: settings, database, and room for models."""
        from hrreco.cli._lines import whole_line
        from hrreco.workspace import Workspace

        asked = call.workspace_path
        if folder and call.named and folder.resolve() != asked.resolve():
            raise SettingsError(f"two folders are named, {folder} and {asked}; name one")
        workspace = Workspace.init(folder or asked)
        return Outcome(
            {"workspace": str(workspace.path)},
            whole_line(
                f"Workspace ready in {workspace.path}\n"
                f"Next: hrreco ingest EXPORTS --workspace {workspace.path}"
            ),
        )
