"""`hrreco demo`: see it all work on two made-up companies."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from hrreco.cli._call import Call, Outcome, command
from hrreco.errors import SettingsError


def add_to(app: typer.Typer) -> None:
    """Add the command."""

    @command(app, "demo", example="hrreco demo")
    def show(
        call: Call,
        folder: Annotated[
            Path, typer.Argument(metavar="DIR", help="Where the two workspaces are kept.")
        ] = Path("demo"),
    ) -> Outcome:
        """Show it all on two made-up companies.

        Their exports are made and read, models train, and courses are suggested, with reasons
        and after opting out.
        """
        from hrreco.cli._demo import demo_view, go_on
        from hrreco.workspace.demo import demo

        if call.named:
            raise SettingsError("demo makes workspaces of its own; name their folder as DIR")
        shown = list(demo(folder, as_of=call.as_of, progress=call.progress))
        return Outcome(
            {"companies": [one.to_json() for one in shown]},
            demo_view(shown),
            commands=go_on(shown[0]),
        )
