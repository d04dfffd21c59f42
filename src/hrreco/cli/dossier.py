"""`hrreco dossier`: the papers that data protection asks for."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hrreco.cli._call import Call, Outcome, command
from hrreco.cli._language import LanguageOption, language_of

if TYPE_CHECKING:
    from rich.text import Text

    from hrreco.reports.dossier import Papers


def add_to(app: typer.Typer) -> None:
    """Add the command."""

    @command(app, "dossier", example="hrreco dossier --out papers --lang fi")
    def dossier(
        call: Call,
        out: Annotated[
            Path,
            typer.Option(
                "--out",
                metavar="FOLDER",
                show_default=False,
                help="Where to write the papers; else dossier, in the current folder.",
            ),
        ] = Path("dossier"),
        lang: LanguageOption = None,
    ) -> Outcome:
        """Write the papers of data protection from what is in force.

        Nobody is named. Record of processing (GDPR Art. 30), facts for the impact assessment
        (Art. 35) with the reasoning on the EU AI Act, model card, information sheet for employees.
        """
        from hrreco.reports.dossier import facts_of, papers_of

        language = language_of(call, lang)
        facts = facts_of(call.workspace, as_of=call.as_of)
        papers = papers_of(facts, language)
        papers.write(out)
        files = [str(out / name) for name in papers.texts]
        payload = {"language": language, "files": files, "facts": facts.to_json()}
        return Outcome(payload, _view(papers, out))


def _view(papers: Papers, out: Path) -> Text:
    from hrreco.cli._lines import whole_line
    from hrreco.reports.dossier.texts import words_in

    say = words_in(papers.language).say
    names = (f"  {name}" for name in papers.texts)
    lines = [say("said.written", folder=out), *names, say("said.blanks", papers.blanks)]
    return whole_line("\n".join(lines))
