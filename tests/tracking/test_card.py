from __future__ import annotations

from dataclasses import replace
from datetime import date

from hrreco.tracking import CardFacts, Metric, model_card

FACTS = CardFacts(
    recipe="blend of ease and popularity",
    people=312,
    courses=80,
    events=4_410,
    min_people=5,
    windows={"fit": (date(2024, 1, 1), date(2025, 9, 30))},
    metric="ndcg@10",
    compared={"ease": Metric(0.2, 0.18, 0.22), "popularity": Metric(0.1)},
    verdict="promoted",
    reason="better than the rules by 0.1 (0.05 to 0.15)",
)


def test_the_card_tells_the_facts() -> None:
    card = model_card(FACTS)
    for told in (
        "Recipe: blend of ease and popularity.",
        "312 people, 80 courses, 4410 events.",
        "- fit: 2024-01-01 to 2025-09-30",
        "| ease | 0.200 (0.180 to 0.220) |",
        "| popularity | 0.100 |",
        "**promoted**: better than the rules by 0.1 (0.05 to 0.15)",
        "opted out of training is absent",
    ):
        assert told in card


def test_a_count_over_fewer_than_five_people_is_not_told() -> None:
    card = model_card(replace(FACTS, people=4, events=37))
    assert "Fewer than 5 people; 80 courses." in card
    assert "37" not in card
    assert "4 people" not in card
