"""`hrreco skills coverage`: which needed skills no course teaches."""

from __future__ import annotations

import typer

from hrreco.cli._call import Call, Outcome, command
from hrreco.cli._language import LanguageOption, language_of


def add_to(app: typer.Typer) -> None:
    """Add the command."""

    @command(app, "coverage", example="hrreco skills coverage")
    def coverage(call: Call, lang: LanguageOption = None) -> Outcome:
        """Show which needed skills no course teaches.

        Or none as high as needed. It is for all roles that somebody holds; what is essential comes
        first. Sensitive and inactive courses do not count.
        """
        from hrreco.cli.skills._views import coverage_view
        from hrreco.cli.texts import words_in
        from hrreco.workspace import skill_coverage

        found = skill_coverage(call.workspace, as_of=call.as_of)
        return Outcome(found.to_json(), coverage_view(found, words_in(language_of(call, lang))))
