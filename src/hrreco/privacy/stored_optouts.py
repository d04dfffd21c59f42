"""Opt-outs kept in the store, in force for every process at its next call."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from hrreco.privacy.audit import AuditLog, Kind
from hrreco.privacy.optouts import PURPOSES, Purpose, checked_purpose
from hrreco.store import refusals


class StoredOptOuts:
    """The opt-outs of a store. A change, and the line of the audit log, is on disk at its return.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> from hrreco.store import Store
    >>> folder = Path(tempfile.mkdtemp())
    >>> store = Store.open(folder / "hrreco.db")
    >>> opt_outs = StoredOptOuts(AuditLog(store, folder))
    >>> opt_outs.opt_out("E1", ["profiling"])
    >>> opt_outs.is_out("E1", "profiling"), opt_outs.is_out("E1", "training")
    (True, False)
    >>> store.close()
    """

    def __init__(self, log: AuditLog) -> None:
        self._log = log
        self._store = log.store

    def opted_out(self, purpose: Purpose) -> frozenset[str]:
        """Return the ids of all who opted out of `purpose`."""
        with self._store.reading() as connection:
            return refusals.opted_out(connection, checked_purpose(purpose))

    def is_out(self, employee_id: str, purpose: Purpose) -> bool:
        """Return whether `employee_id` opted out of `purpose`."""
        with self._store.reading() as connection:
            return refusals.is_out(connection, employee_id, checked_purpose(purpose))

    def opt_out(self, employee_id: str, purposes: Iterable[Purpose] = PURPOSES) -> None:
        """Record that `employee_id` refuses these purposes: all of them, or none on an error."""
        refused = [checked_purpose(purpose) for purpose in purposes]
        with self._log.writing() as transaction:
            now = datetime.now(UTC)
            refusals.opt_out(transaction.connection, employee_id, refused, since=now)
            transaction.append(
                Kind.OPT_OUT, {"purposes": refused}, employee_id=employee_id, at=now
            )

    def opt_in(self, employee_id: str, purposes: Iterable[Purpose] = PURPOSES) -> None:
        """Record that `employee_id` no longer refuses these purposes."""
        allowed = [checked_purpose(purpose) for purpose in purposes]
        with self._log.writing() as transaction:
            refusals.opt_in(transaction.connection, employee_id, allowed)
            transaction.append(Kind.OPT_IN, {"purposes": allowed}, employee_id=employee_id)
