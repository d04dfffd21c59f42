"""The statement that both databases merge with."""

from __future__ import annotations

from typing import TypeVar

from sqlalchemy import Table, or_
from sqlalchemy.dialects import postgresql, sqlite

from hrreco.store.tables import merge_keys, written_columns

Insert = TypeVar("Insert", sqlite.Insert, postgresql.Insert)


def or_replace(statement: Insert, table: Table) -> Insert:
    """Let an insert replace the row of the same key, if it differs."""
    keys: list[str] = merge_keys(table)
    kept = {*keys, "first_seq"}
    given = {name: statement.excluded[name] for name in written_columns(table) if name not in kept}
    compared = [name for name in given if name != "ingest_seq"]
    return statement.on_conflict_do_update(
        index_elements=keys,
        set_=given,
        where=or_(*(table.c[name].is_distinct_from(given[name]) for name in compared)),
    )
