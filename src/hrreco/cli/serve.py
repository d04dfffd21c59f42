"""`hrreco serve`: the HTTP service."""

from __future__ import annotations

from typing import Annotated

import typer

from hrreco.cli._call import Call, Outcome, command


def add_to(app: typer.Typer) -> None:
    """Add the command."""

    @command(app, "serve", example="hrreco serve --port 8080 --workers 2")
    def serve(
        call: Call,
        host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
        port: Annotated[
            int, typer.Option(min=0, max=65_535, help="The port; 0 takes a free one.")
        ] = 8080,
        workers: Annotated[int, typer.Option(min=1, max=64, help="Processes that answer.")] = 1,
    ) -> Outcome:
        """Answer over HTTP, until stopped."""
        from hrreco.service import serve as serve_here

        serve_here(call.workspace, host=host, port=port, workers=workers, as_of=call.as_of)
        return Outcome({"served": str(call.workspace.path)}, "Stopped.")
