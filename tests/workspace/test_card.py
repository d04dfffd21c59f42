"""What the card of a training says."""

from hrreco.evaluation import EvaluationReport, Interval, ModelResult, SliceResult
from hrreco.tracking import model_card
from hrreco.training import TrainingReport
from hrreco.training.recipe import RULES_RECIPE
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
