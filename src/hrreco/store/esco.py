"""What roles need by ESCO, beside what the company's own exports say.

It has a table of its own, so that either may change without the other being lost. Where a role
has needs of its own, these alone count: see `reading.read_role_skills`.
"""

from __future__ import annotations

from dataclasses import replace

import polars as pl
from sqlalchemy import Connection, delete, func, select

from hrreco.store.merge import IngestResult, begin_ingest, end_ingest, merge_table
from hrreco.store.tables import esco_role_skills, ingests

SOURCE = "ESCO"


def replace_needs(connection: Connection, needs: pl.DataFrame) -> IngestResult:
    """Let `needs`, a table of the form of `role_skills`, take the place of all from before."""
    seq = begin_ingest(connection, SOURCE)
    key = esco_role_skills.c.role, esco_role_skills.c.skill
    stored = {(role, skill) for role, skill in connection.execute(select(*key))}
    gone = sorted(stored.difference(needs.select("role", "skill").iter_rows()))
    for role, skill in gone:
        connection.execute(delete(esco_role_skills).where(key[0] == role, key[1] == skill))
    counts = merge_table(connection, esco_role_skills, needs, seq)
    result = IngestResult(seq, {"role_skills": replace(counts, marked=len(gone))})
    end_ingest(connection, result)
    return result


def last_replaced(connection: Connection) -> int:
    """Return the number of the latest ingest that replaced them; 0 when there was none."""
    seq = select(func.max(ingests.c.seq)).where(ingests.c.source == SOURCE)
    return connection.scalar(seq) or 0
