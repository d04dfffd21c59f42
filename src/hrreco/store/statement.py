"""What every answer asks the database, without a detour."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Select


class Statement:
    """A statement that SQLAlchemy writes once for each database, and whose driver runs it.

    To have SQLAlchemy run it takes several times as long as the database takes to answer.

    Parameters
    ----------
    select
        Its bound parameters have names of their own.
    """

    def __init__(self, select: Select[Any]) -> None:
        self._select = select
        self._texts: dict[str, tuple[str, list[str] | None]] = {}

    def rows(self, connection: Connection, **values: str) -> list[tuple[Any, ...]]:
        """Return all rows, plain, in the transaction of a connection."""
        text, order = self._text(connection)
        cursor = connection.connection.cursor()
        cursor.execute(text, values if order is None else [values[name] for name in order])
        return list(cursor.fetchall())

    def _text(self, connection: Connection) -> tuple[str, list[str] | None]:
        """Return the text, and the order of its parameters where they go by their place."""
        name = connection.dialect.name
        if name not in self._texts:
            compiled = self._select.compile(dialect=connection.dialect)
            self._texts[name] = str(compiled), compiled.positiontup
        return self._texts[name]
