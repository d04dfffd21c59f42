from __future__ import annotations

from dataclasses import replace
from datetime import date

from hrreco.tracking import CardFacts, Metric, Standing, model_card

FACTS = CardFacts(
    recipe="blend of ease and popularity",
    challenger="als",
    people=310,
    courses=80,
    events=4_410,
    windows={
        "fit": (None, date(2025, 6, 30)),
        "choose": (date(2025, 6, 30), date(2025, 9, 30)),
        "gate": (date(2025, 9, 30), None),
    },
    metric="ndcg@10",
    compared=(
        Standing("popularity", "gate", Metric(0.1), None),
        Standing("ease", "gate", Metric(0.2, 0.18, 0.22), Metric(0.1, 0.05, 0.15)),
    ),
    verdict="promoted",
    reason="better than the rules by 0.1 (0.05 to 0.15)",
)


def test_the_card_tells_the_facts() -> None:
    card = model_card(FACTS)
    for told in (
        "Recipe: blend of ease and popularity. Kept as its challenger: als.",
        "At least 310 people, 80 courses, at least 4410 events.",
        "- fit: until 2025-06-30",
        "- choose: from 2025-06-30 until 2025-09-30",
        "- gate: from 2025-09-30\n",
        "| window | model | ndcg@10 | against the rules |",
        "| gate | ease | 0.200 (0.180 to 0.220) | +0.100 (+0.050 to +0.150) |",
        "| gate | popularity | 0.100 |  |",
        "**promoted**: better than the rules by 0.1 (0.05 to 0.15)",
        "Whoever had opted out of training by then is absent",
    ):
        assert told in card


def test_a_count_of_few_people_is_not_told() -> None:
    card = model_card(replace(FACTS, people=None, events=None))
    assert "Too few people to tell of; 80 courses." in card
    assert "events" not in card.split("## Windows")[0]


def test_without_a_challenger_none_is_told() -> None:
    assert "challenger" not in model_card(replace(FACTS, challenger=None))
