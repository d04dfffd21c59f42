"""Training in a workspace: train, track, register, and only then let the winner serve."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from hrreco.errors import BundleError
from hrreco.evaluation import EvaluationReport
from hrreco.settings import AsOf, Progress, silent
from hrreco.tracking import (
    CHALLENGER,
    CHAMPION,
    Alias,
    Metric,
    MlflowStore,
    RunRecord,
    Version,
    model_card,
)
from hrreco.training import Recipe, TrainConfig, TrainedModel, TrainingReport, refit, train
from hrreco.workspace._card import card_facts

if TYPE_CHECKING:
    from hrreco.workspace.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Trained:
    """What a training in a workspace ended in.

    Attributes
    ----------
    champion, challenger
        The versions that were registered; a challenger only where a learned model lost.
    """

    model: TrainedModel
    report: TrainingReport
    champion: Version
    challenger: Version | None
    tracking_uri: str

    def to_json(self) -> dict[str, Any]:
        """Return plain JSON values."""
        return {
            **self.report.to_json(),
            "champion": self.champion._asdict(),
            "challenger_version": self.challenger._asdict() if self.challenger else None,
            "tracking_uri": self.tracking_uri,
        }


def train_here(
    workspace: Workspace,
    config: TrainConfig | None = None,
    *,
    as_of: AsOf = None,
    progress: Progress = silent,
) -> Trained:
    """Train on what the workspace holds; the winner serves from the next call on.

    The pointer to the winner is written last, so a run that is killed leaves the old model in
    place. One training at a time; a second waits.
    """
    config = config or TrainConfig()
    with workspace.lock("train"):
        started_at = datetime.now(UTC)
        with workspace.lock("ingest"):  # so that the number is that of the very data
            ingest_seq, data = workspace.store.last_ingest(), workspace.data()
        model = train(
            data,
            config,
            workspace.opt_outs,
            as_of=as_of,
            champion=_serving_recipe(workspace),
            ingest_seq=ingest_seq,
            progress=progress,
        )
        report = model.report
        assert report is not None
        track = _Track(workspace, config, report, started_at)
        progress("record the run", 0, 1)
        champion = track.register(model, CHAMPION)
        workspace.set_champion(champion.bundle_id)
        challenger = None
        if report.challenger is None:
            track.store.clear_alias(CHALLENGER)
        else:
            progress(f"fit the challenger, {report.challenger.name}", 0, 1)
            rival = refit(
                report.challenger,
                data,
                config,
                workspace.opt_outs,
                as_of=as_of,
                ingest_seq=ingest_seq,
            )
            challenger = track.register(rival, CHALLENGER)
    return Trained(model, report, champion, challenger, track.store.tracking_uri)


def _serving_recipe(workspace: Workspace) -> Recipe | None:
    """Return the champion's recipe; a damaged champion cannot compete, but is replaced."""
    try:
        serving = workspace.champion()
    except BundleError:
        return None
    return serving.recipe if serving else None


class _Track:
    """Writes what one training made into MLflow."""

    def __init__(
        self,
        workspace: Workspace,
        config: TrainConfig,
        report: TrainingReport,
        started_at: datetime,
    ) -> None:
        self.store = MlflowStore(workspace.path)
        self._min_people = workspace.settings.min_people
        self._config = config
        self._report = report
        self._started_at = started_at

    def register(self, model: TrainedModel, alias: Alias) -> Version:
        """Keep a model's bundle, log it in a run, and point the alias at its version."""
        with TemporaryDirectory(prefix="hrreco-") as parent:
            folder = Path(parent, "bundle")
            bundle_id = model.save(folder)
            run = self.store.log_training(self._record(model, alias, folder, bundle_id))
        version = self.store.register(run)
        self.store.set_alias(alias, version.number)
        return version

    def _record(
        self, model: TrainedModel, alias: Alias, folder: Path, bundle_id: str
    ) -> RunRecord:
        report = self._report
        return RunRecord(
            started_at=self._started_at,
            params={
                **self._config.model_dump(mode="json"),
                "recipe": model.recipe.model_dump(mode="json"),
                "ingest_seq": model.ingest_seq,
            },
            fingerprints=model.fingerprints,
            metrics={**_metrics("choose", report.chosen_by), **_metrics("gate", report.judged_by)},
            verdict="rules" if report.rules_win else "learned",
            reason=report.why,
            report=report.to_json(),
            card=model_card(card_facts(model.recipe, alias, report, self._min_people)),
            bundle=folder,
            bundle_id=bundle_id,
        )


def _metrics(window: str, judged: EvaluationReport | None) -> Mapping[str, Metric]:
    """Return every measure of a window by ``window.model.slice.metric``, with its interval."""
    found: dict[str, Metric] = {}
    for name, model in (judged.models if judged else {}).items():
        for metric, value in model.coverage.items():
            found[f"{window}.{name}.{metric}"] = Metric(value)
        for part, result in model.slices.items():
            for metric, mean in result.means.items():
                interval = result.intervals.get(metric)
                found[f"{window}.{name}.{part}.{metric}"] = (
                    Metric(mean, interval.low, interval.high) if interval else Metric(mean)
                )
            for rival, differences in result.versus.items():
                for metric, difference in differences.items():
                    key = f"{window}.{name}.{part}.{metric}.versus_{rival}"
                    found[key] = Metric(*difference)
    return found
