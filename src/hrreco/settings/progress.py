"""How long work tells a caller how far it has come."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Somebody who wants to know how far long work has come."""

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Take note that `done` of the `total` steps of a stage are behind us."""
        ...


def silent(stage: str, done: int, total: int) -> None:
    """Tell nobody."""
