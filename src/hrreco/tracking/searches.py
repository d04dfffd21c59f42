"""Runs of a search of settings: one for the search, and one nested in it for each model."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hrreco.tracking.runs import OURS, Metric, log_batch

_PARENT = "mlflow.parentRunId"


@dataclass(frozen=True)
class Searched:
    """What is written down about the search of one model's settings.

    Attributes
    ----------
    settings
        The best that were found.
    """

    name: str
    settings: Mapping[str, Any]
    metrics: Mapping[str, Metric]


def log_search(
    client: Any, experiment_id: str, params: Mapping[str, Any], models: Sequence[Searched]
) -> str:
    """Write a finished search into a run, and each model into one nested in it; return its id."""
    search = _begun(client, experiment_id, "tuning", {})
    for model in models:
        run_id = _begun(client, experiment_id, f"tuning of {model.name}", {_PARENT: search})
        log_batch(client, run_id, model.settings, model.metrics)
        client.set_terminated(run_id, "FINISHED")
    log_batch(client, search, params, {})
    client.set_terminated(search, "FINISHED")
    return search


def _begun(client: Any, experiment_id: str, name: str, tags: Mapping[str, str]) -> str:
    run = client.create_run(experiment_id, tags={OURS: "tuning", **tags}, run_name=name)
    return str(run.info.run_id)
