"""One file becomes one sheet: read, mapped, coerced, and each row checked on its own."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from hrreco.data.coerce import coerce
from hrreco.data.faults import Faults, fault_lines, joined
from hrreco.data.mapping import TableMapping
from hrreco.data.moments import beyond_calendar
from hrreco.data.readers import ROW, TOO_MANY, TableFile
from hrreco.data.row_rules import check_rows, known_kinds
from hrreco.data.sheet import Sheet
from hrreco.data.texts import as_text
from hrreco.settings import Settings


def take_in(
    table: str,
    file: TableFile,
    wanted: Mapping[str, str],
    mapping: TableMapping,
    settings: Settings,
) -> Sheet:
    """Read the `wanted` columns of a file as a table; see `hrreco.data.columns.lay_out`."""
    given = file.read(wanted)
    if mapping.distinct:
        given = _distinct(given)
    sound, beyond = _within_calendar(given)
    cells = _with_values(sound, mapping)
    typed, faults = coerce(cells, table, formats=mapping.date_formats, timezone=settings.timezone)
    if table == "events":
        typed = known_kinds(typed, settings)
    of_rows = check_rows(table, typed, settings)
    faults = _without_echoes(_unsound(given), [*beyond, *faults], of_rows)
    faults = [_told(faults, sound, mapping)]
    return Sheet(table, file.name, given.drop(TOO_MANY), typed, faults)


def _distinct(rows: pl.DataFrame) -> pl.DataFrame:
    cells = pl.exclude(ROW, TOO_MANY)
    return rows.filter(~pl.all_horizontal(cells.is_null()), ~pl.col(TOO_MANY)).unique(
        [c for c in rows.columns if c not in {ROW, TOO_MANY}], keep="first", maintain_order=True
    )


def _within_calendar(rows: pl.DataFrame) -> tuple[pl.DataFrame, Faults]:
    """Empty the cells that hold no date anybody could mean, which polars cannot even write."""
    faults = []
    for column in rows.columns:
        beyond = beyond_calendar(rows[column])
        if beyond.any():
            message = "is a date beyond the years 1 to 9999"
            faults.append(
                fault_lines(rows, beyond, column=column, rule="bad_date", message=message)
            )
            rows = rows.with_columns(rows[column].set(beyond, None))
    return rows, faults


def _with_values(rows: pl.DataFrame, mapping: TableMapping) -> pl.DataFrame:
    """Replace codes by what they mean, and add the constants."""
    replaced = [
        as_text(rows[column]).replace(codes).alias(column)
        for column, codes in mapping.values.items()
        if column in rows.columns
    ]
    constants = [pl.lit(value).alias(column) for column, value in mapping.constants.items()]
    texts = pl.col(pl.String)
    return rows.with_columns(*replaced, *constants).with_columns(pl.when(texts != "").then(texts))


def _told(faults: Faults, given: pl.DataFrame, mapping: TableMapping) -> pl.DataFrame:
    """Say of each code what the mapping read it as: it may be that which is wrong."""
    lines = joined(faults)
    cells = given.filter(pl.col(ROW).is_in(lines["row"].unique().implode()))
    meanings = [pl.DataFrame(schema={"row": pl.UInt32, "column": pl.String, "meant": pl.String})]
    for column, codes in mapping.values.items():
        if column in cells.columns:
            texts = as_text(cells[column])
            meant = texts.replace_strict(codes, default=None, return_dtype=pl.String)
            of_column = pl.DataFrame({"row": cells[ROW], "column": column, "meant": meant})
            meanings.append(of_column.drop_nulls())
    lines = lines.join(
        pl.concat(meanings), on=["row", "column"], how="left", maintain_order="left"
    )
    said = pl.format("is read by the mapping as '{}', which {}", "meant", "message")
    return lines.with_columns(pl.coalesce(said, "message").alias("message")).drop("meant")


def _unsound(rows: pl.DataFrame) -> pl.DataFrame:
    """Return lines for rows whose cells mean nothing; no value of theirs is quoted."""
    blank = rows.select(pl.all_horizontal(pl.exclude(ROW, TOO_MANY).is_null())).to_series()
    no_value = "has no value in any column that is used"
    too_many = "has more fields than the header, so that its cells may be misplaced"
    lines = fault_lines(rows, rows[TOO_MANY], rule="too_many_fields", message=too_many)
    also_blank = blank & ~rows[TOO_MANY]
    return joined([lines, fault_lines(rows, also_blank, rule="blank_row", message=no_value)])


def _without_echoes(unsound: pl.DataFrame, of_cells: Faults, of_rows: Faults) -> Faults:
    """Leave out what only follows from another fault.

    A cell that could not be read is empty from then on, and then seems to be missing; the cells
    of an unsound row are not worth a word.
    """
    cells = joined(of_cells)
    rows = joined(of_rows).join(cells, on=["row", "column"], how="anti")
    return [unsound, *(lines.join(unsound, on="row", how="anti") for lines in (cells, rows))]
