"""`hrreco api-keys list`: which systems may ask the service."""

from __future__ import annotations

import typer

from hrreco.cli._call import Call, Outcome, command


def add_to(app: typer.Typer) -> None:
    """Add the command."""

    @command(app, "list", example="hrreco api-keys list")
    def names(call: Call) -> Outcome:
        """List the keys in force, by their names; never a key."""
        from hrreco.cli._lines import WholeTable
        from hrreco.workspace import show_api_keys

        found = show_api_keys(call.workspace)
        table = WholeTable("name", "role", "scopes", "since (UTC)", box=None, pad_edge=False)
        for one in found:
            since = one.since.strftime("%Y-%m-%d %H:%M:%S")
            table.add_row(one.name, one.role, " ".join(sorted(one.scopes)), since)
        return Outcome({"api_keys": [one.to_json() for one in found]}, table)
