"""Logs in JSON, a document a line, that name nobody."""

from __future__ import annotations

import logging
import traceback
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any

from pydantic_core import to_json

import hrreco

LOG_CONFIG: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "hrreco.service.logs.JsonLines"}},
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "stream": "ext://sys.stderr",
            "formatter": "json",
        }
    },
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {"hrreco": {"level": "INFO"}, "uvicorn": {"level": "INFO"}},
}
"""For uvicorn, which hands it on to its workers."""

_TRUSTED = ("hrreco", "uvicorn")
"""Whose words are known to name nobody; of all others, only where they come from is told."""
_HOME = Path(hrreco.__file__).parent


class JsonLines(logging.Formatter):
    """Writes a record as JSON: of an error its type and where it was raised, never its message."""

    def format(self, record: logging.LogRecord) -> str:
        """Return one line."""
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
        }
        if record.name.partition(".")[0] in _TRUSTED:
            line["message"] = _said(record)
        else:
            line["where"] = f"{record.module}:{record.lineno}"
        line.update(getattr(record, "told", {}))
        if record.exc_info and record.exc_info[1] is not None:
            error = record.exc_info[1]
            line["error"] = type(error).__name__
            line["raised"] = _where(error.__traceback__)
        return to_json(line).decode()


def _said(record: logging.LogRecord) -> str:
    """Return the message; what an error says may name a person, so its type takes its place."""
    if isinstance(record.args, tuple):
        record.args = tuple(
            type(one).__name__ if isinstance(one, BaseException) else one for one in record.args
        )
    return " ".join(record.getMessage().split())


def _where(raised: TracebackType | None) -> str | None:
    """Return the last line of hrreco's own that an error went through, or the very last."""
    frames = traceback.extract_tb(raised)
    if not frames:
        return None
    own = [frame for frame in frames if Path(frame.filename).is_relative_to(_HOME)]
    last = (own or frames)[-1]
    file = Path(last.filename)
    name = file.relative_to(_HOME.parent) if own else file.name
    return f"{name}:{last.lineno}"
