"""Purging: what is past the time for which it may be kept is deleted, in one transaction."""

from __future__ import annotations

from collections.abc import Iterable

from hrreco.privacy.audit import AuditLog, Kind
from hrreco.privacy.counts import told
from hrreco.settings import Moment, Settings
from hrreco.store.chain import drop_payloads
from hrreco.store.emptying import Removed
from hrreco.store.purging import purge_rows


def purge_people(
    log: AuditLog, settings: Settings, moment: Moment, *, dry_run: bool
) -> list[Removed]:
    """Delete rows about people that are past their time, and empty such values.

    Of whoever goes wholly, the lines of the audit log no longer tell what they are about. That
    something was purged is a line of its own, with counts as they may be told.

    Parameters
    ----------
    dry_run
        Do the same, and take it back.
    """
    with log.writing() as transaction:
        connection = transaction.connection
        attempt = connection.begin_nested()
        gone, removed = purge_rows(connection, settings, moment)
        known = log.store.pseudonyms.all_of(connection, gone)
        unreadable = drop_payloads(connection, known)
        removed = _together(removed)
        if dry_run:
            attempt.rollback()
            return removed
        attempt.commit()
        if removed:
            counts = [(*one[:2], told(one.rows, settings.min_people)) for one in removed]
            transaction.append(Kind.PURGE, {"removed": counts, "lines": unreadable})
    return removed


def _together(removed: Iterable[Removed]) -> list[Removed]:
    """Return what was removed, all of a table or of a column in one."""
    found: dict[tuple[str, str | None], Removed] = {}
    for one in removed:
        before = found.get(one[:2], Removed(*one[:2], 0, 0))
        found[one[:2]] = Removed(*one[:2], before.rows + one.rows, before.people + one.people)
    return list(found.values())
