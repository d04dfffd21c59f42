"""Answers in JSON."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi import Response
from pydantic_core import to_json


def json_answer(shown: Any, headers: Mapping[str, str] | None = None) -> Response:
    """Return plain JSON values as an answer."""
    return Response(to_json(shown), headers=headers, media_type="application/json")
