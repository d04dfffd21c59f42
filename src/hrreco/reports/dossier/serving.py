"""What serves, and what was measured of it: from its bundle and its run."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from hrreco.reports.dossier.measured import Audits, Compared, audits_of, compared_in
from hrreco.tracking import CARD, CHAMPION, REPORT, MlflowStore, Version

if TYPE_CHECKING:
    from hrreco.training import Recipe, TrainedModel
    from hrreco.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Serving:
    """The model that serves; the rules before the first training.

    Attributes
    ----------
    models
        What it is made of, with the settings of each.
    bundle_id, version
        None before the first training, or where no run is on record.
    after_forgetting
        Whether people were taken out of it since it was compared.
    windows
        The days on which the second and the third window of its training begin.
    learned_from
        Counts as the training tells them.
    metric, judged, compared
        What recipes were compared by, on how many employees, and how they did.
    audits
        What was found of it besides.
    card
        Its model card, in English; None where there is none.
    """

    rules: bool
    models: dict[str, dict[str, Any]]
    bundle_id: str | None
    version: int | None
    after_forgetting: bool
    windows: dict[str, str] | None
    learned_from: dict[str, int | None]
    metric: str | None
    judged: int | None
    compared: tuple[Compared, ...]
    audits: Audits
    card: str | None


def serving_of(workspace: Workspace) -> Serving:
    """Read what is known of the model that serves."""
    model = workspace.champion()
    version = _version(workspace) if model else None
    store = MlflowStore(workspace.path)
    report, forgot = _report(store, version)
    judged = report.get("judged_by") or {}
    return Serving(
        rules=model is None or model.recipe.is_rules,
        models=dict(_parts(model.recipe)) if model else {},
        bundle_id=workspace.champion_id(),
        version=version.number if version else None,
        after_forgetting=forgot,
        windows=report.get("windows"),
        learned_from=report.get("counts", {}),
        metric=report.get("metric"),
        judged=judged.get("learners"),
        compared=tuple(compared_in(judged, report.get("metric"))),
        audits=audits_of(report, _judged_name(report, model)),
        card=store.written(version.run_id, CARD) if version else None,
    )


def _version(workspace: Workspace) -> Version | None:
    """Return the version that serves; none where a killed process has not registered it."""
    version = MlflowStore(workspace.path).version(CHAMPION)
    serves = version is not None and version.bundle_id == workspace.champion_id()
    return version if serves else None


def _report(store: MlflowStore, version: Version | None) -> tuple[dict[str, Any], bool]:
    """Return what was compared, and whether people were forgotten since: then it was earlier."""
    forgot = False
    while version is not None:
        report = json.loads(store.written(version.run_id, REPORT) or "{}")
        if not report.get("before"):
            return report, forgot
        version, forgot = store.numbered(report["before"]), True
    return {}, forgot


def _parts(recipe: Recipe) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield each model of a recipe with its settings, those of a blend by their names."""
    parts = recipe.settings.get("parts")
    if not parts:
        yield recipe.name, recipe.settings
        return
    yield recipe.name, {name: v for name, v in recipe.settings.items() if name != "parts"}
    for part in parts:
        yield part["name"], {"weight": part["weight"], **part["settings"]}


def _judged_name(report: dict[str, Any], model: TrainedModel | None) -> str | None:
    """Return the name by which the gate judged the model that serves."""
    if model is None:
        return None
    judged = (report.get("judged_by") or {}).get("models", {})
    won = report.get("winner") == ("rules" if model.recipe.is_rules else model.recipe.name)
    names = (report.get("serving") if won else None, model.recipe.name, "champion")
    return next((name for name in names if name in judged), None)
