"""Keyed pseudonyms of employees: HMAC-SHA256 of the id.

Ids are few and easily guessed, so whoever holds the key can tell whom a pseudonym stands for, and
nobody else can. Deleting the key makes all pseudonyms mean nothing for ever.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterable
from pathlib import Path

from sqlalchemy import Connection

from hrreco.store.keyring import Keyring, Purpose

_KEYS = Purpose("pseudonym", "HRRECO_PSEUDONYM_KEY")


class Pseudonyms:
    """The pseudonyms of one workspace.

    Parameters
    ----------
    folder
        Of the key file.
    """

    def __init__(self, folder: Path) -> None:
        self.keyring = Keyring(folder, _KEYS)

    def of(self, connection: Connection, employee_id: str) -> bytes:
        """Return the pseudonym of an employee under the newest key: 32 bytes."""
        return _pseudonym(self.keyring.newest(connection), employee_id)

    def each_of(self, connection: Connection, employee_ids: Iterable[str]) -> dict[str, bytes]:
        """Return the pseudonym of each of many employees under the newest key."""
        key = self.keyring.newest(connection)
        return {one: _pseudonym(key, one) for one in frozenset(employee_ids)}

    def all_of(self, connection: Connection, employee_ids: Iterable[str]) -> dict[bytes, str]:
        """Return whom each pseudonym stands for, under all keys there have been."""
        keys = self.keyring.known(connection)
        return {_pseudonym(key, one): one for one in employee_ids for key in keys}


def _pseudonym(key: bytes, employee_id: str) -> bytes:
    return hmac.digest(key, employee_id.encode(), "sha256")
