"""How often one caller may ask."""

from __future__ import annotations

from hrreco.service.auth import Principal, Role
from hrreco.service.budgets import Budgets
from hrreco.settings.limits import LimitSettings

LIMITS = LimitSettings(requests_per_minute=4, requests_per_minute_of_systems=6)
NURSE, OTHER = (Principal.of(one, Role.EMPLOYEE) for one in ("E1", "E2"))
SYSTEM = Principal.of("moodle", Role.LMS)


class Clock:
    now = 119.5

    def __call__(self) -> float:
        return self.now


def granted(budgets: Budgets, principal: Principal) -> int:
    return sum(budgets.spend(principal) == 0 for _ in range(20))


def test_each_caller_has_a_budget_of_their_own() -> None:
    clock = Clock()
    budgets = Budgets(LIMITS, 1, clock)
    assert granted(budgets, NURSE) == 4
    assert granted(budgets, OTHER) == 4
    assert granted(budgets, Principal.of("E1", Role.MANAGER)) == 4
    assert granted(budgets, SYSTEM) == 6
    assert granted(budgets, Principal.of("hr", Role.ADMIN)) == 6
    assert budgets.spend(NURSE) == 1
    clock.now = 120.0
    assert granted(budgets, NURSE) == 4
    assert budgets.spend(NURSE) == 60


def test_workers_share_a_budget() -> None:
    for workers in range(1, 9):
        several = [Budgets(LIMITS, workers) for _ in range(workers)]
        in_all = sum(granted(one, SYSTEM) for one in several)
        assert 6 <= in_all < 6 + workers
        assert all(granted(one, OTHER) >= 1 for one in several)


def test_what_was_counted_is_let_go_of() -> None:
    clock = Clock()
    budgets = Budgets(LIMITS, 1, clock)
    for number in range(1_000):
        budgets.spend(Principal.of(f"E{number}", Role.EMPLOYEE))
    clock.now += 60
    budgets.spend(NURSE)
    assert len(budgets._spent) == 1
