"""Numbers on the command line, refused in words of our own."""

from __future__ import annotations

import typer


def whole_number(given: str) -> int:
    """Return the whole number that is written so."""
    try:
        return int(given)
    except ValueError:
        raise typer.BadParameter(f"{given!r} is no whole number") from None


def number(given: str) -> float:
    """Return the number that is written so."""
    try:
        return float(given)
    except ValueError:
        raise typer.BadParameter(f"{given!r} is no number") from None
