"""Opt-outs kept in the store, in force for every process at its next call."""

from __future__ import annotations

from collections.abc import Iterable

from hrreco.privacy.optouts import PURPOSES, Purpose, checked_purpose
from hrreco.store import Store


class StoredOptOuts:
    """The opt-outs of a store. A change is on disk before the call returns.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> store = Store.open(Path(tempfile.mkdtemp()) / "hrreco.db")
    >>> opt_outs = StoredOptOuts(store)
    >>> opt_outs.opt_out("E1", ["profiling"])
    >>> opt_outs.is_out("E1", "profiling"), opt_outs.is_out("E1", "training")
    (True, False)
    >>> store.close()
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    def opted_out(self, purpose: Purpose) -> frozenset[str]:
        """Return the ids of all who opted out of `purpose`."""
        return self._store.opted_out(checked_purpose(purpose))

    def is_out(self, employee_id: str, purpose: Purpose) -> bool:
        """Return whether `employee_id` opted out of `purpose`."""
        return self._store.is_out(employee_id, checked_purpose(purpose))

    def opt_out(self, employee_id: str, purposes: Iterable[Purpose] = PURPOSES) -> None:
        """Record that `employee_id` refuses these purposes: all of them, or none on an error."""
        self._store.opt_out(employee_id, [checked_purpose(purpose) for purpose in purposes])

    def opt_in(self, employee_id: str, purposes: Iterable[Purpose] = PURPOSES) -> None:
        """Record that `employee_id` no longer refuses these purposes."""
        self._store.opt_in(employee_id, [checked_purpose(purpose) for purpose in purposes])
