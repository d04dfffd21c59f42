"""What the commands about ESCO share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

EscoOption = Annotated[
    Path,
    typer.Option("--esco", metavar="DIR", help="The folder of ESCO's CSV download."),
]
