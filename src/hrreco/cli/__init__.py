"""The `hrreco` command: one file per command, no logic."""

from __future__ import annotations


def run() -> None:
    """Run the command line."""
    from hrreco.cli._app import app

    app()
