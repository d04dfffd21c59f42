"""Where people are named as the managers of others."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, update

from hrreco.store.corrections import empty_managers
from hrreco.store.tables import employees


def unname(connection: Connection, employee_ids: Sequence[str]) -> int:
    """Let nobody have one of these people as their manager; return how many had."""
    empty_managers(connection, employee_ids)
    managed = update(employees).where(employees.c.manager_id.in_(employee_ids))
    return connection.execute(managed.values(manager_id=None)).rowcount
