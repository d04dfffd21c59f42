"""How what is held about a person is shown."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Group
from rich.table import Table

from hrreco.cli._lines import whole_line

if TYPE_CHECKING:
    from hrreco.workspace.rights import Exported


def export_view(exported: Exported, out: Path | None) -> Group:
    """Return how much is held, and where it was written."""
    table = Table(box=None, pad_edge=False, show_header=False)
    for what, count in _counts(exported):
        if count:
            table.add_row(what.replace("_", " "), f"{count:,}")
    where = f"Written to {out}" if out else "See all of it with --json, or write it with --out"
    return Group(table, "", whole_line(where))


def _counts(exported: Exported) -> Iterator[tuple[str, int]]:
    held = exported.held
    for name, rows in held.tables.items():
        yield name, len(rows)
    yield "lines of the log", len(held.log)
    yield "employees of whom they are the manager", held.manager_of
    yield "lines in quarantine", len(exported.quarantine)
