"""Deleting all rows of one person."""

from __future__ import annotations

from sqlalchemy import Connection, delete

from hrreco.store.managers import unname
from hrreco.store.pseudonyms import Pseudonyms
from hrreco.store.record import unknown_employee
from hrreco.store.schema import ALL_TABLES
from hrreco.store.tombstones import buried

_UNTOLD = ("opt_outs", "not_learned_from")


def erase_rows(connection: Connection, pseudonyms: Pseudonyms, employee_id: str) -> dict[str, int]:
    """Delete the person from every table; return how many rows by table.

    A table without any is not named, nor one that would tell that they had opted out. Where
    others had them as their manager, ``manager_id`` says how many.

    Raises
    ------
    UnknownIdError
        When no table knows the person and they were not erased before; names the close match.
    """
    deleted = {}
    for table in reversed(ALL_TABLES):
        if "employee_id" in table.c:
            rows = delete(table).where(table.c.employee_id == employee_id)
            deleted[table.name] = connection.execute(rows).rowcount
    deleted["manager_id"] = unname(connection, [employee_id])
    if not any(deleted.values()) and not buried(connection, pseudonyms, [employee_id]):
        raise unknown_employee(connection, employee_id)
    return {name: count for name, count in deleted.items() if count and name not in _UNTOLD}
