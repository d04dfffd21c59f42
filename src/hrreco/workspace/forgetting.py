"""Taking people out of the model that serves, without a new training."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from hrreco.errors import checked_id
from hrreco.models import Forgot
from hrreco.privacy import OptOutList, only
from hrreco.privacy.audit import Kind
from hrreco.privacy.stored_people import Held
from hrreco.settings import Progress, silent
from hrreco.tracking import (
    CHALLENGER,
    CHAMPION,
    FORGETTING,
    MlflowStore,
    RunRecord,
    Saved,
    Version,
    forgetting_card,
)
from hrreco.training import Forgotten, TrainedModel, forget_rows, settings_fingerprint
from hrreco.workspace.train import DRAFTS, clear_drafts, register

if TYPE_CHECKING:
    from hrreco.workspace.workspace import Workspace


@dataclass(frozen=True, slots=True)
class ForgottenHere:
    """What forgetting came to in a workspace.

    Attributes
    ----------
    version
        What serves from now on; None where the model had learned from none of these people.
    parts
        How each model that it is made of forgot.
    """

    version: Version | None
    parts: tuple[Forgot, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Return plain JSON values."""
        version = self.version._asdict() if self.version else None
        return {"version": version, "parts": [part._asdict() for part in self.parts]}


def forget(
    workspace: Workspace, employee_ids: Iterable[str] = (), *, progress: Progress = silent
) -> ForgottenHere:
    """Take people out of the champion, and everybody who opted out of training since its fit.

    Their rows stay where they are: who is to be left out of the next training, too, opts out. No
    version from before may serve again, as it still counts them.

    Raises
    ------
    UnknownIdError
        When nobody has that id; names the close match.
    DataError, ModelError
        When too little is left to learn from. The champion stays as it was.
    """
    given = [employee_ids] if isinstance(employee_ids, str) else employee_ids
    asked = frozenset(checked_id(one, "employee") for one in given)
    for employee_id in asked:
        workspace.people.employee(employee_id)
    with workspace.lock("train"):
        return forget_alone(workspace, asked, progress)


def forget_alone(workspace: Workspace, asked: frozenset[str], progress: Progress) -> ForgottenHere:
    """Forget people whom the workspace knows; the lock of trainings must be held."""
    clear_drafts(workspace)
    bundle_id = workspace.champion_id()
    if bundle_id is None:
        return ForgottenHere(None)
    model = TrainedModel.load(workspace.bundles / bundle_id, bundle_id)
    left_out = workspace.store.left_out(bundle_id)
    with workspace.lock("ingest"):
        held = workspace.people.held(up_to=model.origin.ingest_seq)
        refused = workspace.opt_outs.opted_out("training")
        gone = frozenset(filter(held.knows, (asked | refused) - left_out))
        exactly = _unchanged(workspace, bundle_id, model, held, gone)
    if not gone:
        return ForgottenHere(None)
    progress("forget", 0, 1)
    still_used = frozenset(filter(held.data.knows, gone))
    left = forget_rows(model, still_used, held.data, OptOutList(left_out), exactly=exactly)
    return ForgottenHere(_serve(workspace, left, left_out | gone), left.parts)


def _unchanged(
    workspace: Workspace,
    bundle_id: str,
    model: TrainedModel,
    held: Held,
    gone: frozenset[str],
) -> bool:
    """Return whether all that the model knows of these people is still stored as it was."""
    origin = model.origin
    if origin.fingerprints["settings"] != settings_fingerprint(workspace.settings):
        return False
    changed = workspace.store.changed_since(origin.ingest_seq or 0)
    touched = only(held.data, gone).events["course_id"].unique()
    untouched = changed.employees.isdisjoint(gone) and changed.courses.isdisjoint(touched)
    return untouched and held.as_kept_on(workspace.store.kept_as_of_fit(bundle_id))


def _serve(workspace: Workspace, left: Forgotten, left_out: frozenset[str]) -> Version:
    """Log what is left as a version of its own, and let it serve."""
    store = MlflowStore(workspace.path)
    before = store.version(CHAMPION)
    with TemporaryDirectory(prefix=DRAFTS, dir=workspace.path) as parent:
        record = _record(left, Path(parent) / CHAMPION, before)
        logged = store.log_training(record)[CHAMPION]
    workspace.store.note_fit(logged.bundle_id, left_out, workspace.today())
    version = register(store, {CHAMPION: logged}, CHAMPION)
    workspace.set_champion(version.bundle_id, ())
    store.clear_alias(CHALLENGER)
    workspace.log(Kind.FORGETTING, version=version.number, bundle=version.bundle_id)
    return version


def _record(left: Forgotten, folder: Path, before: Version | None) -> RunRecord:
    model = left.model
    of = f"version {before.number}" if before else "the version before"
    return RunRecord(
        what=FORGETTING,
        started_at=datetime.now(UTC),
        params={
            "recipe": model.recipe.model_dump(mode="json"),
            "ingest_seq": model.origin.ingest_seq,
        },
        fingerprints=model.origin.fingerprints,
        metrics={},
        verdict="rules" if model.recipe.is_rules else "learned",
        reason=f"People were forgotten; settings and weights are those of {of}.",
        report={"before": before.number if before else None},
        card=forgetting_card(of, {part.model: part.exact for part in left.parts}),
        bundles={CHAMPION: Saved(folder, model.save(folder))},
    )
