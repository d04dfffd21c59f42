"""One table on its way through the checks, with an account of each of its rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from hrreco.data.faults import Faults, fault_lines, joined, such_values, with_values
from hrreco.data.readers import ROW
from hrreco.data.report import QUARANTINE, Finding, TableCounts

_KEYS = {
    "employees": ("employee_id",),
    "courses": ("course_id",),
    "events": ("event_id",),
    "employee_skills": ("employee_id", "skill"),
    "role_skills": ("role", "skill"),
    "sessions": ("session_id",),
    "fairness_attributes": ("employee_id", "attribute"),
}
"""What tells a repeated row. Where an event or session has no id, all its columns do."""

_ORDER = {
    "events": ("employee_id", "occurred_at", "course_id", "kind", "event_id"),
    "sessions": ("course_id", "starts_at", "session_id"),
}
"""How a table is sorted, if not by its key."""

_OF_CODES = frozenset({"unknown_kind", "unknown_value", "bad_boolean"})
"""Rules on codes: who writes a mapping must know all that are not understood."""


class Sheet:
    """The rows of one table that are still good, and what became of all others.

    Rows only ever leave: as faulty, as refused because the person was erased, as past the time for
    which they may be kept, or as duplicates.

    Parameters
    ----------
    file
        The name that reports give the table's origin.
    given
        The columns that were read, as they came, and `ROW`.
    rows
        The table's columns in their dtypes, and `ROW`; always in the order of the file.
    faults
        What was found so far.

    Attributes
    ----------
    left_out
        The numbers of rows that left though they have no fault, by why they did.
    """

    def __init__(
        self, table: str, file: str, given: pl.DataFrame, rows: pl.DataFrame, faults: Faults
    ) -> None:
        self.table = table
        self.file = file
        self.rows = rows
        self._given = given
        self._read = len(rows)
        self._named = rows
        self._faults = joined(faults)
        self._quarantined = 0
        self._findings: list[Finding] = []
        self.left_out: dict[str, list[int]] = {"erased": [], "past_retention": [], "duplicate": []}

    def refuse(self, erased: pl.Series) -> None:
        """Leave out rows of erased people, and with them all that was said about these rows."""
        numbers = self._take_out(erased)
        self.left_out["erased"].extend(numbers)
        self._find("erased", len(numbers), "", removes_rows=True)

    def let_go(self, past: pl.Series) -> None:
        """Leave out rows past their time, and with them all that was said about these rows."""
        numbers = self._take_out(past)
        self.left_out["past_retention"].extend(numbers)
        if len(numbers):
            example = f"{self._place(numbers[0])}: is past the time for which it may be kept"
            self._find("past_retention", len(numbers), example, removes_rows=True)

    def empty(self, column: str, past: pl.Series) -> None:
        """Empty the cells of a column that are past their time."""
        message = f"its {column} is past the time for which it may be kept, and read as empty"
        self.note("value_past_retention", past, message)
        self.rows = self.rows.with_columns(pl.when(~past).then(pl.col(column)).alias(column))

    def quarantine(
        self, broken: pl.Series, *, column: str, rule: str, message: str | pl.Series
    ) -> None:
        """Note a fault of the column in all rows where `broken` is true."""
        lines = fault_lines(self.rows, broken, column=column, rule=rule, message=message)
        if len(lines):
            self._faults = joined([self._faults, lines])

    def _take_out(self, rows: pl.Series) -> pl.Series:
        """Take rows out, and all that was said about them; return their numbers."""
        rows = rows.fill_null(False)
        numbers = self.rows[ROW].filter(rows)
        self._faults = self._faults.filter(~pl.col("row").is_in(numbers.implode()))
        self.rows = self.rows.filter(~rows)
        return numbers

    def drop_faulty(self) -> None:
        """Leave out every row that has a fault."""
        before = len(self.rows)
        faulty = pl.col(ROW).is_in(self._faults["row"].unique().implode())
        self.rows = self.rows.filter(~faulty)
        self._quarantined += before - len(self.rows)

    def drop_duplicates(self) -> None:
        """Of rows with the same key, leave only the last."""
        key = list(_KEYS[self.table])
        without_key = pl.any_horizontal(pl.col(key).is_null())
        whole = [
            c for c in self.rows.columns if c != ROW and self.rows[c].null_count() < len(self.rows)
        ]
        kept = pl.concat(
            [
                self.rows.filter(~without_key).unique(key, keep="last"),
                self.rows.filter(without_key).unique(whole or None, keep="last"),
            ]
        )
        same = [ROW, *key]  # a row of a file may hold several attributes of one person
        again = self.rows.join(kept, on=same, how="anti", nulls_equal=True).sort(ROW)
        if len(again):
            example = (
                f"{self._place(again[ROW][0])}: {self._key_of(again)} comes again further down"
            )
            self._find("duplicate", len(again), example, removes_rows=True)
        self.rows = kept.sort(ROW)
        self.left_out["duplicate"].extend(again[ROW])

    def note(self, rule: str, broken: pl.Series, message: str) -> None:
        """Record something to be put right that removes no row; `message` is of the first one."""
        numbers = self.rows[ROW].filter(broken.fill_null(False))
        if len(numbers):
            example = f"{self._place(numbers[0])}: {message}"
            self._find(rule, len(numbers), example, removes_rows=False)

    def finished(self) -> pl.DataFrame:
        """Return the good rows, sorted."""
        order = _ORDER.get(self.table, _KEYS[self.table])
        rest = [c for c in ("progress", "rating", "reason", "source") if self.table == "events"]
        return self.rows.drop(ROW).sort(*order, *rest)

    def named(self) -> frozenset[str]:
        """Return the ids that stand in the first key column, those of bad rows included."""
        return frozenset(self._named[_KEYS[self.table][0]].drop_nulls())

    def counts(self) -> TableCounts:
        """Return what became of the rows."""
        return TableCounts(
            read=self._read,
            accepted=len(self.rows),
            duplicates=len(self.left_out["duplicate"]),
            quarantined=self._quarantined,
            refused_erased=len(self.left_out["erased"]),
            past_retention=len(self.left_out["past_retention"]),
        )

    def findings(self) -> list[Finding]:
        """Return a finding for each rule that rows broke, and those that were noted."""
        by_rule = self._faults.group_by("rule", maintain_order=True)
        return [*(self._of_rule(str(rule), lines) for (rule,), lines in by_rule), *self._findings]

    def quarantined(self) -> pl.DataFrame:
        """Return the lines of the quarantine, with the columns of `QUARANTINE`."""
        lines = with_values(self._faults, self._given)
        return lines.with_columns(pl.lit(self.file).alias("file")).select(*QUARANTINE)

    def _of_rule(self, rule: str, lines: pl.DataFrame) -> Finding:
        first = with_values(lines.head(1), self._given).row(0, named=True)
        cell = "" if first["column"] is None else f"{first['column']} "
        value = "" if first["value"] is None else f"{first['value']!r} "
        example = f"{self._place(first['row'])}: {cell}{value}{first['message']}"
        if rule in _OF_CODES:
            example += self._codes(lines, first)
        return Finding(rule, self.table, lines["row"].n_unique(), example, removes_rows=True)

    def _codes(self, lines: pl.DataFrame, first: Mapping[str, Any]) -> str:
        """Return what more there is to understand than the first code, column by column."""
        codes = with_values(lines, self._given).drop_nulls("value")
        return "".join(
            such_values(
                str(column),
                part["value"],
                named=first["value"] if column == first["column"] else None,
            )
            for (column,), part in codes.group_by("column", maintain_order=True)
        )

    def _find(self, rule: str, count: int, example: str, *, removes_rows: bool) -> None:
        if count:
            self._findings.append(Finding(rule, self.table, count, example, removes_rows))

    def _place(self, row: object) -> str:
        return f"{self.file} row {row}"

    def _key_of(self, rows: pl.DataFrame) -> str:
        values: Sequence[object] = rows.select(_KEYS[self.table]).row(0)
        if None in values:
            return "the same row"
        return " and ".join(
            f"{name} {value!r}" for name, value in zip(_KEYS[self.table], values, strict=True)
        )
