"""Answers in JSON."""

from __future__ import annotations

import json
from typing import Any

from fastapi import Response


def json_answer(shown: Any) -> Response:
    """Return plain JSON values as an answer."""
    return Response(json.dumps(shown, ensure_ascii=False), media_type="application/json")
