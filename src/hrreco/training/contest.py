"""The contest: learned models against the rules, on cuts of one history."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from hrreco.data import LearningData
from hrreco.errors import MissingExtraError, ModelError
from hrreco.evaluation import EvaluationReport, Interactions, judge
from hrreco.models import Recommender
from hrreco.profiles import Vocabulary
from hrreco.settings import Progress
from hrreco.training.config import TrainConfig
from hrreco.training.gate import gate
from hrreco.training.recipe import RULES, RULES_RECIPE, Recipe, fit
from hrreco.training.report import TrainingReport
from hrreco.training.windows import Windows, cut_at, cut_windows, moment_of

CHAMPION = "champion"


@dataclass
class Contest:
    """Lets the models of a config compete with the rules on one company's history."""

    data: LearningData
    vocabulary: Vocabulary
    config: TrainConfig
    interactions: Interactions
    progress: Progress
    _steps_done: int = 0

    def decide(self, champion: Recipe | None) -> TrainingReport:
        """Choose a model on one window, judge it on the next, and say who serves and why."""
        windows = cut_windows(self.interactions, self.config)
        if windows is None:
            return self._rules_for_want_of_data()
        broken: list[str] = []
        recipes = {RULES: RULES_RECIPE} | {r.name: r for r in self.config.recipes}
        chosen_by = self._compare(recipes, windows.choose_from, windows.gate_from, broken)
        best = self._best(chosen_by)
        if best is None:
            return self._rules_for_want_of_data(tuple(broken))
        rivals = {RULES: RULES_RECIPE, best.name: best}
        if champion is not None and not champion.is_rules and champion != best:
            rivals[CHAMPION] = champion
        judged_by = self._compare(rivals, windows.gate_from, None, broken)
        return self._verdict(best, rivals, windows, chosen_by, judged_by, broken)

    @property
    def metric(self) -> str:
        """What the models are compared by."""
        return f"ndcg@{self.config.k}"

    def _compare(
        self, recipes: dict[str, Recipe], cut: int, until: int | None, broken: list[str]
    ) -> EvaluationReport:
        """Fit recipes on what came before a moment, and judge them by what came after."""
        known = cut_at(self.data, self.vocabulary, self.interactions, cut, until, self.config)
        fitted: dict[str, Recommender] = {}
        for name, recipe in recipes.items():
            self._step(f"fit {recipe.name}")
            try:
                fitted[name] = fit(recipe, known.training)
            except (ModelError, MissingExtraError) as error:
                broken.append(f"{name} could not be fitted: {error}")
        rivals = {"rules": RULES} | ({CHAMPION: CHAMPION} if CHAMPION in fitted else {})
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
        self,
        best: Recipe,
        rivals: dict[str, Recipe],
        windows: Windows,
        chosen_by: EvaluationReport,
        judged_by: EvaluationReport,
        broken: list[str],
    ) -> TrainingReport:
        passed: dict[str, tuple[str, ...]] = {
            name: tuple(map(str, gate(judged_by, name, self.metric)))
            for name in (best.name, CHAMPION)
            if name in judged_by.models
        }
        failures = passed.get(best.name, ("the gate had no model to judge",))
        if not failures:
            winner, why = best, f"{best.name} wins: it beats the rules, and is worse nowhere."
        elif passed.get(CHAMPION) == ():
            winner = rivals[CHAMPION]
            why = f"The champion, {winner.name}, stays: {best.name} did not pass the gate."
        else:
            winner = RULES_RECIPE
            why = f"The rules win: no learned model beats them here; the best is {best.name}."
        return TrainingReport(
            winner=winner,
            challenger=None if winner == best else best,
            why=why,
            metric=self.metric,
            windows=windows,
            span=self._span(),
            chosen_by=chosen_by,
            judged_by=judged_by,
            failures=(*failures, *broken),
            counts=self._counts(),
        )

    def _rules_for_want_of_data(self, failures: tuple[str, ...] = ()) -> TrainingReport:
        return TrainingReport(
            winner=RULES_RECIPE,
            challenger=None,
            why="The rules win: there are too few completions to judge a learned model by.",
            metric=self.metric,
            windows=None,
            span=self._span(),
            chosen_by=None,
            judged_by=None,
            failures=failures,
            counts=self._counts(),
        )

    def _counts(self) -> dict[str, int]:
        seen = self.interactions
        counts = {
            "employees": len(self.data.employees),
            "employees_with_completions": len(np.unique(seen.learner[seen.relevant])),
            "courses": len(self.vocabulary.courses),
            "completions": int(seen.relevant.sum()),
        }
        return {what: n if what == "courses" else _coarse(n) for what, n in counts.items()}

    def _span(self) -> tuple[date, date] | None:
        seen = self.interactions
        if seen.time is None or not seen.relevant.any():
            return None
        times = seen.time[seen.relevant]
        return moment_of(int(times.min())).date(), moment_of(int(times.max())).date()

    def _step(self, stage: str) -> None:
        # Both rounds have the rules in them; the second has the best model, and a champion.
        self.progress(stage, self._steps_done, len(self.config.recipes) + 4)
        self._steps_done += 1


def _coarse(count: int) -> int:
    """Round a count of people or of what they did down to tens: one opt-out hardly moves it."""
    return count // 10 * 10
