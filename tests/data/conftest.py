from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from hrreco.data import LearningData

EMPLOYEES = "employee_id,role,started_on\nE1,Nurse,2020-01-01\nE2,Clerk,2021-06-01\n"
COURSES = "course_id,title\nC1,Hygiene\nC2,First aid\n"
EVENTS = "employee_id,course_id,kind,occurred_at\nE1,C1,completed,2022-03-01\n"

Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a folder of exports: a sound company, with the tables that a test gives instead."""

    def write(**tables: str | bytes | None) -> Path:
        sound = {"employees": EMPLOYEES, "courses": COURSES, "events": EVENTS}
        for table, content in {**sound, **tables}.items():
            if content is not None:
                data = content.encode() if isinstance(content, str) else content
                (tmp_path / f"{table}.csv").write_bytes(data)
        return tmp_path

    return write


@pytest.fixture
def read(write: Write) -> Callable[..., LearningData]:
    """Write such a folder, and read it."""

    def read(**tables: str | bytes | None) -> LearningData:
        return LearningData.read(write(**tables), as_of="2025-01-01")

    return read


def rules(data: LearningData) -> dict[str, int]:
    """Return how often each rule was broken."""
    assert data.report is not None
    return {finding.rule: finding.count for finding in data.report.findings}
