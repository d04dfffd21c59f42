"""The progress bar of a terminal."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bars

from hrreco.settings import Progress

_PATIENCE = 1.0
"""Seconds before a bar is drawn: what is quick should not flicker."""


@contextmanager
def progress_bar(doing: str) -> Iterator[Progress]:
    """Yield a `Progress` that draws one bar on stderr, if the work takes long enough.

    The bar moves even while nobody tells it of progress, and is wiped away at the end.
    """
    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    bars = Bars(*columns, console=Console(stderr=True), transient=True)
    task = bars.add_task(doing, total=None)

    def show(stage: str, done: int, total: int) -> None:
        # Drawn at once: a short stage would be over before the bar moves by itself.
        bars.update(task, description=stage, completed=done, total=total, refresh=True)

    drawing = threading.Timer(_PATIENCE, bars.start)
    drawing.start()
    try:
        yield show
    finally:
        drawing.cancel()
        drawing.join()
        bars.stop()
