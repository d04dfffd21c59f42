"""Which bundles may never serve again, as they count somebody who was erased since."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, insert, select

from hrreco.store.tables import employees
from hrreco.store.trust_tables import sealed_bundles


def seal(connection: Connection, bundle_ids: Iterable[str]) -> None:
    """Let these bundles never serve again."""
    new = sorted(frozenset(bundle_ids) - sealed(connection))
    if new:
        connection.execute(insert(sealed_bundles), [{"bundle_id": one} for one in new])


def sealed(connection: Connection) -> frozenset[str]:
    """Return the bundles that may not serve."""
    return frozenset(connection.scalars(select(sealed_bundles.c.bundle_id)))


def known_since(connection: Connection, employee_id: str) -> int | None:
    """Return the number of the ingest that brought a person; None where nobody has that id."""
    first = select(employees.c.first_seq).where(employees.c.employee_id == employee_id)
    return connection.scalar(first)
