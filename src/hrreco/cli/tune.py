"""`hrreco tune`: search the settings of models."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

import typer

from hrreco.cli._call import Call, Outcome, command
from hrreco.errors import SettingsError

_SECONDS = {"s": 1, "m": 60, "h": 3_600}


def add_to(app: typer.Typer) -> None:
    """Add the command."""

    @command(app, "tune", example="hrreco tune --budget 10m")
    def tune(
        call: Call,
        budget: Annotated[
            str, typer.Option(metavar="TIME", help="For all models: 90s, 10m or 1h.")
        ] = "10m",
        config: Annotated[
            Path | None, typer.Option("--config", metavar="FILE", help="Models, as for train.")
        ] = None,
    ) -> Outcome:
        """Search the settings of models, for the next training.

        They are judged on the window before that of the gate. A search that was stopped goes on
        where it ended. What was found is written to tuned.toml in the workspace.
        """
        from hrreco.cli._training import mlflow_ui, tuning_view
        from hrreco.settings import read_toml
        from hrreco.tracking import MlflowStore
        from hrreco.training import TrainConfig
        from hrreco.workspace import tune

        seconds = _read_budget(budget)
        chosen = read_toml(config, TrainConfig) if config else None
        done = tune(
            call.workspace,
            seconds=seconds,
            config=chosen,
            as_of=call.as_of,
            progress=call.progress,
        )
        uri = MlflowStore(call.workspace.path).tracking_uri
        goes_on = call.same_workspace(f"hrreco train --config {done.config}")
        commands = (f"Next: {goes_on}", f"Look closer: {mlflow_ui(uri)}")
        return Outcome(done.to_json(), tuning_view(done), commands=commands)


def _read_budget(text: str) -> float:
    match = re.fullmatch(r"(\d{1,6}(?:\.\d+)?)([smh])", text)
    if match is None or float(match[1]) == 0:
        raise SettingsError(f"--budget takes a time such as 90s, 10m or 1h; got {text!r}")
    return float(match[1]) * _SECONDS[match[2]]
