"""What is processed, as the register of the workspace has it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from hrreco.settings import Settings
from hrreco.settings.necessity import PersonalColumn, default_register

_BASIS = PersonalColumn.model_fields["legal_basis"].default


@dataclass(frozen=True, slots=True)
class Column:
    """One personal column, as it is in force.

    Attributes
    ----------
    purpose, legal_basis
        The company's own words; None where they are those that ship with hrreco, which have
        texts in every language.
    keep_days
        After which it is gone, with its row or before.
    own
        Whether the company has added it.
    """

    table: str
    name: str
    purpose: str | None
    legal_basis: str | None
    keep_days: int
    own: bool


def columns_of(settings: Settings) -> Iterator[Column]:
    """Yield the personal columns of the effective register."""
    shipped = default_register()
    for table, columns in settings.necessity.items():
        row = settings.kept[table].row
        for name, column in columns.items():
            known = shipped[table].get(name)
            yield Column(
                table,
                name,
                None if known and known.purpose == column.purpose else column.purpose,
                None if column.legal_basis == _BASIS else column.legal_basis,
                min(row, settings.kept[table].columns.get(name, row)),
                own=known is None,
            )
