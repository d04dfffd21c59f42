"""Searching settings on what a workspace holds, for the next training."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hrreco.settings import AsOf, Progress, silent, write_whole
from hrreco.tracking import Metric, MlflowStore, Searched
from hrreco.training import Found, TrainConfig, search

if TYPE_CHECKING:
    from hrreco.workspace.workspace import Workspace

_SEARCHES = "tuning.db"
_TUNED = "tuned.toml"


@dataclass(frozen=True, slots=True)
class Tuned:
    """What a search found.

    Attributes
    ----------
    found
        By model, the best recipe and how good it is.
    unfitted
        By name of a model that cannot be fitted, the reason.
    metric
        What was compared, such as ``ndcg@10``.
    config
        The file to train with.
    run_id
        The MLflow run of the search.
    """

    found: Mapping[str, Found]
    unfitted: Mapping[str, str]
    metric: str
    config: Path
    run_id: str

    def to_json(self) -> dict[str, Any]:
        """Return plain JSON values."""
        return {
            "found": {
                name: {
                    self.metric: one.worth,
                    f"default_{self.metric}": one.default_worth,
                    "tried": one.tried,
                    "settings": one.recipe.settings,
                }
                for name, one in self.found.items()
            },
            "unfitted": dict(self.unfitted),
            "config": str(self.config),
            "run_id": self.run_id,
        }


def tune(
    workspace: Workspace,
    *,
    seconds: float,
    config: TrainConfig | None = None,
    as_of: AsOf = None,
    progress: Progress = silent,
) -> Tuned:
    """Search the settings of the models that compete, and write them for the next training.

    All recipes that were tried are kept in the workspace: a search that was killed goes on where
    it ended, as long as data and windows are the same. What serves stays as it is.

    Parameters
    ----------
    seconds
        For all models together.
    config
        Which models, and what else holds in the training; its settings are replaced.

    Raises
    ------
    DataError
        When there are too few completions to search by.
    """
    config = config or TrainConfig()
    with workspace.lock("tune"):
        results = dict(
            search(
                workspace.data(),
                config,
                workspace.opt_outs,
                seconds=seconds,
                kept_in=workspace.path / _SEARCHES,
                as_of=as_of,
                progress=progress,
            )
        )
        found = {name: one for name, one in results.items() if isinstance(one, Found)}
        path = workspace.path / _TUNED
        write_whole(path, _as_toml(config, found))
        metric = f"ndcg@{config.k}"
        run_id = MlflowStore(workspace.path).log_search(
            {"seconds": seconds, "k": config.k, "seed": config.seed},
            [_searched(name, one, metric) for name, one in found.items()],
        )
    unfitted = {name: why for name, why in results.items() if isinstance(why, str)}
    return Tuned(found, unfitted, metric, path, run_id)


def _searched(name: str, found: Found, metric: str) -> Searched:
    measures = {metric: found.worth, f"default.{metric}": found.default_worth}
    metrics = {key: Metric(value) for key, value in measures.items()}
    return Searched(name, found.recipe.settings, {**metrics, "tried": Metric(found.tried)})


def _as_toml(config: TrainConfig, found: Mapping[str, Found]) -> str:
    """Return a config file; texts, numbers and lists of them are written as in JSON."""
    plain = config.model_dump(mode="json", exclude={"settings"})
    lines = ["# Written by hrreco tune. Train with: hrreco train --config tuned.toml"]
    lines += [f"{key} = {json.dumps(value)}" for key, value in plain.items()]
    for name, one in found.items():
        settings = {key: value for key, value in one.recipe.settings.items() if value is not None}
        lines += ["", f"[settings.{name}]"]
        lines += [f"{key} = {json.dumps(value)}" for key, value in settings.items()]
    return "\n".join(lines) + "\n"
