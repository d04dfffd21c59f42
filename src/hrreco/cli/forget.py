"""`hrreco forget`: erase a person, with a certificate."""

from __future__ import annotations

from typing import Annotated

import typer

from hrreco.cli._call import Call, Outcome, command
from hrreco.cli.recommend import EmployeeArgument
from hrreco.errors import SettingsError


def add_to(app: typer.Typer) -> None:
    """Add the command."""

    @command(app, "forget", example="hrreco forget E000123 --yes --also 'Maija Mäki'")
    def forget(
        call: Call,
        employee: EmployeeArgument,
        yes: Annotated[
            bool, typer.Option("--yes", help="Do it. It cannot be taken back.")
        ] = False,
        also: Annotated[
            list[str] | None,
            typer.Option(
                "--also",
                metavar="TEXT",
                help="A name or an e-mail address to look for in the bytes that are left.",
            ),
        ] = None,
    ) -> Outcome:
        """Erase a person for good, with a certificate.

        Rows, log, and what the model has learned from them: GDPR Art. 17. The certificate names
        them by a keyed pseudonym only. Exit 1 when a file of the workspace still holds their id,
        or a text of --also.
        """
        from hrreco.cli._erasure import erasure_view
        from hrreco.workspace import erase_person

        if not yes:
            raise SettingsError(
                f"nothing was done: add --yes to erase {employee} for good, from every table, "
                "from the log and from the model"
            )
        done = erase_person(
            call.workspace, employee, also_search=also or (), progress=call.progress
        )
        commands = (f"Check it: hrreco verify {done.file}",)
        return Outcome(done.to_json(), erasure_view(done), 0 if done.clean else 1, commands)
