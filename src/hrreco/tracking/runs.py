"""One MLflow run per training."""

from __future__ import annotations

import json
import platform
import re
import time
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from importlib import metadata
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal, NamedTuple

from hrreco.tracking._mlflow import load_mlflow

OURS = "hrreco.run"
FORGETTING = "forgetting"
BUNDLE_ID = "hrreco.bundle_id"
VERDICT = "hrreco.verdict"
REASON = "hrreco.reason"
ERROR = "hrreco.error"

CARD = "model_card.md"
REPORT = "evaluation.json"
"""Of each run: its model card, and what it compared."""

_SCORING_PACKAGES = ("hrreco", "numpy", "polars", "scipy")
_FITTING_PACKAGES = ("implicit", "rectools-lightfm", "scikit-learn", "mlflow")


Alias = Literal["champion", "challenger"]
CHAMPION: Alias = "champion"
CHALLENGER: Alias = "challenger"


class Metric(NamedTuple):
    """A measure and, where there is one, its interval."""

    value: float
    low: float | None = None
    high: float | None = None


class Saved(NamedTuple):
    """A fitted model's bundle: its folder, and the hash of its manifest."""

    folder: Path
    bundle_id: str


@dataclass(frozen=True)
class RunRecord:
    """All that is written down about one training, or one forgetting.

    Attributes
    ----------
    what
        ``training`` or ``forgetting``.
    started_at
        When the training began, with its zone.
    params
        Settings; nested tables become ``outer.inner``.
    fingerprints
        The fingerprint of each input table, by table.
    metrics
        By name, such as ``ease.ndcg@10``.
    verdict, reason
        What the gate decided, in a word, and why, in a sentence.
    report
        The evaluation report as plain JSON values.
    card
        The model card, Markdown; see `model_card`.
    bundles
        What was fitted on everything: the champion, and a challenger where there is one.
    """

    what: str
    started_at: datetime
    params: Mapping[str, Any]
    fingerprints: Mapping[str, str]
    metrics: Mapping[str, Metric]
    verdict: str
    reason: str
    report: Mapping[str, Any]
    card: str
    bundles: Mapping[Alias, Saved]


class LoggedModel(NamedTuple):
    """What registering a model needs to know of it and its run."""

    run_id: str
    model_id: str
    bundle_id: str
    verdict: str


Logged = dict[Alias, LoggedModel]


def log_run(client: Any, experiment_id: str, record: RunRecord) -> Logged:
    """Write a record into a new run: RUNNING, then FINISHED, or FAILED when writing fails."""
    run = client.create_run(
        experiment_id,
        start_time=int(record.started_at.timestamp() * 1000),
        tags=_tags(record),
        run_name=f"{record.what} {record.started_at:%Y-%m-%d %H:%M}",
    )
    run_id = str(run.info.run_id)
    try:
        log_batch(client, run_id, record.params, record.metrics)
        client.log_text(run_id, record.card, CARD)
        report = json.dumps(record.report, indent=1, ensure_ascii=False)
        client.log_text(run_id, report, REPORT)
        models = {
            alias: _log_bundle(client, experiment_id, run_id, alias, bundle)
            for alias, bundle in record.bundles.items()
        }
        outputs = [load_mlflow().entities.LoggedModelOutput(m, step=0) for m in models.values()]
        client.log_outputs(run_id, outputs)
    except BaseException as error:
        client.set_tag(run_id, ERROR, f"{type(error).__name__}: {error}")
        client.set_terminated(run_id, "FAILED")
        raise
    client.set_terminated(run_id, "FINISHED")
    return {
        alias: LoggedModel(
            run_id,
            model_id,
            record.bundles[alias].bundle_id,
            record.verdict if alias == CHAMPION else "lost",
        )
        for alias, model_id in models.items()
    }


def _tags(record: RunRecord) -> dict[str, str]:
    return {
        OURS: record.what,
        BUNDLE_ID: record.bundles[CHAMPION].bundle_id,
        VERDICT: record.verdict,
        REASON: record.reason,
        **{f"fingerprint.{table}": mark for table, mark in record.fingerprints.items()},
        **{f"version.{package}": number for package, number in _versions().items()},
    }


def _versions() -> dict[str, str]:
    packages = (*_SCORING_PACKAGES, *_FITTING_PACKAGES)
    return {"python": platform.python_version(), **{p: metadata.version(p) for p in packages}}


def log_batch(
    client: Any, run_id: str, params: Mapping[str, Any], metrics: Mapping[str, Metric]
) -> None:
    """Write settings and measures into a run, under names that MLflow allows."""
    entities = load_mlflow().entities
    now = int(time.time() * 1000)
    client.log_batch(
        run_id,
        metrics=[entities.Metric(name, value, now, 0) for name, value in _numbers(metrics)],
        params=[entities.Param(name, value) for name, value in _flat(params)],
    )


def _numbers(metrics: Mapping[str, Metric]) -> Iterator[tuple[str, float]]:
    """Give each measure under a name that MLflow allows, and its interval beside it."""
    for name, metric in metrics.items():
        allowed = _allowed(name)
        for suffix, value in (("", metric.value), (".low", metric.low), (".high", metric.high)):
            if value is not None:
                yield allowed + suffix, float(value)


def _flat(params: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    for name, value in params.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{prefix}{name}.")
        else:
            text = value if isinstance(value, str) else json.dumps(value, default=str)
            yield _allowed(prefix + name), text


def _allowed(name: str) -> str:
    """Return a name of letters, digits and ``_ - . / : space``, all that MLflow takes."""
    return re.sub(r"[^\w\-./: ]", "_", name.replace("@", "_at_"))


def _log_bundle(client: Any, experiment_id: str, run_id: str, alias: Alias, bundle: Saved) -> str:
    """Log a bundle as a model of the run and return the model's id.

    `mlflow.pyfunc.log_model` does these same steps, but only through the tracking address and
    the active run that are global to the process, and those belong to our caller.
    """
    mlflow = load_mlflow()
    model = client.create_logged_model(
        experiment_id,
        name=alias,
        source_run_id=run_id,
        model_type="recommender",
        tags={BUNDLE_ID: bundle.bundle_id},
    )
    drafts = TemporaryDirectory(prefix=".logging-", dir=bundle.folder.parent)
    with drafts as parent, warnings.catch_warnings():
        # An example would make MLflow load and run the model; the signature is explicit.
        warnings.filterwarnings("ignore", message=".*input example")
        mlflow.pyfunc.save_model(
            folder := Path(parent, "model"),
            loader_module="hrreco.tracking.loader",
            data_path=str(bundle.folder),
            signature=_signature(),
            pip_requirements=[f"{p}=={metadata.version(p)}" for p in _SCORING_PACKAGES],
            mlflow_model=mlflow.models.Model(
                artifact_path=model.artifact_location, run_id=run_id, model_id=model.model_id
            ),
        )
        client.log_model_artifacts(model.model_id, str(folder))
    client.finalize_logged_model(model.model_id, "READY")
    return str(model.model_id)


def _signature() -> Any:
    """Return what `loader` takes and gives, in MLflow's words."""
    models, types = load_mlflow().models, load_mlflow().types
    text = types.DataType.string
    return models.ModelSignature(
        inputs=types.Schema(
            [types.ColSpec(text, "history"), types.ColSpec(text, "role", required=False)]
        ),
        outputs=types.Schema([types.ColSpec(types.schema.Array(text))]),
        params=types.ParamSchema([types.ParamSpec("k", types.DataType.long, 10)]),
    )
