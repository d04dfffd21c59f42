"""What the routes that take rows in tell of themselves in the OpenAPI document."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from hrreco.service.problems import MEDIA_TYPE


class RejectedShown(BaseModel):
    """Why a row was not stored; a row may have several lines."""

    index: int
    column: str | None
    reason: str


class TakenShown(BaseModel):
    """What became of the rows."""

    stored: int
    unchanged: int
    """There already, just so."""

    rejected: list[RejectedShown]
    notes: list[str] = []
    """What is to be put right though the rows were stored."""


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


def _problem(description: str) -> dict[str, Any]:
    return {"description": description, "content": {MEDIA_TYPE: {}}}


REFUSED: dict[int | str, dict[str, Any]] = {
    409: _problem("An id is that of a row with other content; the other rows are stored."),
    422: _problem("The one row cannot be stored, or the body cannot be read."),
}
