"""Whether the roles and departments that courses and skills name are those of employees."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from hrreco.data.sheet import Sheet
from hrreco.errors import close_match


def check_roles(sheets: Mapping[str, Sheet]) -> None:
    """Note rules of mandatory training, and needs of roles, that apply to no employee.

    A role may be named before anybody has it, so the rows stay; but a typo here would silently
    free a whole profession from its mandatory training.
    """
    if "employees" not in sheets:
        return
    people = sheets["employees"].rows
    held = {
        "role": set(people["role"].drop_nulls()),
        "department": set(people["department"].drop_nulls()),
    }
    if "courses" in sheets:
        rules = sheets["courses"].rows["mandatory_for"]
        for kind, values in held.items():
            named = rules.list.eval(
                pl.element()
                .filter(pl.element().str.starts_with(f"{kind}:"))
                .str.strip_prefix(f"{kind}:")
            )
            _note(sheets["courses"], "mandatory_for", kind, named, values)
    if "role_skills" in sheets:
        roles = sheets["role_skills"].rows["role"]
        _note(
            sheets["role_skills"],
            "role",
            "role",
            roles.reshape((-1, 1)).arr.to_list(),
            held["role"],
        )


def _note(sheet: Sheet, column: str, kind: str, named: pl.Series, held: set[str]) -> None:
    """Note the rows that name a value of `kind` that nobody holds; `named` is a list per row."""
    known = pl.Series(sorted(held), dtype=pl.String)
    unknown = named.list.eval(pl.element().filter(~pl.element().is_in(known.implode())))
    broken = unknown.list.len().fill_null(0) > 0
    if not broken.any():
        return
    first = str(unknown.filter(broken).list.first()[0])
    hint = close_match(first, held)
    message = f"{column} names the {kind} {first!r}, which no employee has{hint}"
    sheet.note(f"unknown_{kind}", broken, message)
