"""What may be told of each group of a table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from hrreco.privacy import told, told_hours, told_rate, told_sum
from hrreco.privacy.counts import HALF_HOUR, TENS
from hrreco.privacy.groups import GroupTable
from hrreco.reports.activity import Activity

_MINUTES = 60

Measure = Literal["people", "completions", "on_time", "hours"]


class ToldFigures(NamedTuple):
    """The figures of one group; None for what may not be told, or is not there."""

    people: int
    completions: int | None
    on_time: float | None
    hours: float | None


class Figures:
    """The figures of a table of groups, and which of them are hidden.

    Parameters
    ----------
    alone
        The same of each of two dimensions by itself. A total that is hidden there is hidden here:
        one report would tell what the other keeps.
    """

    def __init__(
        self, table: GroupTable, activity: Activity, fewest: int, alone: Sequence[Figures] = ()
    ) -> None:
        due, electives, minutes = ~np.isnan(activity.on_time), activity.electives, activity.minutes
        self._fewest = fewest
        self._people = table.people
        self._completions = table.total(electives)
        self._minutes = table.total(minutes)
        self._due = table.total(due.astype(np.int64))
        self._on_time = table.total(np.nan_to_num(activity.on_time))

        def kept(measure: Measure) -> NDArray[np.bool_]:
            return table.of_totals(*(one.hidden[measure] for one in alone))

        covered = table.people * int(HALF_HOUR * _MINUTES)
        few = table.hidden_counts(np.ones_like(due), fewest, kept("people"))
        self.hidden: dict[Measure, NDArray[np.bool_]] = {
            "people": few,
            "completions": table.hidden_sums(electives, TENS - 1, few | kept("completions")),
            "on_time": table.hidden_counts(due, fewest, few | kept("on_time")),
            "hours": table.hidden_sums(minutes, covered, few | kept("hours")),
        }

    def are_told(self, at: int) -> bool:
        """Return whether a group is told of at all."""
        return not self.hidden["people"][at]

    def told(self, at: int) -> ToldFigures:
        """Return what may be told of a group that is told of."""
        people, due = (told(int(n[at]), self._fewest) or 0 for n in (self._people, self._due))
        hours = float(self._minutes[at] / self._people[at] / _MINUTES)
        on_time = told_rate(float(self._on_time[at] / self._due[at]), due) if due else None
        return ToldFigures(
            people,
            None if self.hidden["completions"][at] else told_sum(int(self._completions[at])),
            None if self.hidden["on_time"][at] else on_time,
            None if self.hidden["hours"][at] else told_hours(hours),
        )
