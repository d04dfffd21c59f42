"""`hrreco onboard`: the first 90 days of a new hire."""

from __future__ import annotations

import typer

from hrreco.cli._call import Call, Outcome, answered, command
from hrreco.cli._language import LanguageOption, known_language
from hrreco.cli.recommend import EmployeeArgument


def add_to(app: typer.Typer) -> None:
    """Add the command."""

    @command(app, "onboard", example="hrreco onboard E000123")
    def onboard(call: Call, employee: EmployeeArgument, lang: LanguageOption = None) -> Outcome:
        """Plan a new hire's first 30, 60 and 90 days.

        Mandatory training comes first, then the core of the role, then what suits. What is known
        already is left out.
        """
        from hrreco.cli._onboarding import onboarding_view

        language = known_language(lang)
        found = call.workspace.advisor().onboarding(employee, lang=language, as_of=call.as_of)
        return answered(call, found, onboarding_view(found))
