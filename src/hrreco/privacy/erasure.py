"""Erasing one person: rows, tombstone, log and proof, in one transaction."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection

from hrreco.privacy.audit import AuditLog, Kind
from hrreco.store.chain import Line, drop_payloads, of_kind
from hrreco.store.erasure import erase_rows
from hrreco.store.moments import from_stored
from hrreco.store.seals import seal
from hrreco.store.tombstones import bury


@dataclass(frozen=True)
class Erasure:
    """What an erasure did, as its line of the audit log tells it.

    Attributes
    ----------
    details
        Plain JSON values: ``pseudonym`` (hexadecimal), ``own_row`` (false: nobody of that id
        was employed, and only references to them went), ``removed`` (rows by table), ``lines`` of
        the log that no longer tell what they are about, ``sealed`` bundles, and ``model``.
    """

    line: Line
    details: Mapping[str, Any]

    @property
    def at(self) -> datetime:
        """When it was done (UTC)."""
        return from_stored(self.line.at)


def erase(
    log: AuditLog,
    employee_id: str,
    *,
    at: datetime | None = None,
    sealed: Collection[str] = (),
    model: Mapping[str, Any] | None = None,
) -> Erasure:
    """Delete all that is known of one person; their events up to now are refused from then on.

    For somebody who was erased before and did not come back, that erasure is returned.

    Parameters
    ----------
    sealed
        The bundles that count them, and so may not serve again.
    model
        What is to be told of the model that serves, in plain JSON values.

    Raises
    ------
    UnknownIdError
        When nothing is known of the person; names the close match.
    """
    at = at or datetime.now(UTC)
    with log.writing() as transaction:
        connection = transaction.connection
        pseudonyms = log.store.pseudonyms
        removed = erase_rows(connection, pseudonyms, employee_id)
        pseudonym = bury(connection, pseudonyms, employee_id, at).hex()
        unreadable = drop_payloads(connection, pseudonyms.all_of(connection, [employee_id]))
        if not removed and not unreadable and (before := _latest(connection, pseudonym)):
            return before
        seal(connection, sealed)
        details = {
            "pseudonym": pseudonym,
            "own_row": "employees" in removed,
            "removed": removed,
            "lines": unreadable,
            "sealed": sorted(sealed),
            "model": model,
        }
        return Erasure(transaction.append(Kind.ERASURE, details, at=at), details)


def _latest(connection: Connection, pseudonym: str) -> Erasure | None:
    told = of_kind(connection, Kind.ERASURE)
    found = [Erasure(line, json.loads(payload.payload)) for line, payload in told]
    return next((one for one in reversed(found) if one.details["pseudonym"] == pseudonym), None)
