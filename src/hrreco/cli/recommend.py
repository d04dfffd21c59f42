"""`hrreco recommend`: suggestions for one employee, or for all."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from hrreco.cli._answer import answer_view
from hrreco.cli._call import Call, Outcome, command
from hrreco.errors import SettingsError
from hrreco.settings import Language
from hrreco.workspace import recommend_all

LanguageOption = Annotated[
    Language | None, typer.Option("--lang", help="The language of the reasons.")
]
CutOption = Annotated[int, typer.Option("-k", min=1, help="The most courses to suggest.")]


def add_to(app: typer.Typer) -> None:
    """Add the command."""

    @command(app, "recommend", example="hrreco recommend E000123 -k 5 --lang fi")
    def recommend(
        call: Call,
        employee: Annotated[str | None, typer.Argument(metavar="EMPLOYEE")] = None,
        k: CutOption = 5,
        lang: LanguageOption = None,
        everyone: Annotated[bool, typer.Option("--all", help="Everyone who is employed.")] = False,
        out: Annotated[
            Path | None, typer.Option("--out", metavar="FILE.parquet", help="Where --all writes.")
        ] = None,
    ) -> Outcome:
        """Suggest courses with reasons: mandatory ones that are due first, then what fits."""
        if everyone != (employee is None) or everyone != (out is not None):
            raise SettingsError("name an EMPLOYEE, or use --all with --out FILE.parquet")
        if employee is not None:
            advisor = call.workspace.advisor()
            answer = advisor.recommend(employee, k, lang=lang, as_of=call.as_of)
            return Outcome(answer.to_json(), answer_view(answer))
        assert out is not None
        with call.progress() as progress:
            written = recommend_all(
                call.workspace, out, k=k, lang=lang, as_of=call.as_of, progress=progress
            )
        return Outcome(
            {"employees": written.employees, "rows": written.rows, "file": str(out)},
            f"{written.rows} suggestions for {written.employees} employees in {out}",
        )
