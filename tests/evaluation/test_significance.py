import numpy as np
import pytest

from hrreco.evaluation import mean_intervals, significance


def test_the_interval_holds_the_true_mean_as_often_as_it_says():
    rng = np.random.default_rng(7)
    samples = rng.exponential(size=(60, 300))  # skewed, true mean 1
    held = sum(i.low <= 1.0 <= i.high for i in mean_intervals(samples))
    assert held > 240
    many = [mean_intervals(rng.exponential(size=(60, 1)), seed=s)[0] for s in range(150)]
    assert 0.87 < np.mean([i.low <= 1.0 <= i.high for i in many]) < 0.99


def test_its_width_is_that_of_the_normal_approximation():
    values = np.random.default_rng(1).normal(size=(2_000, 1))
    (interval,) = mean_intervals(values)
    expected = 2 * 1.96 * values.std() / np.sqrt(2_000)
    assert interval.high - interval.low == pytest.approx(expected, rel=0.08)
    assert interval.mean == pytest.approx(values.mean())


def test_pairing_sees_a_small_difference_between_learners_who_differ_a_lot():
    rng = np.random.default_rng(2)
    rules = rng.uniform(size=400)
    model = rules + 0.01 + rng.normal(scale=0.02, size=400)
    own, other, paired = mean_intervals(np.column_stack([model, rules, model - rules]))
    assert own.low < other.high
    assert paired.low > 0


def test_a_constant_has_no_width():
    assert mean_intervals(np.full((9, 1), 0.25))[0] == pytest.approx((0.25, 0.25, 0.25))


def test_a_seed_gives_the_same_interval_and_another_seed_another():
    values = np.random.default_rng(3).normal(size=(50, 2))
    assert mean_intervals(values, seed=4) == mean_intervals(values, seed=4)
    assert mean_intervals(values, seed=4) != mean_intervals(values, seed=5)


@pytest.mark.parametrize("draws", [1, 40 * 7, 40 * 1_999])
def test_memory_bounds_do_not_change_the_answer(draws, monkeypatch):
    values = np.random.default_rng(3).normal(size=(40, 1))
    whole = mean_intervals(values)
    monkeypatch.setattr(significance, "_DRAWS", draws)
    assert mean_intervals(values)[0] == pytest.approx(whole[0], rel=1e-12)
