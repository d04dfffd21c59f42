"""The command line as a whole."""

from __future__ import annotations

import typer

from hrreco.cli import demo, doctor, evaluate, ingest, init, opt_out, recommend, train, why_not

app = typer.Typer(
    name="hrreco",
    help="The right training next, for every employee: with a reason, and a way out.",
    add_completion=False,
    pretty_exceptions_enable=False,
)

for part in (init, doctor, ingest, train, recommend, why_not, opt_out, evaluate, demo):
    part.add_to(app)
