"""Lines of the log: JSON, and nothing personal."""

from __future__ import annotations

import asyncio
import json
import logging
import sys
from pathlib import Path
from typing import Any

import pytest

from hrreco import Workspace
from hrreco.service.background import Background
from hrreco.service.logs import JsonLines

CANARY = "E-CANARY-7"


def line(name: str, message: str, *args: Any, error: BaseException | None = None) -> Any:
    caught = None if error is None else (type(error), error, error.__traceback__)
    record = logging.LogRecord(name, logging.ERROR, __file__, 7, message, args, caught)
    text = JsonLines().format(record)
    assert "\n" not in text
    return json.loads(text)


def raised(where: Any) -> BaseException:
    try:
        where()
    except Exception as error:
        return error
    raise AssertionError


def test_an_error_is_told_by_its_type_and_place() -> None:
    def fail() -> None:
        from hrreco.data.learning_data import LearningData

        LearningData.from_frames(employees=CANARY, courses=CANARY, events=CANARY)

    told = line("hrreco.requests", "failed", error=raised(fail))
    assert told["raised"].startswith("hrreco/data/")
    assert CANARY not in json.dumps(told)
    told = line("uvicorn.error", "failed", error=raised(lambda: json.loads(CANARY)))
    assert (told["error"], told["raised"].split(":")[0]) == ("JSONDecodeError", "decoder.py")
    assert CANARY not in json.dumps(told)


def test_errors_within_a_message_are_told_by_their_type() -> None:
    told = line("hrreco", "%d answers could not be recorded: %s", 3, ValueError(CANARY))
    assert told["message"] == "3 answers could not be recorded: ValueError"


def test_of_others_words_nothing_is_told() -> None:
    told = line("asyncio", f"Task exception was never retrieved: {CANARY}")
    assert "message" not in told
    assert told["where"].startswith("test_logs:")


def test_a_line_is_a_line_whatever_is_in_it() -> None:
    told = line("uvicorn.error", "one\ntwo \u2028 %s", "three")
    assert told["message"] == "one two three"
    assert told["level"] == "error"
    assert set(told) == {"at", "level", "logger", "message"}
    assert "error" not in line("hrreco", "x", error=None)
    assert sys.exc_info() == (None, None, None)


def warn(workspace: Workspace) -> None:
    logging.getLogger("hrreco").warning("at a path: %s", ValueError(CANARY))


def test_the_process_beside_a_worker_logs_alike(
    folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    background = Background(folder)
    asyncio.run(background.run(warn))
    background.close()
    told = json.loads(capfd.readouterr().err)
    assert (told["level"], told["message"]) == ("warning", "at a path: ValueError")
