"""`hrreco train`: train, track, and let the winner serve."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from hrreco.cli._call import Call, Outcome, command


def add_to(app: typer.Typer) -> None:
    """Add the command."""

    @command(app, "train", example="hrreco train --config configs/train.toml")
    def train(
        call: Call,
        config: Annotated[
            Path | None, typer.Option("--config", metavar="FILE", help="Models and settings.")
        ] = None,
    ) -> Outcome:
        """Let models compete with the rules; the winner serves.

        Exit 0 also when the rules win.
        """
        from hrreco.cli._training import mlflow_ui, training_view
        from hrreco.settings import read_toml
        from hrreco.training import TrainConfig

        chosen = read_toml(config, TrainConfig) if config else None
        done = call.workspace.train(chosen, as_of=call.as_of, progress=call.progress)
        commands = (f"Look closer: {mlflow_ui(done.tracking_uri)}",)
        return Outcome(done.to_json(), training_view(done), commands=commands)
