"""Whether the uses that Annex III of the EU AI Act lists apply, reasoned from the facts.

Regulation (EU) 2024/1689, Annex III, point 3 (education and vocational training) and point 4
(employment). Nothing here decides: the deployer does.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from hrreco.privacy.volumes import Volumes
from hrreco.reports.dossier.processing import Column

Use = Literal["3a", "3b", "3c", "3d", "4a", "4b"]

_OUTCOMES = {"passed", "failed"}


@dataclass(frozen=True, slots=True)
class Assessed:
    """What the facts say of one use.

    Attributes
    ----------
    facts
        By code; each has a text.
    open
        Whether the facts leave it open, so that the deployer must look at it with care.
    """

    use: Use
    facts: tuple[str, ...]
    open: bool


def assess(columns: tuple[Column, ...], volumes: Volumes, *, paused: bool) -> Iterator[Assessed]:
    """Yield each use that is listed, with the facts that bear on it."""
    by_outcomes = not paused and bool(_OUTCOMES.intersection(volumes.kinds))
    by_levels = not paused and volumes.levels
    own = any(column.own for column in columns)
    state = ("paused",) if paused else ()
    yield Assessed("3a", ("suggests", "no_gate", "mandatory"), open=False)
    yield Assessed(
        "3b", ("outcomes" if by_outcomes else "no_outcomes", *state, "no_grading"), by_outcomes
    )
    yield Assessed("3c", ("levels" if by_levels else "no_levels", *state, "no_gate"), by_levels)
    yield Assessed("3d", ("no_monitoring",), open=False)
    yield Assessed("4a", ("employees_only", "careers"), open=False)
    yield Assessed(
        "4b", ("no_ranking", "groups", "never_read", "own" if own else "no_own", "people"), own
    )
