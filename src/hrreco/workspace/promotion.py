"""Putting a version to serve: through the gate, or back to the one before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from hrreco.errors import UnknownIdError
from hrreco.privacy.audit import Kind
from hrreco.settings import AsOf, Progress, silent
from hrreco.store.seals import sealed
from hrreco.tracking import CHAMPION, Decision, MlflowStore, Version
from hrreco.training import Challenge, TrainedModel, challenge
from hrreco.workspace._record import metrics_of
from hrreco.workspace.train import let_serve, serving_recipe

if TYPE_CHECKING:
    from hrreco.workspace.workspace import Workspace

_COUNTS_THE_FORGOTTEN = (
    "It still counts people who were forgotten since; make a new one with: hrreco train"
)


@dataclass(frozen=True, slots=True)
class Promoted:
    """What became of a version that was to serve.

    Attributes
    ----------
    version
        The one it is about.
    serving
        Whether it serves now.
    why
        One sentence.
    failures
        What it did not show, each in one line.
    run_id
        The MLflow run that holds the decision.
    warnings
        What was found that somebody should look at, or could not be assessed, each in one line.
    """

    version: Version
    serving: bool
    why: str
    failures: tuple[str, ...]
    run_id: str
    warnings: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Return plain JSON values."""
        return {
            "version": self.version._asdict(),
            "serving": self.serving,
            "why": self.why,
            "failures": list(self.failures),
            "run_id": self.run_id,
            "warnings": list(self.warnings),
        }


def promote(
    workspace: Workspace, number: int, *, as_of: AsOf = None, progress: Progress = silent
) -> Promoted:
    """Let a version serve if its recipe passes the gate, on what the workspace holds now.

    The recipes of the version and of the champion are fitted on the same cut: the models
    themselves have seen the window they would be judged by. The rules need to pass no gate.
    No version serves that has learned from somebody who was forgotten since, whatever it is.

    Raises
    ------
    UnknownIdError
        When there is no such version.
    DataError
        When there are too few completions to judge by.
    """
    store = MlflowStore(workspace.path)
    version = store.numbered(number)
    with workspace.lock("train"):
        bundle = workspace.bundles / version.bundle_id
        model = TrainedModel.load(bundle, version.bundle_id)
        if _counts_the_forgotten(workspace, store, version, model):
            return _refuse(store, version, _COUNTS_THE_FORGOTTEN)
        recipe = model.recipe
        if recipe.is_rules:
            return _serve(workspace, store, version, "promotion", "The rules may always serve.")
        judged = challenge(
            recipe,
            serving_recipe(workspace),
            workspace.data(),
            workspace.opt_outs,
            attributes=workspace.people.attributes(),
            as_of=as_of,
            progress=progress,
        )
        if not judged.failures:
            why = f"{recipe.name} beats the rules, and is worse nowhere."
            return _serve(workspace, store, version, "promotion", why, judged)
    why = f"{recipe.name} did not pass the gate; what served before still does."
    return _refuse(store, version, why, judged)


def roll_back(workspace: Workspace) -> Promoted:
    """Let the version serve that served before the champion.

    Raises
    ------
    UnknownIdError
        When none served before it, or none of those may serve again.
    """
    store = MlflowStore(workspace.path)
    with workspace.lock("train"):
        before = workspace.champions_before()
        if not before:
            raise UnknownIdError(_why_none_before(workspace, store))
        version = store.numbered(before[-1])
        bundle = workspace.bundles / version.bundle_id
        model = TrainedModel.load(bundle, version.bundle_id)
        if _counts_the_forgotten(workspace, store, version, model):
            return _refuse(store, version, _COUNTS_THE_FORGOTTEN)
        why = f"Version {version.number} serves again, as before."
        return _serve(workspace, store, version, "rollback", why)


def _why_none_before(workspace: Workspace, store: MlflowStore) -> str:
    """Return why there is no version to go back to."""
    champion = store.version(CHAMPION)
    with workspace.store.reading() as connection:
        numbers = filter(None, map(store.number_of, sealed(connection)))
        erased_from = any(champion is None or number < champion.number for number in numbers)
    if erased_from or store.forgettings_after(0):
        return (
            "no version from before may serve again, as they count people who were forgotten "
            "since; make a new one with: hrreco train"
        )
    return "no version served before the champion; promote one by its number"


def _counts_the_forgotten(
    workspace: Workspace, store: MlflowStore, version: Version, model: TrainedModel
) -> bool:
    """Return whether a model has learned from anybody who was forgotten after it was made."""
    known = workspace.store
    with known.reading() as connection:
        if version.bundle_id in sealed(connection):
            return True
    left_out = known.left_out(version.bundle_id)
    forgotten = {
        employee_id
        for bundle_id in store.forgettings_after(version.number)
        for employee_id in known.left_out(bundle_id) - left_out
    }
    if not forgotten:
        return False
    held = workspace.people.held(up_to=model.origin.ingest_seq)
    return any(map(held.knows, forgotten))


def _refuse(
    store: MlflowStore, version: Version, why: str, judged: Challenge | None = None
) -> Promoted:
    decision = _decision("promotion", version, "failed", why, judged)
    failures = tuple(map(str, judged.failures)) if judged else ()
    run_id = store.log_decision(decision)
    return Promoted(version, False, why, failures, run_id, _warnings(judged))


def _serve(
    workspace: Workspace,
    store: MlflowStore,
    version: Version,
    what: str,
    why: str,
    judged: Challenge | None = None,
) -> Promoted:
    TrainedModel.load(workspace.bundles / version.bundle_id, version.bundle_id)  # or refuse it
    before = store.version(CHAMPION)
    store.set_alias(CHAMPION, version.number)
    if what == "rollback":
        workspace.set_champion(version.bundle_id, workspace.champions_before()[:-1])
    else:
        let_serve(workspace, version, before)
    workspace.log(Kind(what), version=version.number, bundle=version.bundle_id)
    decision = _decision(what, version, "passed", why, judged)
    return Promoted(version, True, why, (), store.log_decision(decision), _warnings(judged))


def _warnings(judged: Challenge | None) -> tuple[str, ...]:
    return judged.warnings if judged else ()


def _decision(
    what: str, version: Version, verdict: str, why: str, judged: Challenge | None
) -> Decision:
    reason = why if judged is None else " ".join([why, *map(str, judged.failures)])
    return Decision(
        what,
        version.number,
        verdict,
        reason,
        metrics=dict(metrics_of("gate", judged.judged_by)) if judged else {},
        report=judged.judged_by.to_json() if judged else {},
    )
