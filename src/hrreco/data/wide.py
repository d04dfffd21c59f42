"""Attributes for audits of fairness, as HR exports them: a column for each attribute."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import polars as pl

from hrreco.data.attributes import ATTRIBUTES
from hrreco.data.columns import is_blank_and_unnamed
from hrreco.data.mapping import TableMapping
from hrreco.data.readers import ROW, TOO_MANY, TableFile
from hrreco.data.texts import as_text
from hrreco.errors import MissingColumnError, PersonalColumnError, close_match
from hrreco.settings import Settings, never_audited

_ID = "employee_id"
_LONG = (_ID, "attribute", "value")


class LongForm(NamedTuple):
    """A file with one row for each attribute of a person, and what is left to be mapped."""

    file: TableFile
    mapping: TableMapping


def in_long_form(file: TableFile, mapping: TableMapping, settings: Settings) -> LongForm:
    """Return a file of attributes in the contract's form: employee, attribute, value.

    Where the file has no column ``attribute``, each column but the id is an attribute, by its own
    name or by that which the mapping gives it. An empty cell says that the value is not known.

    Raises
    ------
    MissingColumnError
        When there is no `employee_id`.
    PersonalColumnError
        When a column is no attribute that may be audited; names all such columns.
    """
    if not {"attribute", "value"}.isdisjoint({*file.columns, *mapping.columns}):
        return LongForm(file, mapping)
    own = {
        name: name
        for name in file.columns
        if name not in mapping.drop and not is_blank_and_unnamed(file, name)
    }
    for ours, theirs in mapping.columns.items():
        own.pop(theirs, None)
        own[ours] = theirs
    if not {*mapping.columns.values()} <= {*file.columns}:
        return LongForm(file, mapping)  # which is then refused for the very column
    if _ID not in own:
        hint = close_match(_ID, file.columns)
        raise MissingColumnError(f"{file.name}: the table {ATTRIBUTES} needs {_ID!r}{hint}")
    _refuse_unaudited(file, [name for name in own if name != _ID], settings)

    def read(_wanted: Sequence[str]) -> pl.DataFrame:
        return _unpivoted(file.read(own))

    long = TableFile(file.name, _LONG, read, file.note)
    return LongForm(long, mapping.model_copy(update={"columns": {}, "drop": ()}))


def unaudited(attribute: str, settings: Settings) -> str | None:
    """Return why an attribute may not be audited; None where it may."""
    if (what := never_audited(attribute)) is not None:
        return f"({what}) may never be used"
    register = settings.necessity[ATTRIBUTES]
    if attribute in register and attribute != _ID:
        return None
    hint = close_match(attribute, [name for name in register if name != _ID])
    return (
        f"is not in the necessity register ([necessity.{ATTRIBUTES}.NAME] in the settings){hint}"
    )


def _refuse_unaudited(file: TableFile, attributes: Sequence[str], settings: Settings) -> None:
    reasons = {name: unaudited(name, settings) for name in attributes}
    refused = [f"{name!r} {why}" for name, why in reasons.items() if why is not None]
    if refused:
        raise PersonalColumnError(
            f"{file.name}: personal columns are refused: {'; '.join(refused)}. Leave them out of "
            f"the export, or drop them in a mapping ([{ATTRIBUTES}] drop = [...])"
        )


def _unpivoted(wide: pl.DataFrame) -> pl.DataFrame:
    attributes = [name for name in wide.columns if name not in {ROW, TOO_MANY, _ID}]
    return (
        wide.with_columns(as_text(wide[name]).alias(name) for name in attributes)
        .unpivot(attributes, index=[ROW, TOO_MANY, _ID], variable_name="attribute")
        .filter(pl.col("value").is_not_null())
        .sort(ROW, maintain_order=True)
    )
