"""`hrreco skills gap`: what an employee lacks for a role."""

from __future__ import annotations

from typing import Annotated

import typer

from hrreco.cli._call import Call, Outcome, answered, command
from hrreco.cli._language import LanguageOption, language_of
from hrreco.cli.recommend import EmployeeArgument

TargetRoleOption = Annotated[
    str | None,
    typer.Option("--target-role", metavar="ROLE", help="The role to learn for; else their own."),
]


def add_to(app: typer.Typer) -> None:
    """Add the command."""

    @command(app, "gap", example="hrreco skills gap E000123 --target-role Nurse")
    def gap(
        call: Call,
        employee: EmployeeArgument,
        target_role: TargetRoleOption = None,
        lang: LanguageOption = None,
    ) -> Outcome:
        """Show which skills an employee lacks for a role."""
        from hrreco.cli._gap import gap_view
        from hrreco.cli.texts import words_in

        language = language_of(call, lang)
        found = call.workspace.advisor().gap(employee, target_role, as_of=call.as_of)
        return answered(call, found, gap_view(found, words_in(language)))
