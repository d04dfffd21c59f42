"""The rows about people that a store holds: nothing else reads them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cached_property

from sqlalchemy import Connection

from hrreco.data.attributes import ATTRIBUTES, FairnessAttributes
from hrreco.data.learning_data import TABLES, LearningData
from hrreco.data.records import EmployeeRecord
from hrreco.data.retention import Retention
from hrreco.privacy.audit import Entry
from hrreco.privacy.retention import within_retention
from hrreco.settings import Moment, Settings
from hrreco.store import Store
from hrreco.store.record import known_among
from hrreco.store.tombstones import buried


class Held:
    """What a store holds, and what of it may be used: rows expire with the day."""

    def __init__(self, stored: LearningData, today: date) -> None:
        self._stored = stored
        self._today = today

    @cached_property
    def data(self) -> LearningData:
        """All tables, without what is past its retention by now."""
        return self._as_on(self._today)

    def knows(self, employee_id: str) -> bool:
        """Return whether anything is stored of a person, be it past its retention or not."""
        return self._stored.knows(employee_id)

    def as_kept_on(self, day: date | None) -> bool:
        """Return whether `data` is what it was on a day: no row has expired since.

        Parameters
        ----------
        day
            None where it is not known: then nothing at all may be past its retention.
        """
        then = self._as_on(day) if day else self._stored
        both = ((getattr(then, table), getattr(self.data, table)) for table in TABLES)
        return all(one is other or one.equals(other) for one, other in both)

    def _as_on(self, day: date) -> LearningData:
        return within_retention(self._stored, Moment.of(day, self._stored.settings.timezone))


class StoredPeople:
    """What the door lets through is taken from here, where a store is behind it."""

    def __init__(self, store: Store, settings: Settings) -> None:
        self._store = store
        self._settings = settings

    def employee(self, employee_id: str) -> EmployeeRecord:
        """Return the rows of one employee as they are now.

        Raises
        ------
        UnknownIdError
            When there is no such employee; names the close match.
        """
        return self._store.employee(employee_id)

    def knows(self, employee_id: str) -> bool:
        """Return whether there is such an employee."""
        return self._store.knows(employee_id)

    def tables(self, *, up_to: int | None = None) -> LearningData:
        """Return all tables, as of one moment, without what is past its retention by now.

        Parameters
        ----------
        up_to
            See `Store.read`.
        """
        return self.held(up_to=up_to).data

    def held(self, *, up_to: int | None = None) -> Held:
        """Return what is stored, with what of it may still be used; see `tables`."""
        return Held(self._store.read(self._settings, up_to=up_to), self._today())

    def ids(self) -> frozenset[str]:
        """Return the ids of all employees and courses."""
        known = self._store.known()
        return frozenset((*known.employees["employee_id"], *known.courses["course_id"]))

    def attributes(self) -> FairnessAttributes:
        """Return the attributes that audits of fairness look at, within their retention."""
        rows, known = self._store.fairness_attributes().rows, self._store.known()
        moment = Moment.of(self._today(), self._settings.timezone)
        retention = Retention(self._settings, moment, known.employees, {})
        return FairnessAttributes(rows.filter(~retention.rows(ATTRIBUTES, rows)))

    def _today(self) -> date:
        return Moment.of(None, self._settings.timezone).today


def still_there(store: Store, connection: Connection, entries: Iterable[Entry]) -> list[Entry]:
    """Return the entries whose person was not erased since: of the others nothing is kept."""
    told = [(one, one.employee_id, one.at) for one in entries if one.employee_id and one.at]
    ids = {employee_id for _, employee_id, _ in told}
    known = known_among(connection, ids)
    erased = buried(connection, store.pseudonyms, ids)
    return [
        entry
        for entry, employee_id, at in told
        if employee_id in known and not (employee_id in erased and erased[employee_id] >= at)
    ]
