"""`hrreco report groups`: how departments, roles, places and units learn."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hrreco.cli._call import Call, Outcome, command
from hrreco.cli._language import LanguageOption, language_of

if TYPE_CHECKING:
    from hrreco.reports import GroupReport


def add_to(app: typer.Typer) -> None:
    """Add the command."""

    @command(app, "groups", example="hrreco report groups --by department,role")
    def groups(
        call: Call,
        by: Annotated[
            str,
            typer.Option(
                "--by",
                metavar="DIMENSION",
                help="department, role, location or manager; or two, with a comma between.",
            ),
        ] = "department",
        since: Annotated[
            str | None,
            typer.Option(
                "--since", metavar="DATE", help="The first day (YYYY-MM-DD); else a year ago."
            ),
        ] = None,
        out: Annotated[
            Path | None, typer.Option("--out", metavar="FILE.csv", help="A table to write.")
        ] = None,
        lang: LanguageOption = None,
    ) -> Outcome:
        """Show how groups learn: people, electives, mandatory training on time, hours.

        Nothing about fewer than five people can be worked out: what would allow it is not shown.
        Who opted out of group_reports is not counted, sensitive courses are not either.
        """
        from hrreco.cli.report._view import groups_view
        from hrreco.reports import checked_dimensions, group_report
        from hrreco.settings import check_target

        language = language_of(call, lang)
        if out is not None:
            check_target(out, ".csv")
        dimensions = checked_dimensions(by.split(","))
        found = group_report(call.workspace, dimensions, since=since, as_of=call.as_of)
        if out is not None:
            _write(found, out)
        return Outcome(found.to_json(), groups_view(found, language))


def _write(report: GroupReport, out: Path) -> None:
    from hrreco.settings import write_whole

    write_whole(out, report.frame().write_csv())
