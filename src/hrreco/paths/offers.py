"""What plans ask of the courses of one catalogue, looked up once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import ceil, isnan
from typing import NamedTuple

import numpy as np
import polars as pl

from hrreco.data import Catalogue
from hrreco.paths.sessions import Sessions, sessions_of
from hrreco.settings import Settings
from hrreco.skills import RoleNeed

_ROUNDING = 1e-9


class Offers(NamedTuple):
    """The courses, how long they take, when they are held, and what they lead to.

    Attributes
    ----------
    minutes
        By position in the catalogue, from 1.
    sessions
        Of the courses that are held on given days only.
    teaching
        The courses that teach each skill, and the level that each leads to: active ones that may
        be spoken of.
    """

    catalogue: Catalogue
    minutes: tuple[int, ...]
    sessions: Sessions
    teaching: Mapping[str, tuple[tuple[int, int | None], ...]]

    @classmethod
    def of(cls, catalogue: Catalogue, sessions: pl.DataFrame, settings: Settings) -> Offers:
        """Look up what the settings and the sessions table say of a catalogue."""
        unknown = settings.paths.course_hours
        hours = [unknown if isnan(h) else h for h in catalogue.hours.tolist()]
        minutes = tuple(max(1, ceil(60 * h - _ROUNDING)) for h in hours)
        return cls(
            catalogue,
            minutes,
            sessions=sessions_of(sessions, catalogue.position, minutes, settings.timezone),
            teaching=_teaching(catalogue),
        )

    def hours(self, position: int) -> float:
        """Return how long a course takes, in hours."""
        return self.minutes[position] / 60

    def total(self, positions: Iterable[int]) -> int:
        """Return how long some courses take together, in minutes."""
        return sum(self.minutes[position] for position in positions)

    def meeting(self, position: int) -> tuple[int, ...]:
        """Return the courses that count as this one: itself first, then its equivalents."""
        return (position, *self.catalogue.equivalents[position])

    def closing(self, need: RoleNeed) -> tuple[int, ...]:
        """Return the courses that lead to the level that is needed of a skill."""
        taught = self.teaching.get(need.skill, ())
        return tuple(position for position, level in taught if need.met_by(level))

    def highest(self, skill: str) -> int | None:
        """Return the highest level that any course leads to; None where none is taught."""
        levels = [level for _, level in self.teaching.get(skill, ()) if level is not None]
        return max(levels, default=None)


def _teaching(catalogue: Catalogue) -> dict[str, tuple[tuple[int, int | None], ...]]:
    found: dict[str, list[tuple[int, int | None]]] = {}
    for position in np.flatnonzero(catalogue.active & ~catalogue.sensitive).tolist():
        for taught in catalogue.skills[position]:
            found.setdefault(taught.skill, []).append((position, taught.level))
    return {skill: tuple(courses) for skill, courses in found.items()}
