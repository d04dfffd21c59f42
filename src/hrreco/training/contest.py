"""The contest: learned models against the rules, on cuts of one history."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

import numpy as np

from hrreco.data import LearningData
from hrreco.evaluation import EvaluationReport, Interactions, fit_each, judge
from hrreco.privacy import told
from hrreco.profiles import Vocabulary
from hrreco.settings import Progress
from hrreco.training.config import TrainConfig
from hrreco.training.gate import gate
from hrreco.training.recipe import RULES, RULES_RECIPE, Recipe, fit
from hrreco.training.report import TrainingReport
from hrreco.training.windows import Windows, cut_at, cut_windows

CHAMPION = "champion"

_TOO_FEW = "The rules win: there are too few completions to judge a learned model by."
_NONE_FITTED = "The rules win: no learned model could be fitted."


@dataclass
class Contest:
    """Lets the models of a config compete with the rules on one company's history."""

    data: LearningData
    vocabulary: Vocabulary
    config: TrainConfig
    interactions: Interactions
    progress: Progress

    def decide(self, champion: Recipe | None) -> TrainingReport:
        """Choose a model on one window, judge it on the next, and say who serves and why."""
        windows = cut_windows(self.interactions, self.config, self.data.settings.timezone)
        if windows is None:
            return self._report(RULES_RECIPE, _TOO_FEW)
        recipes = {RULES: RULES_RECIPE} | {r.name: r for r in self.config.recipes}
        chosen_by = self._compare(recipes, windows.choose_from, windows.gate_from)
        best = self._best(chosen_by)
        rivals = {RULES: RULES_RECIPE} | ({best.name: best} if best else {})
        if champion is not None and not champion.is_rules and champion != best:
            rivals[CHAMPION] = champion
        if len(rivals) == 1:
            why = _NONE_FITTED if chosen_by.unfitted else _TOO_FEW
            return self._report(RULES_RECIPE, why, failures=tuple(_unfitted(chosen_by)))
        judged_by = self._compare(rivals, windows.gate_from, None)
        winner, why, failures = self._verdict(best, champion, judged_by)
        return self._report(
            winner,
            why,
            challenger=None if winner == best else best,
            windows=windows,
            chosen_by=chosen_by,
            judged_by=judged_by,
            failures=(*failures, *_unfitted(chosen_by), *_unfitted(judged_by)),
        )

    @property
    def metric(self) -> str:
        """What the models are compared by."""
        return f"ndcg@{self.config.k}"

    def _compare(
        self, recipes: dict[str, Recipe], cut: int, until: int | None
    ) -> EvaluationReport:
        """Fit recipes on what came before a moment, and judge them by what came after."""
        known = cut_at(self.data, self.interactions, cut, until, self.config)
        fits = {name: partial(fit, recipe, known.training) for name, recipe in recipes.items()}
        fitted = fit_each(fits, self.progress)
        rivals = {"rules": RULES} | ({CHAMPION: CHAMPION} if CHAMPION in fitted.models else {})
        return judge(
            fitted,
            known.learners,
            known.split,
            ks=(self.config.k,),
            seed=self.config.seed,
            min_people=self.data.settings.min_people,
            rivals=rivals,
        )

    def _best(self, report: EvaluationReport) -> Recipe | None:
        """Return the learned recipe with the best mean; the first named of equal ones."""
        means = [
            (report.models[recipe.name].overall.means[self.metric], recipe)
            for recipe in self.config.recipes
            if recipe.name in report.models
            and self.metric in report.models[recipe.name].overall.means
        ]
        return max(means, key=lambda pair: pair[0])[1] if means else None

    def _verdict(
        self, best: Recipe | None, champion: Recipe | None, judged_by: EvaluationReport
    ) -> tuple[Recipe, str, tuple[str, ...]]:
        """Return who serves, why, and what the best recipe did not show."""
        failed = {
            name: tuple(map(str, gate(judged_by, name, self.metric)))
            for name in judged_by.models
            if name != RULES
        }
        if best is not None and failed.get(best.name) == ():
            return best, f"{best.name} wins: it beats the rules, and is worse nowhere.", ()
        rival = f"{best.name} did not pass the gate" if best else "no other model could be fitted"
        failures = failed.get(best.name if best else CHAMPION, ())
        if champion is not None and failed.get(CHAMPION) == ():
            return champion, f"The champion, {champion.name}, stays: {rival}.", failures
        what = f"the best is {best.name}" if best else rival
        return RULES_RECIPE, f"The rules win: no learned model beats them here; {what}.", failures

    def _report(
        self,
        winner: Recipe,
        why: str,
        *,
        challenger: Recipe | None = None,
        windows: Windows | None = None,
        chosen_by: EvaluationReport | None = None,
        judged_by: EvaluationReport | None = None,
        failures: tuple[str, ...] = (),
    ) -> TrainingReport:
        return TrainingReport(
            winner=winner,
            challenger=challenger,
            why=why,
            metric=self.metric,
            windows=windows,
            chosen_by=chosen_by,
            judged_by=judged_by,
            failures=failures,
            counts=self._counts(),
        )

    def _counts(self) -> dict[str, int | None]:
        seen, min_people = self.interactions, self.data.settings.min_people
        with_completions = told(len(np.unique(seen.learner[seen.relevant])), min_people)
        completions = int(seen.relevant.sum()) // 10 * 10
        return {
            "employees": told(len(self.data.employees), min_people),
            "employees_with_completions": with_completions,
            "courses": len(self.vocabulary.courses),
            "completions": None if with_completions is None else completions,
        }


def _unfitted(report: EvaluationReport) -> Iterator[str]:
    for name, reason in report.unfitted.items():
        yield f"{name} could not be fitted: {reason}"
