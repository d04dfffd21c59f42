"""What the commands about oversight share."""

from __future__ import annotations

from typing import Annotated

import typer

ByOption = Annotated[str, typer.Option("--by", metavar="NAME", help="Who decides.")]
ReasonOption = Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why.")]
CourseArgument = Annotated[str, typer.Argument(metavar="COURSE", help="The course's id.")]
