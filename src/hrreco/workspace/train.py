"""Training in a workspace: train, track, register, and only then let the winner serve."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from hrreco.errors import BundleError, ModelError
from hrreco.privacy import OptOutList
from hrreco.privacy.audit import Kind
from hrreco.settings import AsOf, Progress, silent
from hrreco.tracking import (
    CHALLENGER,
    CHAMPION,
    Alias,
    LoggedModel,
    MlflowStore,
    Version,
)
from hrreco.training import Recipe, TrainConfig, TrainedModel, Training, TrainingReport
from hrreco.workspace._record import run_record

if TYPE_CHECKING:
    from hrreco.workspace.workspace import Workspace


DRAFTS = ".training-"


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
    store = MlflowStore(workspace.path)
    with workspace.lock("train"):
        clear_drafts(workspace)
        started_at, kept_as_of = datetime.now(UTC), workspace.today()
        with workspace.lock("ingest"):  # so that the number is that of the very data
            ingest_seq, data = workspace.store.last_ingest(), workspace.data()
            attributes = workspace.people.attributes()
        left_out = workspace.opt_outs.opted_out("training")
        training = Training.hold(
            data,
            config,
            OptOutList(left_out),
            attributes=attributes,
            as_of=as_of,
            champion=serving_recipe(workspace),
            ingest_seq=ingest_seq,
            progress=progress,
        )
        rival, report = _challenger(training, progress)
        progress("record the run", 0, 1)
        models = {CHAMPION: training.winner} | ({CHALLENGER: rival} if rival else {})
        with TemporaryDirectory(prefix=DRAFTS, dir=workspace.path) as parent:
            logged = store.log_training(
                run_record(models, Path(parent), config, report, started_at)
            )
        for model in logged.values():
            workspace.store.note_fit(model.bundle_id, left_out, kept_as_of)
        before = store.version(CHAMPION)
        champion = register(store, logged, CHAMPION)
        let_serve(workspace, champion, before)
        challenger = register(store, logged, CHALLENGER) if rival else None
        if rival is None:
            store.clear_alias(CHALLENGER)
        workspace.log(Kind.TRAINING, version=champion.number, bundle=champion.bundle_id)
    return Trained(training.winner, report, champion, challenger, store.tracking_uri)


def clear_drafts(workspace: Workspace) -> None:
    """Remove what a training or a forgetting that was killed left; its lock must be held."""
    for leftover in workspace.path.glob(f"{DRAFTS}*"):
        shutil.rmtree(leftover)


def let_serve(workspace: Workspace, version: Version, before: Version | None) -> None:
    """Point the workspace at a version, and remember which one served before it.

    A champion that wins again on the same data is made of the same bytes: nothing to go back to.
    """
    earlier = workspace.champions_before()
    if before is not None and before.bundle_id != version.bundle_id:
        earlier = (*earlier, before.number)
    workspace.set_champion(version.bundle_id, earlier)


def serving_recipe(workspace: Workspace) -> Recipe | None:
    """Return the champion's recipe; a damaged champion cannot compete, but is replaced."""
    try:
        serving = workspace.champion()
    except BundleError:
        return None
    return serving.recipe if serving else None


def _challenger(
    training: Training, progress: Progress
) -> tuple[TrainedModel | None, TrainingReport]:
    """Fit the challenger; where that fails, note it: the winner serves all the same."""
    report = training.report
    if report.challenger is None:
        return None, report
    progress(f"fit the challenger, {report.challenger.name}", 0, 1)
    try:
        return training.challenger(), report
    except ModelError as error:
        what = f"the challenger, {report.challenger.name}, could not be fitted on everything"
        return None, report.noting(f"{what}: {error}")


def register(store: MlflowStore, logged: Mapping[Alias, LoggedModel], alias: Alias) -> Version:
    """Make a version of a model that was logged, and point its alias at it."""
    version = store.register(logged[alias])
    store.set_alias(alias, version.number)
    return version
