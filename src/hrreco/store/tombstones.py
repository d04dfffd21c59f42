"""What stays of an erased person: a pseudonym, so that a replayed feed does not bring them back.

The pseudonym is an HMAC-SHA256 of the employee id. Employee ids are few and easily guessed, so
whoever holds the key can tell who was erased. It is kept in a file of its own that only the owner
may read, not in the database: a copy or a backup of the database alone then names nobody, and
deleting the file makes the tombstones mean nothing for ever.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Collection
from datetime import datetime
from hashlib import sha256
from pathlib import Path

import polars as pl
from sqlalchemy import Connection, delete, insert, select

from hrreco.data.learning_data import LearningData
from hrreco.errors import WorkspaceError
from hrreco.settings import draft_of
from hrreco.store.moments import from_stored, to_stored
from hrreco.store.tables import meta, tombstones

_KEY_BYTES = 32
_FINGERPRINT = "tombstone_key_sha256"


def bury(connection: Connection, key_file: Path, employee_id: str, at: datetime) -> None:
    """Write the tombstone of `employee_id`, in place of an earlier one."""
    pseudonym = _pseudonym(_key(connection, key_file), employee_id)
    connection.execute(delete(tombstones).where(tombstones.c.pseudonym == pseudonym))
    connection.execute(insert(tombstones).values(pseudonym=pseudonym, erased_at=to_stored(at)))


def buried(
    connection: Connection, key_file: Path, employee_ids: Collection[str]
) -> dict[str, datetime]:
    """Return the moment of erasure (UTC) of those that were erased."""
    rows = connection.execute(select(tombstones.c.pseudonym, tombstones.c.erased_at))
    stones: dict[bytes, int] = {row.pseudonym: row.erased_at for row in rows}
    if not stones:
        return {}
    key = _key(connection, key_file)
    pseudonyms = {_pseudonym(key, employee_id): employee_id for employee_id in employee_ids}
    return {pseudonyms[p]: from_stored(at) for p, at in stones.items() if p in pseudonyms}


def refuse_replay(connection: Connection, key_file: Path, data: LearningData) -> None:
    """Stop an export that was read before someone in it was erased.

    Raises
    ------
    WorkspaceError
        When it has an event of an erased person up to the erasure, or their row with no later
        day of hiring: just what reading the export again will leave out.
    """
    ids = pl.concat([data.employees["employee_id"], data.events["employee_id"]]).unique()
    moments = buried(connection, key_file, ids.to_list())
    erased = pl.DataFrame(
        {"employee_id": list(moments), "at": list(moments.values())},
        schema={"employee_id": pl.String, "at": pl.Datetime("us", "UTC")},
    )
    day = pl.col("at").dt.convert_time_zone(data.settings.timezone).dt.date()
    hired_after = (pl.col("started_on") > day).fill_null(value=False)
    people = data.employees.join(erased, on="employee_id").filter(~hired_after)
    events = data.events.join(erased, on="employee_id").filter(
        pl.col("occurred_at") <= pl.col("at")
    )
    if people.height or events.height:
        raise WorkspaceError(
            "someone was erased while this export was being read; nothing was ingested, read and "
            "ingest it again"
        )


def _pseudonym(key: bytes, employee_id: str) -> bytes:
    return hmac.digest(key, employee_id.encode(), "sha256")


def _key(connection: Connection, key_file: Path) -> bytes:
    """Return the key; a new one where nobody was erased yet."""
    fingerprint = connection.scalar(select(meta.c.value).where(meta.c.name == _FINGERPRINT))
    if fingerprint is None:
        key = _new_key(key_file)
        connection.execute(insert(meta).values(name=_FINGERPRINT, value=sha256(key).hexdigest()))
        return key
    try:
        key = key_file.read_bytes()
    except FileNotFoundError:
        key = b""
    if sha256(key).hexdigest() != fingerprint:
        raise WorkspaceError(
            f"{key_file}: not the key that the erased people of this database were noted with; "
            "without it they would come back with the next export. Copy it from where the "
            "database came from"
        )
    return key


def _new_key(key_file: Path) -> bytes:
    """Write a new key to disk, whole or not at all. Safe inside a writing transaction only."""
    key = secrets.token_bytes(_KEY_BYTES)
    with draft_of(key_file) as draft:
        draft.touch(0o600)
        draft.write_bytes(key)
    return key
