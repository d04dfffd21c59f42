"""The command line as a whole."""

from __future__ import annotations

from typing import Annotated

import typer

from hrreco.cli import (
    api_keys,
    audit,
    careers,
    compare,
    correct,
    demo,
    doctor,
    dossier,
    evaluate,
    export,
    forget,
    ingest,
    init,
    keys,
    onboard,
    opt_out,
    oversight,
    path,
    promote,
    purge,
    recommend,
    replay,
    report,
    serve,
    skills,
    token,
    train,
    tune,
    verify,
    why_not,
)

_COMMANDS = (
    *(init, doctor, ingest, train, tune, compare, promote),
    *(recommend, why_not, path, onboard, careers, skills),
    *(opt_out, export, correct, forget, verify, oversight, purge, dossier),
    *(replay, audit, keys, report, serve, token, api_keys, evaluate, demo),
)
"""In the order in which they are needed."""

app = typer.Typer(
    name="hrreco",
    help="The right training next, for every employee: with a reason, and a way out.",
    epilog="Begin with: hrreco demo. Each command explains itself: hrreco COMMAND --help",
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # plain help reads better in 80 columns, and is there at once
)


def _say_version(wanted: bool) -> None:
    if wanted:
        from hrreco import __version__

        typer.echo(f"hrreco {__version__}")
        raise typer.Exit


@app.callback()
def _before_any_command(
    version: Annotated[
        bool,
        typer.Option(
            "--version", is_eager=True, callback=_say_version, help="Show the version and exit."
        ),
    ] = False,
) -> None:
    del version


for part in _COMMANDS:
    part.add_to(app)
