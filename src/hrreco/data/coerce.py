"""Cells of any type become the contract's dtypes; every cell that does not fit is a fault.

Texts are read as the data contract says: dates as ISO 8601 or in the mapping's formats, numbers
with a decimal point or comma, lists separated by ``|``. NaN and infinity are no numbers, and
never stand for "missing".
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

import polars as pl

from hrreco.data.faults import Faults, code_hint, fault_lines
from hrreco.data.moments import parse_days, parse_moments
from hrreco.data.readers import ROW
from hrreco.data.schemas import defaults, dtypes
from hrreco.data.texts import as_text

_TRUE = ("true", "yes", "y", "t", "1", "kyllä", "kylla", "joo", "k", "tosi", "ja", "j", "sant")
_FALSE = ("false", "no", "n", "f", "0", "ei", "e", "epätosi", "epatosi", "nej", "nei", "falskt")
"""Yes and no in English, Finnish and Swedish; spreadsheets write ``TOSI`` and ``SANT``."""
_LEVEL = r"^(.+):(\d{1,9})$"
"""A skill with a level, such as ``sql:2``. A URI stays whole: its colon precedes no number."""

_ZERO = "\0"

_SKILL = pl.List(pl.Struct({"skill": pl.String, "level": pl.Int32}))
_INT32_MAX = 2**31 - 1

_EXPLAINED = {
    "bad_text": "is no text, or holds a zero byte",
    "bad_date": "is no date in ISO 8601, or in a format named under [{table}.date_formats] "
    "in a mapping file",
    "bad_number": "is no number",
    "bad_boolean": "is neither yes nor no (kyllä or ei, ja or nej)",
    "bad_list": "is no list, or holds a zero byte",
}


def coerce(
    rows: pl.DataFrame, table: str, *, formats: Mapping[str, Sequence[str]], timezone: str
) -> tuple[pl.DataFrame, Faults]:
    """Give `rows` all columns of `table`, in its dtypes and with its defaults.

    Parameters
    ----------
    rows
        Some columns of the table, and `ROW`.
    formats
        Date formats by column.
    timezone
        The zone of times that name none.

    Returns
    -------
    DataFrame, Faults
        As many rows as before, null where a cell did not fit; and a line for each such cell.
    """
    columns, faults = [rows[ROW]], []
    for name, dtype in dtypes(table).items():
        if name not in rows.columns:
            columns.append(pl.Series(name, [None], dtype).new_from_index(0, len(rows)))
            continue
        rule, convert = _converter(dtype, formats.get(name, ()), timezone)
        given = rows[name]
        if dtype == pl.String and given.dtype.is_float():
            given = given.fill_nan(None)
        fitted = convert(given)
        columns.append(fitted.alias(name))
        failed = fitted.is_null() & given.is_not_null()
        if failed.any():
            faults.append(
                fault_lines(
                    rows, failed, column=name, rule=rule, message=_message(rule, table, name)
                )
            )
    frame = pl.DataFrame(columns).with_columns(
        pl.col(name).fill_null(value) for name, value in defaults(table).items()
    )
    return frame, faults


def _message(rule: str, table: str, column: str) -> str:
    hint = code_hint(table, column) if rule == "bad_boolean" else ""
    return f"{_EXPLAINED[rule].format(table=table)}{hint}"


def _converter(
    dtype: pl.DataType, formats: Sequence[str], timezone: str
) -> tuple[str, Callable[[pl.Series], pl.Series]]:
    """Return the name of the rule that a cell may break, and what turns cells into `dtype`."""
    if dtype == pl.Date:
        return "bad_date", partial(parse_days, formats=formats, timezone=timezone)
    if isinstance(dtype, pl.Datetime):
        return "bad_date", partial(parse_moments, formats=formats, timezone=timezone)
    if dtype == _SKILL:
        return "bad_list", skills_of
    if isinstance(dtype, pl.List):
        return "bad_list", _texts
    return {
        pl.String(): ("bad_text", _sound_texts),
        pl.Boolean(): ("bad_boolean", _flags),
        pl.Float64(): ("bad_number", _numbers),
        pl.Int32(): ("bad_number", _whole_numbers),
    }[dtype]


def _sound_texts(cells: pl.Series) -> pl.Series:
    """Return texts without a zero byte, which ends a text in some databases and breaks others."""
    texts = as_text(cells)
    return texts.set(texts.str.contains(_ZERO, literal=True), None)


def _numbers(cells: pl.Series) -> pl.Series:
    if not (cells.dtype.is_numeric() or cells.dtype == pl.Null):
        cells = as_text(cells).str.replace(",", ".", literal=True)
    numbers = cells.cast(pl.Float64, strict=False)
    return numbers.set(~numbers.is_finite(), None)


def _whole_numbers(cells: pl.Series) -> pl.Series:
    numbers = _numbers(cells)
    whole = (numbers == numbers.floor()) & (numbers.abs() <= _INT32_MAX)
    return numbers.set(~whole, None).cast(pl.Int32)


def _flags(cells: pl.Series) -> pl.Series:
    if cells.dtype == pl.Boolean:
        return cells
    words = as_text(cells).str.normalize("NFC").str.to_lowercase()
    known = words.is_in(_TRUE + _FALSE)
    return words.is_in(_TRUE).set(~known, None)


def _texts(cells: pl.Series) -> pl.Series:
    """Return lists of texts, without blanks around them, empty ones and repetitions."""
    if not isinstance(cells.dtype, pl.List):
        cells = as_text(cells).str.split("|")
    elif cells.dtype.inner in (pl.Null, pl.Categorical) or cells.dtype.inner.is_numeric():
        cells = cells.cast(pl.List(pl.String))
    if cells.dtype != pl.List(pl.String):
        return pl.Series(cells.name, [None], pl.List(pl.String)).new_from_index(0, len(cells))
    element = pl.element().str.strip_chars()
    texts = cells.list.eval(element.filter(element != ""))
    broken = texts.list.eval(element.str.contains(_ZERO, literal=True)).list.any()
    return texts.set(broken, None).list.unique(maintain_order=True)


def skills_of(cells: pl.Series) -> pl.Series:
    """Return lists of skills with a level each, from such lists or from texts (``sql:2``)."""
    if isinstance(cells.dtype, pl.List) and isinstance(cells.dtype.inner, pl.Struct):
        return _of_structs(cells)
    texts = _texts(cells)
    element = pl.element()
    with_level = element.str.contains(_LEVEL)
    name = pl.when(with_level).then(element.str.extract(_LEVEL, 1)).otherwise(element)
    level = element.str.extract(_LEVEL, 2).cast(pl.Int32, strict=False)
    skill = pl.struct(name.str.strip_chars().alias("skill"), level.alias("level"))
    return texts.list.eval(skill).cast(_SKILL)


def _of_structs(cells: pl.Series) -> pl.Series:
    try:
        return cells.cast(_SKILL)
    except pl.exceptions.PolarsError:
        return pl.Series(cells.name, [None], _SKILL).new_from_index(0, len(cells))
