"""`hrreco skills apply`: let roles need what ESCO says."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from hrreco.cli._call import Call, Outcome, command
from hrreco.cli._language import LanguageOption, language_of
from hrreco.cli.skills._options import EscoOption


def add_to(app: typer.Typer) -> None:
    """Add the command."""

    @command(app, "apply", example="hrreco skills apply skills-mapping.csv --esco esco/")
    def apply(
        call: Call,
        mapping: Annotated[
            Path, typer.Argument(metavar="MAPPING", help="As hrreco skills match has written it.")
        ],
        esco: EscoOption,
        lang: LanguageOption = None,
    ) -> Outcome:
        """Let the confirmed roles of a mapping need what ESCO says.

        It replaces what an earlier mapping has given. A role that has needs of its own, by the
        exported role_skills, keeps them.
        """
        from hrreco.cli.skills._views import applied_view
        from hrreco.cli.texts import words_in
        from hrreco.workspace import apply_esco

        words = words_in(language_of(call, lang))
        done = apply_esco(
            call.workspace, mapping, esco, lang=words.language, progress=call.progress
        )
        return Outcome(done.to_json(), applied_view(done, words))
