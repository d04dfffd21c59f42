"""Ids in addresses: those of a company may hold anything, a slash or a new line, too."""

from __future__ import annotations

from typing import Annotated

from fastapi import Path
from starlette.convertors import Convertor, register_url_convertor

EmployeeId = Annotated[
    str, Path(description="The employee's id.", max_length=1_000, examples=["E000123"])
]
CourseId = Annotated[
    str, Path(description="The course's id.", max_length=1_000, examples=["C00042"])
]


class _Id(Convertor[str]):
    """Stands in the paths of routes as ``{employee_id:id}``."""

    regex = "(?s:.+)"

    def convert(self, value: str) -> str:
        return value

    def to_string(self, value: str) -> str:
        return value


register_url_convertor("id", _Id())
