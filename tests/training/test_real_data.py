"""What the models reach on real study actions in order."""

from __future__ import annotations

from pathlib import Path

import pytest

from hrreco.training import evaluate_files

SHARED = Path(__file__).parents[3] / "shared" / "data"
CONCEPTS = SHARED / "concepts"


@pytest.mark.skipif(not CONCEPTS.exists(), reason="../shared/data is absent")
def test_order_and_the_blend_pay_on_real_study_actions_without_any_tuning() -> None:
    """Measured: transitions .5638 of NDCG@10, the blend .8600 of the hits."""
    files = (CONCEPTS / "train.parquet", CONCEPTS / "test.parquet")
    report = evaluate_files(*files, None, ["transitions", "blend"], [10])
    means = {name: model.overall.means for name, model in report.models.items()}
    assert report.learners == 2_136
    assert means["transitions"]["ndcg@10"] > 0.55
    assert means["blend"]["hit_rate@10"] > 0.85
    assert means["popularity"]["hit_rate@10"] == pytest.approx(0.541, abs=0.001)
