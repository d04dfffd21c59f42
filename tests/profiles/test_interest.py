"""The evidence of all is found in parts that are as good as the whole."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from hrreco.data import LearningData
from hrreco.profiles import evidence_until, interest
from hrreco.settings import Moment


def _now(data: LearningData) -> Moment:
    return Moment.of(None, data.settings.timezone)


@pytest.mark.parametrize("part", [1, 7, 100])
def test_parts_of_any_length_come_to_the_same(
    learning_data: LearningData, monkeypatch: pytest.MonkeyPatch, part: int
) -> None:
    whole = evidence_until(learning_data, _now(learning_data))
    assert len(whole.value) > 1_000
    monkeypatch.setattr(interest, "_PART", part)
    for found, expected in zip(
        evidence_until(learning_data, _now(learning_data)), whole, strict=True
    ):
        np.testing.assert_array_equal(found, expected)


def test_without_events_there_is_no_evidence(learning_data: LearningData) -> None:
    none = learning_data.events.filter(pl.lit(value=False))
    data = LearningData.from_frames(
        employees=learning_data.employees, courses=learning_data.courses, events=none
    )
    assert not len(evidence_until(data, _now(data)).value)


def test_pairs_ascend(learning_data: LearningData) -> None:
    found = evidence_until(learning_data, _now(learning_data))
    pairs = [*zip(found.employee.tolist(), found.course.tolist(), strict=True)]
    assert pairs == sorted(set(pairs))
