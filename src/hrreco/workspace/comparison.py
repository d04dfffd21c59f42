"""Comparing what two trainings ended in, on the same employees."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from hrreco.evaluation import EvaluationReport
from hrreco.settings import AsOf, Progress, silent
from hrreco.tracking import MlflowStore
from hrreco.training import Recipe, TrainedModel, compare

if TYPE_CHECKING:
    from hrreco.workspace.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Compared:
    """Two recipes side by side.

    Attributes
    ----------
    recipes
        What the runs ended in.
    report
        Judges them as ``first`` and ``second``, the latter against the former, too.
    """

    runs: tuple[str, str]
    recipes: tuple[Recipe, Recipe]
    report: EvaluationReport

    def to_json(self) -> dict[str, Any]:
        """Return plain JSON values."""
        return {
            "runs": dict(zip(("first", "second"), self.runs, strict=True)),
            "recipes": [recipe.model_dump(mode="json") for recipe in self.recipes],
            **self.report.to_json(),
        }


def compare_runs(
    workspace: Workspace,
    first: str,
    second: str,
    *,
    as_of: AsOf = None,
    progress: Progress = silent,
) -> Compared:
    """Fit the recipes of two runs on the same cut, and judge them by what was taken last.

    The runs' own figures are of the data and day of each, and not of the same employees.

    Raises
    ------
    UnknownIdError
        When there is no such run.
    DataError
        When there are too few completions to judge by.
    """
    recipes = (_recipe_of(workspace, first), _recipe_of(workspace, second))
    report = compare(
        *recipes, workspace.data(), workspace.opt_outs, as_of=as_of, progress=progress
    )
    return Compared((first, second), recipes, report)


def _recipe_of(workspace: Workspace, run_id: str) -> Recipe:
    bundle_id = MlflowStore(workspace.path).bundle_of_run(run_id)
    return TrainedModel.load(workspace.bundles / bundle_id, bundle_id).recipe
