"""Answers in JSON."""

from __future__ import annotations

from typing import Any

from fastapi import Response
from pydantic_core import to_json


def json_answer(shown: Any) -> Response:
    """Return plain JSON values as an answer."""
    return Response(to_json(shown), media_type="application/json")
