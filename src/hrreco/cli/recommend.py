"""`hrreco recommend`: suggestions for one employee, or for all."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hrreco.cli._call import Call, Outcome, answered, command
from hrreco.cli._language import LanguageOption, known_language
from hrreco.errors import SettingsError

if TYPE_CHECKING:
    from hrreco.settings import Language

EmployeeArgument = Annotated[str, typer.Argument(metavar="EMPLOYEE", help="Their id.")]


def _number_of_courses(given: str) -> int:
    try:
        k = int(given)
    except ValueError:
        k = 0
    if k < 1:
        raise typer.BadParameter(f"{given!r} is no number of courses; ask for 1 or more")
    return k


CutOption = Annotated[
    int,
    typer.Option(
        "-k", metavar="N", parser=_number_of_courses, help="The most courses to suggest."
    ),
]


def add_to(app: typer.Typer) -> None:
    """Add the command."""

    @command(app, "recommend", example="hrreco recommend E000123 -k 5 --lang fi")
    def recommend(
        call: Call,
        employee: Annotated[
            str | None, typer.Argument(metavar="EMPLOYEE", help="Their id; or use --all.")
        ] = None,
        k: CutOption = 5,
        lang: LanguageOption = None,
        everyone: Annotated[
            bool,
            typer.Option(
                "--all",
                help="Everyone who is employed; an elective's reasons stay with the employee.",
            ),
        ] = False,
        out: Annotated[
            Path | None, typer.Option("--out", metavar="FILE.parquet", help="Where --all writes.")
        ] = None,
    ) -> Outcome:
        """Suggest courses to an employee, with reasons.

        Mandatory courses that are due come first, then what fits.
        """
        language = known_language(lang)
        if employee is not None and everyone:
            raise SettingsError(f"both {employee} and --all are given; ask for one or for all")
        if employee is not None and not everyone and out is None:
            return _one(call, employee, k, language)
        if employee is None and everyone and out is not None:
            return _all(call, out, k, language)
        raise SettingsError("name an EMPLOYEE, or use --all with --out FILE.parquet")


def _one(call: Call, employee: str, k: int, lang: Language | None) -> Outcome:
    from hrreco.cli._answer import answer_view

    answer = call.workspace.advisor().recommend(employee, k, lang=lang, as_of=call.as_of)
    return answered(call, answer, answer_view(answer))


def _all(call: Call, out: Path, k: int, lang: Language | None) -> Outcome:
    from hrreco.workspace import recommend_all

    written = recommend_all(
        call.workspace, out, k=k, lang=lang, as_of=call.as_of, progress=call.progress
    )
    return Outcome(
        {"employees": written.employees, "rows": written.rows, "file": str(out)},
        f"{written.rows:,} rows for {written.employees:,} employees in {out}",
    )
