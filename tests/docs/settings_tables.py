"""The tables of settings on a page, and what the code says of the same settings."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

from annotated_types import Ge, Gt, Le, Lt, MinLen
from pydantic import BaseModel
from pydantic.fields import FieldInfo

DOCS = Path(__file__).parents[2] / "docs"
_HEADING = re.compile(r"^#+ (.*)$", re.MULTILINE)
_ROW = re.compile(r"^\| `(\w+)` \|[^|]*\|([^|]*)\|", re.MULTILINE)


def ranges_on(page: str, heading: str) -> dict[str, str]:
    """Return the column `range` of the table under a heading, by name of the setting."""
    text = (DOCS / page).read_text(encoding="utf-8")
    _, *parts = _HEADING.split(text)
    under = dict(zip(parts[::2], parts[1::2], strict=True))[heading]
    table = under[under.index("| default | range |") :].split("\n\n")[0]
    return {name: cell.strip() for name, cell in _ROW.findall(table)}


def ranges_of(model: type[BaseModel]) -> dict[str, str]:
    """Return the range of each setting in the words of the page; empty where none is set."""
    return {name: _range(field) for name, field in model.model_fields.items()}


def _range(field: FieldInfo) -> str:
    if get_origin(field.annotation) is Literal:
        return ", ".join(get_args(field.annotation))
    if field.annotation is bool:
        return "true, false"
    return ", ".join(_bounds({type(bound): bound for bound in field.metadata}, field.annotation))


def _bounds(found: dict[type, Any], kind: object) -> list[str]:
    if MinLen in found:
        return [f"at least {found[MinLen].min_length}"]
    if Lt in found and kind is int:
        found[Le] = Le(found.pop(Lt).lt - 1)
    if Ge in found and Le in found:
        return [f"{_number(found[Ge].ge)} to {_number(found[Le].le)}"]
    words = {Gt: "above", Ge: "from", Lt: "below", Le: "to"}
    return [
        f"{word} {_number(getattr(found[bound], bound.__name__.lower()))}"
        for bound, word in words.items()
        if bound in found
    ]


def _number(value: float) -> str:
    return f"{int(value) if value == int(value) else value:,}"
