"""`hrreco why-not`: why a course is not suggested."""

from __future__ import annotations

from typing import Annotated

import typer

from hrreco.cli._call import Call, Outcome, answered, command
from hrreco.cli._language import LanguageOption, known_language
from hrreco.cli.recommend import CutOption, EmployeeArgument


def add_to(app: typer.Typer) -> None:
    """Add the command."""

    @command(app, "why-not", example="hrreco why-not E000123 C00042")
    def why_not(
        call: Call,
        employee: EmployeeArgument,
        course: Annotated[str, typer.Argument(metavar="COURSE", help="The course's id.")],
        k: CutOption = 5,
        lang: LanguageOption = None,
    ) -> Outcome:
        """Say why a course is not among the suggestions, or that it is."""
        language = known_language(lang)
        advisor = call.workspace.advisor()
        answer = advisor.why_not(employee, course, k, lang=language, as_of=call.as_of)
        return answered(call, answer, f"{answer.title}: {answer.text}")
