"""`hrreco careers`: roles within reach of an employee."""

from __future__ import annotations

import typer

from hrreco.cli._call import Call, Outcome, answered, command
from hrreco.cli._language import LanguageOption, known_language
from hrreco.cli.recommend import EmployeeArgument


def add_to(app: typer.Typer) -> None:
    """Add the command."""

    @command(app, "careers", example="hrreco careers E000123")
    def careers(call: Call, employee: EmployeeArgument, lang: LanguageOption = None) -> Outcome:
        """Show an employee the roles within reach, the nearest first.

        For their own eyes: what it shows is nobody else's business.
        """
        from hrreco.cli._gap import careers_view

        language = known_language(lang)
        found = call.workspace.advisor().careers(employee, lang=language, as_of=call.as_of)
        return answered(call, found, careers_view(found))
