"""What PostgreSQL says, in one line of ours: what is wrong, and what helps.

Of its own words only the first are repeated: those that follow quote rows, and rows name people.
"""

from __future__ import annotations

from sqlalchemy.exc import DBAPIError, OperationalError

from hrreco.errors import DataError, DiskFullError, HrrecoError, WorkspaceError

_UNREACHABLE = "start the server, or put the address right"
_REFUSED = {
    "password": "put it right in PGPASSWORD or in ~/.pgpass, where one is needed",
    "pg_hba.conf": "let this machine and this user in, in the server's pg_hba.conf",
    "role ": "make the user with: createuser, or name another one in the address",
    "database ": "make it with: createdb --encoding=UTF8 --template=template0",
    "too many": "end some of them, or let the server have more",
    "starting up": "wait until it has started",
}
"""What helps, by a part of what a server says when it lets nobody in."""
BUSY = "55P03"
NUL = "a text holds the character NUL, which PostgreSQL cannot store; take it out of the export"
_BY_STATE: dict[str, tuple[type[HrrecoError], str]] = {
    BUSY: (WorkspaceError, "another process is writing for too long; try again"),
    "42501": (WorkspaceError, "the user has no right to do that; grant it: docs/postgres.md"),
    "25006": (WorkspaceError, "may be read only; name a server and a user that may write it"),
    "57P03": (WorkspaceError, "the server is starting or stopping; try again"),
    "53100": (DiskFullError, "the disk of the server is full; free some space"),
}
_OF_ROWS = {
    "23": "a row names an employee or course that is not stored, perhaps because someone was "
    "erased while the export was read; ingest it again",
    "54": "an id, or the name of a role or skill, is longer than the 2,700 bytes that PostgreSQL "
    "can look up; shorten it",
}
"""What is wrong with rows, by the class of a state. Who handed them in reads it: no address."""
_LOST = (
    "the connection was lost; what was not acknowledged may or may not be stored: once the server "
    "answers, do it again"
)
_LOST_STATES = ("57P01", "57P02", "08003", "08006")


def explain(name: str, error: Exception) -> HrrecoError:
    """Return what to raise for an error of the database called `name`."""
    cause = getattr(error, "orig", error)
    state: str = getattr(cause, "sqlstate", None) or ""
    if state in _BY_STATE:
        kind, problem = _BY_STATE[state]
        return kind(f"{name}: {problem}")
    if state[:2] in _OF_ROWS:
        return DataError(_OF_ROWS[state[:2]])
    if "NUL (0x00)" in str(cause):
        return DataError(NUL)
    if state in _LOST_STATES or _is_lost(error):
        return WorkspaceError(f"{name}: {_LOST}")
    if not state and isinstance(error, OperationalError):
        return _unreached(name, _said(cause))
    return WorkspaceError(f"{name}: the database cannot be used ({_said(cause)})")


def _is_lost(error: Exception) -> bool:
    """Return whether it came in the middle: SQLAlchemy connects, and copying is the driver's."""
    if isinstance(error, DBAPIError):
        return error.connection_invalidated
    return not getattr(error, "sqlstate", None)


def _unreached(name: str, said: str) -> WorkspaceError:
    helps = next((helps for part, helps in _REFUSED.items() if part in said), _UNREACHABLE)
    return WorkspaceError(f"{name}: cannot be connected to ({said}); {helps}")


def _said(cause: object) -> str:
    """Return the first thing that the driver or the server says, in one line."""
    primary = getattr(getattr(cause, "diag", None), "message_primary", None)
    return " ".join(str(primary or cause).split())
