"""Each rule alone, and their order."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from hrreco.data.catalogue import Catalogue
from hrreco.privacy import NO_RULINGS, Rulings
from hrreco.profiles.profile import EmployeeProfile, HistoryEntry
from hrreco.recommend.codes import LeftOut
from hrreco.recommend.eligibility import Eligibility
from hrreco.recommend.taken import Taken
from hrreco.settings import Settings

from .build import catalogue_of, entry, profile_of

HELSINKI = ZoneInfo("Europe/Helsinki")


def removed(
    catalogue: Catalogue,
    profile: EmployeeProfile,
    settings: Settings | None = None,
    rulings: Rulings = NO_RULINGS,
) -> dict[str, str]:
    rules = Eligibility(catalogue, settings or Settings()).under(rulings)
    codes = rules.codes(profile, Taken.of(profile, catalogue, HELSINKI))
    named = zip(catalogue.course_ids, codes.tolist(), strict=True)
    return {course_id: LeftOut(code).code for course_id, code in named if code}


def only(profile: EmployeeProfile, settings: Settings | None = None, **course: Any) -> str | None:
    return removed(catalogue_of({"A": course}), profile, settings).get("A")


def test_nothing_removes_a_plain_course() -> None:
    assert only(profile_of()) is None


@pytest.mark.parametrize(("left_on", "gone"), [(31, True), (30, True), (None, False)])
def test_left_company(left_on: int | None, gone: bool) -> None:
    day = date(2026, 3, left_on) if left_on else date(2026, 4, 1)
    found = removed(catalogue_of({"A": {}, "B": {"active": False}}), profile_of(left_on=day))
    assert found == (dict.fromkeys("AB", "left_company") if gone else {"B": "inactive"})


def test_inactive_and_sensitive() -> None:
    assert only(profile_of(), active=False) == "inactive"
    assert only(profile_of(), sensitive=True) == "sensitive"


def test_sensitive_does_not_remove_what_is_mandatory() -> None:
    sensitive = {"sensitive": True, "mandatory_for": ["role:Nurse"]}
    assert only(profile_of(), **sensitive) is None
    assert only(profile_of(role="Clerk"), **sensitive) == "sensitive"


@pytest.mark.parametrize(
    ("days_ago", "valid_for", "code"),
    [(9000, None, "taken"), (365, 365, "taken"), (366, 365, None), (0, 0, "taken"), (1, 0, None)],
)
def test_taken_until_its_last_valid_day(
    days_ago: int, valid_for: int | None, code: str | None
) -> None:
    profile = profile_of(entry("A", taken=days_ago))
    assert only(profile, valid_for_days=valid_for) == code


def test_days_are_those_of_the_company() -> None:
    late = datetime(2026, 3, 29, 22, 30, tzinfo=UTC)  # 30 March, 01:30 in Helsinki
    profile = profile_of(HistoryEntry("A", 1.0, taken_at=late))
    assert only(profile, valid_for_days=1) == "taken"


def test_equivalent_counts_both_ways_but_not_further() -> None:
    catalogue = catalogue_of(
        {"A": {"equivalent_to": ["B"]}, "B": {"equivalent_to": ["C"]}, "C": {}}
    )
    assert removed(catalogue, profile_of(entry("A", taken=5))) == {
        "A": "taken",
        "B": "equivalent_taken",
    }
    assert removed(catalogue, profile_of(entry("B", taken=5))) == {
        "A": "equivalent_taken",
        "B": "taken",
        "C": "equivalent_taken",
    }


def test_equivalent_counts_for_as_long_as_the_course_itself() -> None:
    catalogue = catalogue_of({"A": {"equivalent_to": ["B"], "valid_for_days": 10}, "B": {}})
    assert removed(catalogue, profile_of(entry("B", taken=11))) == {"B": "taken"}


@pytest.mark.parametrize(("what", "days"), [("in_progress", 90), ("dismissed", 180)])
def test_in_progress_and_dismissed_pass(what: str, days: int) -> None:
    assert only(profile_of(entry("A", **{what: days - 0.01}))) == what
    assert only(profile_of(entry("A", **{what: days}))) is None


def test_days_of_settings_are_used() -> None:
    settings = Settings.model_validate(
        {"eligibility": {"in_progress_days": 2, "dismissed_days": 0}}
    )
    assert only(profile_of(entry("A", in_progress=3)), settings) is None
    assert only(profile_of(entry("A", in_progress=1)), settings) == "in_progress"
    assert only(profile_of(entry("A", dismissed=0)), settings) is None


def test_wrong_level_stays() -> None:
    assert only(profile_of(entry("A", wrong_level=4000))) == "wrong_level"


@pytest.mark.parametrize(
    ("own", "course", "code"),
    [
        ("fi", "sv", "language"),
        ("fi", "FI", None),
        ("sv-FI", "sv_SE", None),
        ("en", "fi-FI", "language"),
        ("de", "fi", "language"),
        (None, "fi", None),
        ("fi", None, None),
        ("fi", " ", None),
        (" ", "fi", None),
    ],
)
def test_language(own: str | None, course: str | None, code: str | None) -> None:
    assert only(profile_of(language=own), language=course) == code


def test_every_prerequisite_is_needed_and_may_have_expired() -> None:
    catalogue = catalogue_of(
        {
            "A": {"valid_for_days": 1},
            "B": {"equivalent_to": ["X"]},
            "C": {"prerequisites": ["A", "B"]},
            "X": {},
        }
    )
    assert removed(catalogue, profile_of())["C"] == "prerequisite_missing"
    half = profile_of(entry("A", taken=99))
    assert removed(catalogue, half) == {"C": "prerequisite_missing"}
    both = profile_of(entry("A", taken=99), entry("X", taken=9))
    assert "C" not in removed(catalogue, both)


def test_a_started_prerequisite_is_missing() -> None:
    catalogue = catalogue_of({"A": {}, "B": {"prerequisites": ["A"]}})
    profile = profile_of(entry("A", in_progress=5))
    assert removed(catalogue, profile) == {"A": "in_progress", "B": "prerequisite_missing"}


def test_courses_of_a_cycle_never_become_eligible() -> None:
    catalogue = catalogue_of(
        {
            "A": {"prerequisites": ["B"]},
            "B": {"prerequisites": ["A"]},
            "C": {"prerequisites": ["C"]},
        }
    )
    assert removed(catalogue, profile_of()) == dict.fromkeys("ABC", "prerequisite_missing")


def test_the_first_rule_is_named() -> None:
    """Take away the first rule, one after another: the next one speaks."""
    course: dict[str, Any] = {
        "active": False,
        "sensitive": True,
        "language": "sv",
        "prerequisites": ["P"],
        "equivalent_to": ["E"],
    }
    history = {"taken": 1.0, "in_progress": 1.0, "dismissed": 1.0, "wrong_level": 1.0}
    equivalent = [entry("E", taken=1)]

    suppressed, overridden = {"A"}, {"A"}

    def code(**about: Any) -> str | None:
        own = [entry("A", **history)] if history else []
        catalogue = catalogue_of({"A": course, "E": {}, "P": {}})
        rulings = Rulings(suppressed=frozenset(suppressed), overridden=frozenset(overridden))
        profile = profile_of(*own, *equivalent, language="fi", **about)
        return removed(catalogue, profile, rulings=rulings).get("A")

    found = [code(left_on=date(2026, 1, 1)), code()]
    for change in (
        lambda: course.update(active=True),
        lambda: course.update(sensitive=False),
        lambda: history.pop("taken"),
        equivalent.clear,
        suppressed.clear,
        overridden.clear,
        lambda: history.pop("in_progress"),
        lambda: history.pop("dismissed"),
        lambda: history.pop("wrong_level"),
        lambda: course.update(language="fi"),
        lambda: course.update(prerequisites=[]),
    ):
        change()
        found.append(code())
    in_order = [c.code for c in LeftOut if LeftOut.ELIGIBLE < c <= LeftOut.PREREQUISITE_MISSING]
    assert found == [*in_order, None]


def test_courses_of_another_catalogue_are_no_matter() -> None:
    assert only(profile_of(entry("gone", taken=1), entry("lost", dismissed=1))) is None


def test_no_decision_removes_what_is_mandatory_nor_names_what_there_is_not() -> None:
    catalogue = catalogue_of({"A": {"mandatory_for": ["role:Nurse"]}})
    rulings = Rulings(suppressed=frozenset({"A", "gone"}), overridden=frozenset({"A"}))
    assert removed(catalogue, profile_of(), rulings=rulings) == {}
    assert removed(catalogue, profile_of(role="Clerk"), rulings=rulings) == {"A": "suppressed"}
