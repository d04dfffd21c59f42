"""Decisions of people kept in the store, in force for every process at its next call."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Any, cast

from hrreco.privacy.audit import AuditLog, Kind
from hrreco.privacy.oversight import (
    Action,
    Decision,
    Rulings,
    check_new,
    checked_text,
    numbered_among,
)
from hrreco.store import oversight
from hrreco.store.moments import from_stored, to_stored


class StoredOversight:
    """The decisions of a store. A change, and its line of the audit log, is on disk at its return.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> from hrreco.privacy.oversight import new_decision
    >>> from hrreco.store import Store
    >>> folder = Path(tempfile.mkdtemp())
    >>> store = Store.open(folder / "hrreco.db")
    >>> decided = StoredOversight(AuditLog(store, folder))
    >>> pause = decided.record(new_decision("pause", "Maija Virtanen", "a new catalogue"))
    >>> decided.rulings("E1").paused, decided.lift(pause.number, "Maija Virtanen").action
    (True, 'pause')
    >>> store.close()
    """

    def __init__(self, log: AuditLog) -> None:
        self._log = log
        self._store = log.store

    def decisions(self) -> tuple[Decision, ...]:
        """Return all decisions in force, in the order in which they were taken."""
        with self._store.reading() as connection:
            return tuple(map(_decision, oversight.all_decisions(connection)))

    def rulings(self, employee_id: str) -> Rulings:
        """Return what they come to for one employee."""
        with self._store.reading() as connection:
            return Rulings.of(map(_decision, oversight.decisions_about(connection, employee_id)))

    def record(self, decision: Decision) -> Decision:
        """Put a decision in force; return it with its number."""
        with self._log.writing() as transaction:
            check_new(decision, map(_decision, oversight.all_decisions(transaction.connection)))
            number = oversight.add_decision(transaction.connection, _values(decision))
            taken = replace(decision, number=number)
            told = {name: value for name, value in taken.to_json().items() if value is not None}
            told.pop("employee_id", None)  # whom the line concerns is told by the pseudonym
            transaction.append(
                Kind.OVERSIGHT, told, employee_id=decision.employee_id, at=decision.since
            )
        return taken

    def lift(self, number: int, by: str) -> Decision:
        """End a decision; return what it was."""
        name = checked_text(by, "by")
        with self._log.writing() as transaction:
            known = map(_decision, oversight.all_decisions(transaction.connection))
            lifted = numbered_among(number, known)
            oversight.remove_decision(transaction.connection, number)
            transaction.append(
                Kind.OVERSIGHT_LIFTED,
                {"number": number, "by": name},
                employee_id=lifted.employee_id,
            )
        return lifted


def _values(decision: Decision) -> dict[str, Any]:
    values = asdict(decision) | {"decided_by": decision.by, "since": to_stored(decision.since)}
    return {name: value for name, value in values.items() if name not in ("number", "by")}


def _decision(row: oversight.DecisionRow) -> Decision:
    return Decision(
        number=row.id,
        action=cast(Action, row.action),
        by=row.decided_by,
        reason=row.reason,
        since=from_stored(row.since),
        course_id=row.course_id,
        employee_id=row.employee_id,
        instead=row.instead,
    )
