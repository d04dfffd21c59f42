"""What a reading of tables found: counts, findings, and the rows in quarantine."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any

import polars as pl

from hrreco.settings import write_whole

QUARANTINE = {
    "file": pl.String,
    "row": pl.UInt32,
    "column": pl.String,
    "value": pl.String,
    "rule": pl.String,
    "message": pl.String,
}
"""The columns of the quarantine. A row of a table may have several lines here."""


@dataclass(frozen=True, slots=True)
class TableCounts:
    """What became of the rows of one table; `read` is the sum of the others.

    Attributes
    ----------
    past_retention
        Left out because the time is over for which they may be kept.
    """

    read: int
    accepted: int
    duplicates: int = 0
    quarantined: int = 0
    refused_erased: int = 0
    past_retention: int = 0


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule that some rows of one table broke.

    Attributes
    ----------
    count
        Rows, or for ``prerequisite_cycle`` cycles; None where it would count too few people.
    example
        The first case, in words; never about an erased person.
    removes_rows
        Whether these rows were left out (True), or only something is to be put right.
    """

    rule: str
    table: str
    count: int | None
    example: str
    removes_rows: bool


@dataclass(frozen=True)
class QualityReport:
    """What was read, what was left out, and why.

    Attributes
    ----------
    tables
        Counts by table, of the tables that were read.
    findings
        Every rule that was broken, with a count and an example.
    notes
        Files and columns left aside, and files in an old encoding, in words.
    quarantine
        One line per fault: file, row (the header is row 1), column, value, rule, message.
    named
        The ids of employees and courses that were read, by table, those of bad rows included: a
        full export still holds whoever's row is in quarantine.
    """

    tables: dict[str, TableCounts] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    notes: tuple[str, ...] = ()
    quarantine: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=QUARANTINE))
    named: dict[str, frozenset[str]] = field(default_factory=dict, repr=False)

    def to_json(self) -> dict[str, Any]:
        """Return counts, findings and notes as plain JSON values, without quarantined values."""
        return {
            "tables": {table: asdict(counts) for table, counts in self.tables.items()},
            "findings": [asdict(finding) for finding in self.findings],
            "notes": list(self.notes),
        }

    def write_quarantine(self, path: Path) -> None:
        """Write the quarantine as a Parquet file, whole or not at all."""
        content = BytesIO()  # polars' own writing to a disk hides what failed
        self.quarantine.write_parquet(content)
        write_whole(path, content.getvalue(), private=True)
