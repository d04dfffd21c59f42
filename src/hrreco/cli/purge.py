"""`hrreco purge`: delete what is past the time for which it may be kept."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from hrreco.cli._call import Call, Outcome, command

if TYPE_CHECKING:
    from rich.console import RenderableType

    from hrreco.workspace.purging import Purged


def add_to(app: typer.Typer) -> None:
    """Add the command."""

    @command(app, "purge", example="hrreco purge --dry-run")
    def purge(
        call: Call,
        dry_run: Annotated[
            bool, typer.Option("--dry-run", help="Only say what would be deleted.")
        ] = False,
    ) -> Outcome:
        """Delete what is past the time for which it may be kept.

        Rows of people who left long ago, old events and free texts; and files that a training or
        an ingest has left; and answers in the log of decisions. The times are in the settings,
        under necessity and audit.
        """
        from hrreco.workspace import purge

        done = purge(call.workspace, dry_run=dry_run, as_of=call.as_of, progress=call.progress)
        return Outcome(done.to_json(), _view(done))


def _view(done: Purged) -> RenderableType:
    from rich.console import Group
    from rich.text import Text

    from hrreco.cli._lines import WholeTable

    decisions = [
        Text(f"Of the log: {'few' if count is None else f'{count:,}'} {what}")
        for what, count in _of_the_log(done)
    ]
    if not done.parts and not done.files and not decisions:
        return "Nothing is past its time."
    table = WholeTable(
        title="Would be removed" if done.dry_run else "Removed", title_justify="left"
    )
    for column in ("table", "column", "rows", "people"):
        table.add_column(column, justify="right" if column in ("rows", "people") else "left")
    for one in done.parts:
        counts = ("few" if n is None else f"{n:,}" for n in (one.rows, one.people))
        table.add_row(one.table, one.column or "whole rows", *counts)
    files = [Text(f"File: {name}") for name in done.files]
    return Group(*([table] if done.parts else []), *files, *decisions)


def _of_the_log(done: Purged) -> Iterator[tuple[str, int | None]]:
    """Yield what of the log of decisions was removed, and how much of it."""
    for what, count in done.decisions.items():
        number = len(count) if what == "bundles" else count
        if number != 0:
            yield what, number
