"""What is past the time for which the necessity register lets it be kept.

A person goes wholly when their own row does, so many days after they left. Before that, an event
goes so many days after it occurred, but not while it still makes a certificate valid: for the
`valid_for_days` of its course or of an equivalent, and for ever where one is mandatory for
somebody and has no such limit. A column with a shorter time than its row is emptied.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import polars as pl

from hrreco.data.attributes import ATTRIBUTES
from hrreco.settings import EventMeaning, Moment, Settings

FOR_EVER = 1 << 40

_ABOUT_COURSES = ("course_id", "valid_for_days", "mandatory_for", "equivalent_to")


def proven_for(courses: Iterable[tuple[str, int | None, bool, Sequence[str]]]) -> dict[str, int]:
    """Return for how many days it must be proven that a course was taken, where it must.

    Parameters
    ----------
    courses
        Of each its id, for how many days it is valid, whether it is mandatory for anybody, and
        the ids of its equivalents, named in either direction.
    """
    days, equal = {}, {}
    for course_id, valid_for, mandatory, equivalents in courses:
        days[course_id] = valid_for if valid_for is not None else FOR_EVER * mandatory
        equal[course_id] = equivalents
    found = dict(days)
    for one, others in equal.items():
        for other in others:
            if other in days:
                found[one] = max(found[one], days[other])
                found[other] = max(found[other], days[one])
    return {course_id: n for course_id, n in found.items() if n}


def proven_by(courses: pl.DataFrame) -> dict[str, int]:
    """Return the same of a table of courses."""
    return proven_for(
        (course_id, valid_for, bool(rules), equivalents or ())
        for course_id, valid_for, rules, equivalents in courses.select(_ABOUT_COURSES).iter_rows()
    )


def taken_kinds(meanings: Mapping[str, EventMeaning]) -> frozenset[str]:
    """Return the kinds of event that make a certificate valid."""
    return frozenset(kind for kind, meaning in meanings.items() if meaning.status == "taken")


@dataclass(frozen=True)
class Retention:
    """Says of rows of the tables about people, at one moment, what is past its time.

    Attributes
    ----------
    people
        Everybody who is known: `employee_id` and `left_on`.
    proven
        As `proven_by` returns it.
    """

    settings: Settings
    moment: Moment
    people: pl.DataFrame
    proven: Mapping[str, int]

    @cached_property
    def gone(self) -> list[str]:
        """The ids of those who left so long ago that nothing of them is kept."""
        return self._left_before(self.settings.kept["employees"].row)

    def rows(self, table: str, frame: pl.DataFrame) -> pl.Series:
        """Return which rows of a frame are past their time: bool [rows]."""
        gone = frame["employee_id"].is_in(self.gone).fill_null(False)
        over = frame.select(self._past(table, self.settings.kept[table].row)).to_series()
        if table == "events" and over.any():
            over = over.scatter(over.arg_true(), ~self._proves(frame.filter(over)))
        if table == ATTRIBUTES:
            over |= self._attributes(frame)
        return gone | over

    def values(self, table: str, frame: pl.DataFrame) -> dict[str, pl.Series]:
        """Return of each column with values past their time in which rows they are."""
        past = {
            column: self._past(table, days)
            for column, days in self.settings.kept[table].columns.items()
            if column in frame.columns
        }
        if table == "employees":
            past["manager_id"] |= pl.col("manager_id").is_in(self.gone)
        where = frame.select((pl.col(c).is_not_null() & past[c]).alias(c) for c in past)
        return {rows.name: rows for rows in where if rows.any()}

    def _attributes(self, frame: pl.DataFrame) -> pl.Series:
        """Return which rows are of an attribute whose own time is over."""
        over = pl.lit(False)
        for attribute, days in self.settings.kept[ATTRIBUTES].columns.items():
            over |= (pl.col("attribute") == attribute) & self._past(ATTRIBUTES, days)
        return frame.with_columns(over.alias("over"))["over"]

    def _past(self, table: str, days: int) -> pl.Expr:
        if table == "events":
            return (self._age() > days).fill_null(False)
        return pl.col("employee_id").is_in(self._left_before(days)).fill_null(False)

    def _left_before(self, days: int) -> list[str]:
        ago = (pl.lit(self.moment.today) - pl.col("left_on")).dt.total_days()
        return self.people.filter(ago > days)["employee_id"].to_list()

    def _age(self) -> pl.Expr:
        return (pl.lit(self.moment.at) - pl.col("occurred_at")).dt.total_days()

    def _proves(self, events: pl.DataFrame) -> pl.Series:
        """Return which events make a certificate valid."""
        taken = events["kind"].is_in(list(taken_kinds(self.settings.events)))
        days = events["course_id"].replace_strict(self.proven, default=0, return_dtype=pl.Int64)
        return taken & (events.select(self._age()).to_series() <= days)
