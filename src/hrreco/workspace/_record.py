"""What is written into MLflow of one training."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path

from hrreco.evaluation import EvaluationReport, SliceResult
from hrreco.tracking import CHAMPION, Alias, Metric, RunRecord, Saved, model_card
from hrreco.training import TrainConfig, TrainedModel, TrainingReport
from hrreco.workspace._card import card_facts
from hrreco.workspace.audits import audit_metrics, leakage_metrics


def run_record(
    models: Mapping[Alias, TrainedModel],
    folder: Path,
    config: TrainConfig,
    report: TrainingReport,
    started_at: datetime,
) -> RunRecord:
    """Save the models of a training as bundles in `folder`, and return the record of its run."""
    winner = models[CHAMPION]
    return RunRecord(
        what="training",
        started_at=started_at,
        params={
            **config.model_dump(mode="json"),
            "recipe": winner.recipe.model_dump(mode="json"),
            "ingest_seq": winner.origin.ingest_seq,
        },
        fingerprints=winner.origin.fingerprints,
        metrics=dict(
            [
                *metrics_of("choose", report.chosen_by),
                *metrics_of("gate", report.judged_by),
                *leakage_metrics(report),
            ]
        ),
        verdict="rules" if report.rules_win else "learned",
        reason=report.why,
        report=report.to_json(),
        card=model_card(card_facts(report)),
        bundles={
            alias: Saved(folder / alias, model.save(folder / alias))
            for alias, model in models.items()
        },
    )


def metrics_of(window: str, judged: EvaluationReport | None) -> Iterator[tuple[str, Metric]]:
    """Yield every measure of a window by ``window.model.slice.metric``, with its interval."""
    yield from audit_metrics(window, judged)
    for name, model in (judged.models if judged else {}).items():
        for metric, value in model.catalogue.items():
            yield f"{window}.{name}.{metric}", Metric(value)
        for part, result in model.slices.items():
            for metric, measure in _of_slice(result):
                yield f"{window}.{name}.{part}.{metric}", measure


def _of_slice(result: SliceResult) -> Iterator[tuple[str, Metric]]:
    for metric, mean in result.means.items():
        interval = result.intervals.get(metric)
        yield metric, Metric(*interval) if interval else Metric(mean)
    for rival, differences in result.versus.items():
        for metric, difference in differences.items():
            yield f"{metric}.versus_{rival}", Metric(*difference)
