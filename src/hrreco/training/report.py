"""What a training run compared, and what it decided."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from hrreco.errors import ModelError
from hrreco.evaluation import EvaluationReport, Leakage
from hrreco.training.recipe import CHAMPION, RULES_RECIPE, Recipe
from hrreco.training.trust import leakage_warnings, trust_warnings
from hrreco.training.windows import Windows


@dataclass(frozen=True)
class TrainingReport:
    """The models that competed, how they did, and which one serves.

    Attributes
    ----------
    winner
        The recipe that was fitted on everything and serves.
    challenger
        The best learned recipe where it did not win.
    why
        One sentence: why the winner won.
    metric
        What was compared, such as ``ndcg@10``.
    windows
        Where the history was cut; None when there was too little of it.
    chosen_by, judged_by
        The models in the window that picks one, and in the window of the gate; None where nothing
        was compared there, as no learned model came that far.
    failures
        What the best learned recipe did not show, each in one line.
    counts
        Employees admitted, those with completions, courses, and completions. All but the courses
        are rounded down to tens, people to `min_people` where that is more, and None where they
        would stand for too few people.
    leakage
        What scores of the winner tell of who was learned from; None until that was looked at.
    """

    winner: Recipe
    challenger: Recipe | None
    why: str
    metric: str
    windows: Windows | None
    chosen_by: EvaluationReport | None
    judged_by: EvaluationReport | None
    failures: tuple[str, ...]
    counts: dict[str, int | None]
    leakage: Leakage | None = None

    def noting(self, failure: str) -> TrainingReport:
        """Return the same report with one more failure."""
        return replace(self, failures=(*self.failures, failure))

    def without_winner(self, error: ModelError) -> TrainingReport:
        """Return that the rules serve, because the winner could not be fitted on everything."""
        return replace(
            self.noting(f"{self.winner.name} could not be fitted on everything: {error}"),
            winner=RULES_RECIPE,
            why=f"The rules win: {self.winner.name} could not be fitted on everything.",
        )

    @property
    def rules_win(self) -> bool:
        """Whether the rules serve, and no learned model."""
        return self.winner.is_rules

    @property
    def serving(self) -> str | None:
        """The name of the winner among the models that the gate judged; None where it is none."""
        judged = self.judged_by.models if self.judged_by else {}
        is_champion = self.challenger is not None or self.winner.name not in judged
        name = CHAMPION if is_champion and not self.rules_win else self.winner.name
        return name if name in judged else None

    @property
    def warnings(self) -> tuple[str, ...]:
        """What was found of the winner that somebody should look at, each in one line."""
        return (*trust_warnings(self.judged_by, self.serving), *leakage_warnings(self.leakage))

    def to_json(self) -> dict[str, Any]:
        """Return plain JSON values."""
        return {
            "winner": "rules" if self.rules_win else self.winner.name,
            "challenger": self.challenger.name if self.challenger else None,
            "why": self.why,
            "metric": self.metric,
            "windows": self.windows.to_json() if self.windows else None,
            "chosen_by": self.chosen_by.to_json() if self.chosen_by else None,
            "judged_by": self.judged_by.to_json() if self.judged_by else None,
            "failures": list(self.failures),
            "counts": self.counts,
            "serving": self.serving,
            "leakage": self.leakage.to_json() if self.leakage else None,
            "warnings": list(self.warnings),
        }
