"""The contest: learned models against the rules, on cuts of one history."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from hrreco.data import LearningData
from hrreco.errors import DataError, ModelError
from hrreco.evaluation import (
    EvaluationReport,
    Fitted,
    Groups,
    Interactions,
    faithfulness,
    fit_each,
    judge,
)
from hrreco.privacy import told, told_sum
from hrreco.profiles import Vocabulary
from hrreco.settings import Progress
from hrreco.training.config import TrainConfig
from hrreco.training.gate import Failed, gate
from hrreco.training.recipe import CHAMPION, RULES, RULES_RECIPE, Recipe, fit, learned_by
from hrreco.training.report import TrainingReport
from hrreco.training.trust import trust_warnings
from hrreco.training.weights import learn_weights
from hrreco.training.why import TOO_FEW, unfitted, why_none
from hrreco.training.windows import Cut, Windows, cut_at, cut_windows

CANDIDATE = "candidate"
FIRST, SECOND = "first", "second"

_RIVALS = (CHAMPION, FIRST)
"""Names of recipes that all others are compared to, beside the rules."""


@dataclass(frozen=True)
class Challenge:
    """What the gate made of one recipe.

    Attributes
    ----------
    judged_by
        The recipe, the rules and the champion in the window of the gate.
    failures
        What the recipe did not show; nothing means that it passed.
    """

    judged_by: EvaluationReport
    failures: tuple[Failed, ...]

    @property
    def warnings(self) -> tuple[str, ...]:
        """What was found of the recipe that somebody should look at, each in one line."""
        return tuple(trust_warnings(self.judged_by, CANDIDATE))


@dataclass
class Contest:
    """Lets the models of a config compete with the rules on one company's history.

    Attributes
    ----------
    groups
        Who is in which group, for the audit of what the models suggest; no fit sees them.
    """

    data: LearningData
    vocabulary: Vocabulary
    config: TrainConfig
    interactions: Interactions
    progress: Progress
    groups: Groups | None = None

    def decide(self, champion: Recipe | None) -> TrainingReport:
        """Choose a model on one window, judge it on the next, and say who serves and why."""
        windows = self.windows
        if windows is None:
            return self._report(RULES_RECIPE, f"The rules win: {TOO_FEW}.")
        fitted, known = self._competing(windows)
        chosen_by = self._judged(fitted, known)
        best = self._best(fitted, known)
        rivals = {RULES: RULES_RECIPE} | ({best.name: best} if best else {})
        if champion is not None and not champion.is_rules and champion != best:
            rivals[CHAMPION] = champion
        if len(rivals) == 1:
            return self._report(
                RULES_RECIPE,
                f"The rules win: {why_none(chosen_by, 'learned')}.",
                windows=windows,
                chosen_by=chosen_by,
                failures=tuple(unfitted(chosen_by)),
            )
        judged_by = self._audited(*self._fitted(rivals, windows.gate_from, None))
        rival = f"{best.name} did not pass the gate" if best else why_none(chosen_by, "other")
        winner, why, failures = self._verdict(best, champion, judged_by, rival)
        return self._report(
            winner,
            why,
            challenger=None if winner == best else best,
            windows=windows,
            chosen_by=chosen_by,
            judged_by=judged_by,
            failures=(*failures, *unfitted(chosen_by), *unfitted(judged_by)),
        )

    def challenge(self, candidate: Recipe, champion: Recipe | None) -> Challenge:
        """Let the gate judge one recipe, on its own window, against the rules and the champion.

        Raises
        ------
        DataError
            When there are too few completions to judge by.
        ModelError
            When the candidate cannot be fitted.
        """
        rivals = {CANDIDATE: candidate}
        if champion is not None and not champion.is_rules and champion != candidate:
            rivals[CHAMPION] = champion
        judged_by = self.side_by_side(rivals)
        if CANDIDATE not in judged_by.models:
            raise ModelError(f"{candidate.name}: {judged_by.unfitted[CANDIDATE]}")
        return Challenge(judged_by, gate(judged_by, CANDIDATE, self.metric))

    def side_by_side(self, recipes: Mapping[str, Recipe]) -> EvaluationReport:
        """Judge recipes and the rules in the window of the gate, each against the others.

        Raises
        ------
        DataError
            When there are too few completions to judge by.
        """
        windows = self.windows
        if windows is None:
            raise DataError("there are too few completions to judge a model by")
        fitted, known = self._fitted({RULES: RULES_RECIPE, **recipes}, windows.gate_from, None)
        return self._audited(fitted, known)

    def second_window(self) -> Cut:
        """Return what may be fitted before the second window, and what it turned out to hold.

        Raises
        ------
        DataError
            When there are too few completions to cut.
        """
        windows = self.windows
        if windows is None:
            raise DataError("there are too few completions to search settings by")
        first, last = windows.choose_from, windows.gate_from
        return cut_at(self.data, self.interactions, first, last, self.config)

    def blend(self) -> Recipe:
        """Return what `decide` would have judged; the rules where no learned model helps."""
        windows = self.windows
        best = None if windows is None else self._best(*self._competing(windows))
        return best or RULES_RECIPE

    @property
    def metric(self) -> str:
        """What the models are compared by."""
        return f"ndcg@{self.config.k}"

    @property
    def windows(self) -> Windows | None:
        """Where the history is cut; None where there is too little of it."""
        return cut_windows(self.interactions, self.config, self.data.settings.timezone)

    def _competing(self, windows: Windows) -> tuple[Fitted, Cut]:
        """Fit the rules and the models of the config on the first window; return the second."""
        recipes = {RULES: RULES_RECIPE} | {r.name: r for r in self.config.recipes}
        return self._fitted(recipes, windows.choose_from, windows.gate_from)

    def _fitted(
        self, recipes: dict[str, Recipe], cut: int, until: int | None
    ) -> tuple[Fitted, Cut]:
        """Fit recipes on what came before a moment; return what came after it, too."""
        known = cut_at(self.data, self.interactions, cut, until, self.config)
        fits = {name: partial(fit, recipe, known.training) for name, recipe in recipes.items()}
        return fit_each(fits, self.progress), known

    def _audited(self, fitted: Fitted, known: Cut) -> EvaluationReport:
        """Judge fitted models, and look at what they give to groups, and at their reasons."""
        reasons = {
            name: faithfulness(
                model,
                known.learners,
                known.split.exclude,
                min_people=self.data.settings.min_people,
                seed=self.config.seed,
            )
            for name, model in fitted.models.items()
            if name != RULES
        }
        return replace(self._judged(fitted, known, self.groups), faithfulness=reasons)

    def _judged(
        self, fitted: Fitted, known: Cut, groups: Groups | None = None
    ) -> EvaluationReport:
        """Judge fitted models by what came after the moment."""
        rivals = {"rules": RULES} | {name: name for name in _RIVALS if name in fitted.models}
        return judge(
            fitted,
            known.learners,
            known.split,
            ks=(self.config.k,),
            seed=self.config.seed,
            min_people=self.data.settings.min_people,
            rivals=rivals,
            groups=groups,
        )

    def _best(self, fitted: Fitted, known: Cut) -> Recipe | None:
        """Return the blend that foresees the window best; a single model where that is as good."""
        if not fitted.models.keys() - {RULES}:
            return None
        self.progress("learn the weights", 0, 1)
        parts = {name: learned_by(model) for name, model in fitted.models.items()}
        weights = learn_weights(
            parts,
            known.learners,
            known.split,
            k=self.config.k,
            history_half=self.config.history_half,
            seed=self.config.seed,
        )
        best = Recipe.blended(parts, weights, self.config.history_half)
        return None if best.is_rules else best

    def _verdict(
        self,
        best: Recipe | None,
        champion: Recipe | None,
        judged_by: EvaluationReport,
        rival: str,
    ) -> tuple[Recipe, str, tuple[str, ...]]:
        """Return who serves, why, and what the best recipe did not show.

        `rival` says what became of the champion's rival.
        """
        failed = {
            name: tuple(map(str, gate(judged_by, name, self.metric)))
            for name in judged_by.models
            if name != RULES
        }
        if best is not None and failed.get(best.name) == ():
            return best, f"{best.name} wins: it beats the rules, and is worse nowhere.", ()
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
        completions = told_sum(int(seen.relevant.sum()))
        return {
            "employees": told(len(self.data.employees), min_people),
            "employees_with_completions": with_completions,
            "courses": len(self.vocabulary.courses),
            "completions": None if with_completions is None else completions,
        }
