"""`hrreco path`: what to learn, month by month."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hrreco.cli._call import Call, Outcome, answered, command
from hrreco.cli._language import LanguageOption, known_language
from hrreco.cli._numbers import number, whole_number
from hrreco.cli.recommend import EmployeeArgument
from hrreco.cli.skills.gap import TargetRoleOption

if TYPE_CHECKING:
    from hrreco.paths import LearningPath


def add_to(app: typer.Typer) -> None:
    """Add the command."""

    @command(app, "path", example="hrreco path E000123 --months 6 --ics path.ics")
    def path(  # noqa: PLR0913, PLR0917 (each is an option of the command)
        call: Call,
        employee: EmployeeArgument,
        target_role: TargetRoleOption = None,
        hours_per_month: Annotated[
            float | None,
            typer.Option(
                "--hours-per-month",
                metavar="H",
                parser=number,
                help="The budget of each month.",
            ),
        ] = None,
        start: Annotated[
            str | None,
            typer.Option("--start", metavar="DATE", help="The first day (YYYY-MM-DD); else now."),
        ] = None,
        months: Annotated[
            int,
            typer.Option(
                "--months",
                metavar="N",
                parser=whole_number,
                help="Calendar months, the first included.",
            ),
        ] = 12,
        ics: Annotated[
            Path | None, typer.Option("--ics", metavar="FILE.ics", help="A calendar to write.")
        ] = None,
        chart: Annotated[
            Path | None,
            typer.Option("--chart", metavar="FILE", help="A picture to write: .html or .png."),
        ] = None,
        lang: LanguageOption = None,
    ) -> Outcome:
        """Plan an employee's training, month by month.

        Mandatory training comes first, then what closes the gap to the role, and what suits.
        """
        from hrreco.cli._path import path_view

        language = known_language(lang)
        _check(ics, chart)
        found = call.workspace.advisor().path(
            employee,
            target_role=target_role,
            hours_per_month=hours_per_month,
            start=start,
            months=months,
            lang=language,
            as_of=call.as_of,
        )
        call.settle()
        _write(found, ics, chart)
        return answered(call, found, path_view(found))


def _check(ics: Path | None, chart: Path | None) -> None:
    from hrreco.paths import PICTURES
    from hrreco.settings import check_target

    if ics is not None:
        check_target(ics, ".ics")
    if chart is not None:
        check_target(chart, *PICTURES)


def _write(path: LearningPath, ics: Path | None, chart: Path | None) -> None:
    from hrreco.settings import write_whole

    if chart is not None:
        path.save_chart(chart)
    if ics is not None:
        write_whole(ics, path.to_ics(), private=True)
