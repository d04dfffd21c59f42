"""What a person may ask for: all that is held about them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from hrreco.privacy.audit import AuditLog, Kind
from hrreco.store.about import Rows, managed_by, rows_about
from hrreco.store.chain import Line, Payload, about
from hrreco.store.moments import from_stored
from hrreco.store.record import unknown_employee


@dataclass(frozen=True)
class PersonalData:
    """Everything about one person.

    Attributes
    ----------
    tables
        Rows by table. Those of the data contract read back as they are: their columns and values
        are those of an export file.
    log
        What was done that concerned them: answers with their reasons and the version of the
        model, opt-outs, corrections, exports.
    manager_of
        Of how many others they are the manager.
    """

    employee_id: str
    exported_at: datetime
    tables: dict[str, Rows]
    log: list[dict[str, Any]]
    manager_of: int

    def to_json(self) -> dict[str, Any]:
        """Return plain JSON values."""
        return {
            "employee_id": self.employee_id,
            "exported_at": self.exported_at.isoformat(),
            "tables": self.tables,
            "log": self.log,
            "manager_of": self.manager_of,
        }


def personal_data(log: AuditLog, employee_id: str) -> PersonalData:
    """Return every row about one person, and note in the log that it was handed out.

    Raises
    ------
    UnknownIdError
        When nothing is held about somebody of that id; names the close match.
    """
    now = datetime.now(UTC)
    with log.writing() as transaction:
        connection = transaction.connection
        tables = rows_about(connection, employee_id)
        pseudonyms = log.store.pseudonyms.all_of(connection, [employee_id])
        told = [_told(*one) for one in about(connection, list(pseudonyms))]
        if not told and not any(tables.values()):
            raise unknown_employee(connection, employee_id)
        transaction.append(Kind.EXPORT, {}, employee_id=employee_id, at=now)
        return PersonalData(employee_id, now, tables, told, managed_by(connection, employee_id))


def _told(line: Line, payload: Payload) -> dict[str, Any]:
    return {
        "line": line.seq,
        "at": from_stored(line.at).isoformat(),
        "kind": line.kind,
        "about": json.loads(payload.payload),
    }
