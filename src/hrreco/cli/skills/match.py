"""`hrreco skills match`: propose what the company's names are in ESCO."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Annotated

import typer

from hrreco.cli._call import Call, Outcome, command
from hrreco.cli._language import LanguageOption, language_of
from hrreco.cli.skills._options import EscoOption


def add_to(app: typer.Typer) -> None:
    """Add the command."""

    @command(app, "match", example="hrreco skills match --esco esco/")
    def match(
        call: Call,
        esco: EscoOption,
        out: Annotated[
            Path, typer.Option("--out", metavar="FILE", help="Where to write the mapping.")
        ] = Path("skills-mapping.csv"),
        update: Annotated[
            bool, typer.Option("--update", help="Keep what people have decided in the file.")
        ] = False,
        lang: LanguageOption = None,
    ) -> Outcome:
        """Write a file that says what each role and skill is in ESCO.

        Names are matched by id, by label and by alternative label; the rest by how alike they
        are, and these a person confirms: open the file, and write yes or no.
        """
        from hrreco.cli.skills._views import matched_view
        from hrreco.cli.texts import words_in
        from hrreco.workspace import match_to_esco

        words = words_in(language_of(call, lang))
        done = match_to_esco(
            call.workspace,
            esco,
            out,
            update=update,
            lang=words.language,
            as_of=call.as_of,
            progress=call.progress,
        )
        goes_on = shlex.join(["hrreco", "skills", "apply", str(out), "--esco", str(esco)])
        following = words.say("next", command=goes_on)
        return Outcome(done.to_json(), matched_view(done, words), commands=(following,))
