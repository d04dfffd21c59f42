"""What the card of a training says."""

from dataclasses import replace
from datetime import date

from hrreco.evaluation import EvaluationReport, Interval, ModelResult, SliceResult
from hrreco.tracking import model_card
from hrreco.training import TrainingReport
from hrreco.training.recipe import RULES_RECIPE
from hrreco.training.windows import Windows
from hrreco.workspace._card import card_facts


def test_the_card_says_which_model_is_the_rules() -> None:
    result = SliceResult(40, {"ndcg@10": 0.2}, {"ndcg@10": Interval(0.2, 0.1, 0.3)}, {})
    judged = EvaluationReport(
        (10,), 40, 0, {name: ModelResult({}, {"all": result}) for name in ("popularity", "ease")}
    )
    counts = dict.fromkeys(("employees", "courses", "completions"), 40)
    report = TrainingReport(
        RULES_RECIPE, None, "The rules win.", "ndcg@10", None, None, judged, (), counts
    )
    card = model_card(card_facts(report))
    assert "Recipe: popularity (the rules)." in card
    assert "| gate | popularity (the rules) | 0.200" in card
    assert "| gate | ease | 0.200" in card


def test_a_window_in_which_nothing_was_judged_is_not_on_the_card() -> None:
    windows = Windows(date(2026, 1, 7), date(2026, 2, 11), "Europe/Helsinki")
    counts = dict.fromkeys(("employees", "courses", "completions"), 40)
    judged = EvaluationReport((10,), 40, 0, {})
    report = TrainingReport(
        RULES_RECIPE, None, "The rules win.", "ndcg@10", windows, judged, judged, (), counts
    )
    assert "- gate: from 2026-02-11" in model_card(card_facts(report))
    chosen = model_card(card_facts(replace(report, judged_by=None)))
    assert "- choose: from 2026-01-07 until 2026-02-11" in chosen
    assert "- gate" not in chosen
