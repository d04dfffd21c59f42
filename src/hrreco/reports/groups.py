"""How groups of people learn: counts and means that tell of nobody."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from typing import Any, Literal, get_args

import numpy as np
import polars as pl
from numpy.typing import NDArray

from hrreco.data import LearningData
from hrreco.errors import SettingsError, close_match
from hrreco.privacy import OptOuts, as_opt_outs, for_reports
from hrreco.privacy.groups import ALL, GroupTable
from hrreco.reports.activity import Activity
from hrreco.reports.figures import Figures
from hrreco.settings import AsOf, Moment

Dimension = Literal["department", "role", "location", "manager"]

DIMENSIONS: tuple[Dimension, ...] = get_args(Dimension)

_COLUMN = {dimension: dimension for dimension in DIMENSIONS} | {"manager": "manager_id"}
_A_YEAR = timedelta(days=364)


@dataclass(frozen=True, slots=True)
class GroupFigures:
    """One group, or the total over several.

    Attributes
    ----------
    group
        The name in each dimension, None for those of whom none is known; a dimension that is not
        there is summed over.
    people
        Those employed at the end of the period, as `told`.
    completions
        Electives they completed in it, rounded down to tens.
    on_time
        The part of mandatory training that fell due in it and was done in time, 0 to 1: the mean
        over those who had some.
    hours
        Those of the courses that were completed in it, mandatory ones included: the mean over all
        people, to the half hour.

    What may not be told, or is not there, is None.
    """

    group: dict[Dimension, str | None]
    people: int
    completions: int | None
    on_time: float | None
    hours: float | None


@dataclass(frozen=True)
class GroupReport:
    """Figures of groups in which nothing about fewer than `min_people` people can be worked out.

    Attributes
    ----------
    by
        One dimension, or two.
    since, until
        The first and the last day of the period.
    groups
        The groups by all dimensions, then the totals by each of two, then all. Groups that are
        not told are absent: whether nobody is in one is not told either.
    """

    by: tuple[Dimension, ...]
    since: date
    until: date
    min_people: int
    groups: tuple[GroupFigures, ...]

    @classmethod
    def of(
        cls,
        data: LearningData,
        by: Sequence[Dimension],
        opt_outs: OptOuts | Iterable[str] | None = None,
        *,
        since: AsOf = None,
        as_of: AsOf = None,
    ) -> GroupReport:
        """Report on everybody who did not opt out of reports about groups.

        Parameters
        ----------
        by
            One dimension or two, see `Dimension`.
        opt_outs
            As for `Advisor`.
        since
            The first day; a year before the last when not given.
        as_of
            The last day or moment; now when not given.

        Raises
        ------
        SettingsError
            When there is no such dimension, or the period ends before it begins.
        """
        dimensions = checked_dimensions(by)
        zone, fewest = data.settings.timezone, data.settings.min_people
        until = Moment.of(as_of, zone)
        first = until.today - _A_YEAR if since is None else Moment.of(since, zone).today
        if first > until.today:
            raise SettingsError(
                f"the period begins on {first} and ends on {until.today}; name an earlier day as "
                "'since'"
            )
        counted = for_reports(data, as_opt_outs(opt_outs, data))
        activity = Activity.of(counted, first, until)
        people = counted.employees[activity.rows.tolist()]
        found = tuple(_figures(dimensions, people, activity, fewest)) if len(people) else ()
        return cls(dimensions, first, until.today, fewest, found)

    def of_unit(self, department: str | None, manager_id: str) -> GroupReport:
        """Return the same report with those figures alone that are about a manager's unit.

        The department they are in, if it is known, and the team that they manage.
        """
        own: dict[Dimension, str | None] = {"department": department, "manager": manager_id}

        def is_own(group: Mapping[Dimension, str | None]) -> bool:
            named = [name for name in group if name in own]
            return bool(named) and all(
                own[name] is not None and group[name] == own[name] for name in named
            )

        return replace(self, groups=tuple(one for one in self.groups if is_own(one.group)))

    def frame(self) -> pl.DataFrame:
        """Return one row a group; a dimension that is summed over reads ``(all)``."""
        figures = ("people", "completions", "on_time", "hours")
        names = [
            {name: one.group.get(name, "(all)") or "(none)" for name in self.by}
            for one in self.groups
        ]
        numbers = [{name: getattr(one, name) for name in figures} for one in self.groups]
        counts, means = (
            dict.fromkeys(figures[:2], pl.Int64),
            dict.fromkeys(figures[2:], pl.Float64),
        )
        return pl.DataFrame(
            [{**name, **number} for name, number in zip(names, numbers, strict=True)],
            schema={**dict.fromkeys(self.by, pl.String), **counts, **means},
        )

    def to_json(self) -> dict[str, Any]:
        """Return plain JSON values."""
        return {
            "by": list(self.by),
            "since": self.since.isoformat(),
            "until": self.until.isoformat(),
            "min_people": self.min_people,
            "groups": [asdict(one) for one in self.groups],
        }


def checked_dimensions(names: Sequence[str]) -> tuple[Dimension, ...]:
    """Return one dimension, or two that differ.

    Raises
    ------
    SettingsError
        When there are more or fewer, or one is unknown; names the close match.
    """
    known: dict[str, Dimension] = {dimension: dimension for dimension in DIMENSIONS}
    for name in names:
        if name not in known:
            hint = close_match(name, known)
            raise SettingsError(f"no groups by {name!r}; there are {', '.join(known)}{hint}")
    if len(set(names)) != len(names) or len(names) not in (1, 2):
        raise SettingsError(f"groups are by one of {', '.join(known)}, or by two that differ")
    return tuple(known[name] for name in names)


def _figures(
    by: tuple[Dimension, ...], people: pl.DataFrame, activity: Activity, fewest: int
) -> Iterator[GroupFigures]:
    names, codes = zip(*(_coded(people[_COLUMN[dimension]]) for dimension in by), strict=True)
    alone = [Figures(GroupTable(code), activity, fewest) for code in codes]
    table = GroupTable(*codes)
    figures = alone[0] if len(by) == 1 else Figures(table, activity, fewest, alone)
    for at, places in enumerate(table.places.tolist()):
        if not figures.are_told(at):
            continue
        group = {
            dimension: name[place]
            for dimension, name, place in zip(by, names, places, strict=True)
            if place != ALL
        }
        yield GroupFigures(group, *figures.told(at))


def _coded(column: pl.Series) -> tuple[list[str | None], NDArray[np.intp]]:
    """Return the distinct names, sorted, an unknown one last, and the place of each person's."""
    names = column.unique().sort(nulls_last=True).to_list()
    place = {name: code for code, name in enumerate(names)}
    return names, np.array([place[name] for name in column], dtype=np.intp)
