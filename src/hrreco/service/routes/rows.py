"""What the routes that take rows in tell of themselves in the OpenAPI document."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from hrreco.service.document import OF_EVERY, problems
from hrreco.service.shown.base import Shown, example


class RejectedShown(Shown):
    """Why a row was not stored; a row may have several lines."""

    index: int
    column: str | None
    reason: str


class TakenShown(Shown):
    """What became of the rows.

    `unchanged` counts those that were there already, just so. `notes` say what is to be put right
    though the rows were stored.
    """

    model_config = example(
        {
            "stored": 2,
            "unchanged": 0,
            "rejected": [
                {"index": 1, "column": "kind", "reason": "is no kind of event"},
            ],
        }
    )

    stored: int
    unchanged: int
    rejected: list[RejectedShown]
    notes: list[str] = Field([])


def body_of(row: dict[str, Any]) -> dict[str, Any]:
    """Return the description of a body that is one row, or many."""
    many = {"type": "array", "maxItems": 10_000, "items": row}
    return _described({"oneOf": [row, many]})


def one_of(row: dict[str, Any]) -> dict[str, Any]:
    """Return the description of a body that is one row."""
    return _described(row)


def _described(schema: dict[str, Any]) -> dict[str, Any]:
    content = {"application/json": {"schema": schema}}
    return {"requestBody": {"required": True, "content": content}}


OF_ROWS = {**OF_EVERY, **problems(409)}
"""The errors of routes that take events; all rows but those that it names are stored."""
