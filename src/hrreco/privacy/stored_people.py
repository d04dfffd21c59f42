"""The rows about people that a store holds: nothing else reads them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

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
        return within_retention(self._store.read(self._settings, up_to=up_to), self._moment())

    def attributes(self) -> FairnessAttributes:
        """Return the attributes that audits of fairness look at, within their retention."""
        rows, known = self._store.fairness_attributes().rows, self._store.known()
        retention = Retention(self._settings, self._moment(), known.employees, {})
        return FairnessAttributes(rows.filter(~retention.rows(ATTRIBUTES, rows)))

    def as_kept_on(self, day: date | None, *, up_to: int | None = None) -> bool:
        """Return whether `tables` are what they were on a day: no row has expired since.

        Parameters
        ----------
        day
            None where it is not known: then nothing at all may be past its retention.
        """
        stored = self._store.read(self._settings, up_to=up_to)
        then = within_retention(stored, self._moment(day)) if day else stored
        now = within_retention(stored, self._moment())
        both = ((getattr(then, table), getattr(now, table)) for table in TABLES)
        return all(one is other or one.equals(other) for one, other in both)

    def _moment(self, day: date | None = None) -> Moment:
        """Return the end of a day, today when none is given: rows expire with the day."""
        zone = self._settings.timezone
        return Moment.of(day or Moment.of(None, zone).today, zone)


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
