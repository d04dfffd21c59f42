"""`hrreco skills`: what roles need, by ESCO too, and what of it courses teach."""

from __future__ import annotations

import typer

from hrreco.cli._groups import add_group
from hrreco.cli.skills import apply, coverage, gap, match

_COMMANDS = (match, apply, coverage, gap)


def add_to(app: typer.Typer) -> None:
    """Add the group of commands."""
    add_group(
        app,
        "skills",
        _COMMANDS,
        what="What roles need, by ESCO too, and what of it courses teach.",
        begin="hrreco skills match --esco DIR",
    )
