"""Why a course is left out names the courses and the days that it goes by."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings

from hrreco.profiles.profile import EmployeeProfile, HistoryEntry
from hrreco.profiles.vocabulary import Vocabulary
from hrreco.recommend import Suggester, WhyNot
from hrreco.settings import LANGUAGES, Language, Moment, Settings

from .build import NOW, catalogue_of, entry, learner_of, profile_of
from .linear import Linear
from .test_promises import catalogues, profiles

Courses = dict[str, dict[str, Any]]


def asked(
    profile: EmployeeProfile, courses: Courses, course_id: str = "X", lang: Language = "en"
) -> WhyNot:
    """Return why `course_id` is not suggested, by a model that knows nothing."""
    model = Linear.of(Vocabulary(()), np.zeros((1, 0)))
    suggester = Suggester(model, catalogue_of(courses), Settings())
    learner = learner_of(profile, model.vocabulary)
    return suggester.why_not(suggester.judge(profile), learner, course_id, k=5, lang=lang)


def told(*entries: HistoryEntry, lang: Language = "en", **courses: dict[str, Any]) -> WhyNot:
    return asked(profile_of(*entries), courses, lang=lang)


def test_missing_prerequisites_are_named() -> None:
    courses: Courses = {
        "X": {"prerequisites": ["A", "B", "C", "D"]},
        "A": {"title": "Ethics"},
        "B": {"title": "Care"},
        "C": {"title": "Law"},
        "D": {},
        "E": {"equivalent_to": ["D"]},
    }
    one = told(entry("A", taken=9), entry("B", taken=9), entry("E", taken=9), **courses)
    assert (one.code, one.course_ids, one.until) == ("prerequisite_missing", ("C",), None)
    assert one.text == "You need to complete Law before it."
    many = told(entry("A", in_progress=1), entry("E", taken=9), **courses)
    assert many.text == "You need to complete Ethics, Care, and Law before it."
    assert many.to_json()["course_ids"] == ["A", "B", "C"]


@pytest.mark.parametrize(
    ("lang", "one", "many", "and_others", "unnamed"),
    [
        (
            "fi",
            "Sinun on ensin suoritettava kurssi Ethics.",
            "Sinun on ensin suoritettava kurssit Ethics ja Care.",
            "Sinun on ensin suoritettava Ethics ja lisäksi vähintään yksi muu kurssi.",
            "Sinun on ensin suoritettava toinen kurssi.",
        ),
        (
            "sv",
            "Du behöver först gå kursen Ethics.",
            "Du behöver först gå kurserna Ethics och Care.",
            "Du behöver först gå Ethics och dessutom minst en annan kurs.",
            "Du behöver först gå en annan kurs.",
        ),
    ],
)
def test_prerequisites_in_other_languages(
    lang: Language, one: str, many: str, and_others: str, unnamed: str
) -> None:
    ethics, care = {"title": "Ethics"}, {"title": "Care"}
    secret = {"title": "Sobriety", "sensitive": True}

    def text(**needed: dict[str, Any]) -> str:
        return told(lang=lang, X={"prerequisites": list(needed)}, **needed).text

    assert text(A=ethics) == one
    assert text(A=ethics, B=care) == many
    assert text(A=ethics, B=secret) == and_others
    assert text(B=secret) == unnamed


def test_what_is_taken_says_until_when() -> None:
    found = told(entry("X", taken=10), X={"valid_for_days": 30})
    assert (found.code, found.until) == ("taken", date(2026, 4, 20))
    assert found.text == "It counts as completed for you, and that is valid until April 20, 2026."
    assert found.to_json()["until"] == "2026-04-20"
    for_ever = told(entry("X", taken=10), X={})
    assert (for_ever.until, for_ever.to_json()["until"]) == (None, None)
    assert for_ever.text == "It counts as completed for you, and that is still valid."
    endless = told(entry("X", taken=10), X={"valid_for_days": 2_000_000_000})
    assert endless.until == date.max


def test_a_later_equivalent_prolongs_what_is_taken() -> None:
    courses: Courses = {"X": {"valid_for_days": 30}, "A": {"equivalent_to": ["X"]}}
    found = told(entry("X", taken=10), entry("A", taken=5), **courses)
    assert (found.code, found.until) == ("taken", date(2026, 4, 25))


@pytest.mark.parametrize(
    ("lang", "named", "until", "both", "plain"),
    [
        (
            "en",
            "You have already completed an equivalent course, Ethics.",
            "You have already completed an equivalent course, and that is valid until "
            "April 20, 2026.",
            "You have already completed an equivalent course, Ethics, and that is valid until "
            "April 20, 2026.",
            "You have already completed an equivalent course.",
        ),
        (
            "fi",
            "Olet jo suorittanut vastaavan kurssin Ethics.",
            "Olet jo suorittanut vastaavan kurssin, ja suoritus on voimassa 20. huhtikuuta 2026 "
            "asti.",
            "Olet jo suorittanut vastaavan kurssin Ethics, ja suoritus on voimassa "
            "20. huhtikuuta 2026 asti.",
            "Olet jo suorittanut vastaavan kurssin.",
        ),
        (
            "sv",
            "Du har redan gått en motsvarande kurs, Ethics.",
            "Du har redan gått en motsvarande kurs, och det gäller till och med den "
            "20 april 2026.",
            "Du har redan gått en motsvarande kurs, Ethics, och det gäller till och med den "
            "20 april 2026.",
            "Du har redan gått en motsvarande kurs.",
        ),
    ],
)
def test_an_equivalent_is_named_unless_it_is_sensitive(
    lang: Language, named: str, until: str, both: str, plain: str
) -> None:
    def found(days: int | None, sensitive: bool) -> WhyNot:
        other = {"title": "Ethics", "equivalent_to": ["X"], "sensitive": sensitive}
        why = told(entry("A", taken=10), lang=lang, X={"valid_for_days": days}, A=other)
        assert why.code == "equivalent_taken"
        assert why.course_ids == (() if sensitive else ("A",))
        return why

    texts = [
        found(*given).text for given in ((None, False), (30, True), (30, False), (None, True))
    ]
    assert texts == [named, until, both, plain]


def test_of_several_equivalents_the_latest_is_named() -> None:
    courses: Courses = {"X": {"equivalent_to": ["A", "B", "C"]}, "A": {}, "B": {}, "C": {}}
    found = told(entry("A", taken=9), entry("B", taken=2), entry("C", taken=30), **courses)
    assert found.course_ids == ("B",)


@pytest.mark.parametrize(
    ("what", "days", "text"),
    [
        (
            "in_progress",
            90,
            "You have started it not long ago; it may be suggested again after {}.",
        ),
        (
            "dismissed",
            180,
            "You have said that you do not want it suggested for now; it may be suggested again "
            "after {}.",
        ),
    ],
)
def test_what_passes_says_when(what: str, days: int, text: str) -> None:
    found = told(entry("X", **{what: 10}), X={})
    until = NOW.today + timedelta(days=days - 10)
    assert (found.code, found.until) == (what, until)
    assert found.text == text.format(f"{until:%B} {until.day}, {until.year}")


@settings(max_examples=100, deadline=None)
@given(catalogues, profiles())
def test_what_ends_holds_until_its_day_and_not_on_the_next(
    courses: Courses, profile: EmployeeProfile
) -> None:
    for course_id in courses:
        found = asked(profile, courses, course_id)
        if found.until is None:
            assert found.code not in {"in_progress", "dismissed"}
            continue
        assert found.until >= NOW.today
        day_after = Moment.of(found.until + timedelta(days=1), "Europe/Helsinki")
        then = asked(replace(profile, as_of=day_after), courses, course_id)
        gone = {found.code} | ({"equivalent_taken"} if found.code == "taken" else set())
        assert then.code not in gone


@settings(max_examples=100, deadline=None)
@given(catalogues, profiles())
def test_a_sensitive_course_is_never_named(courses: Courses, profile: EmployeeProfile) -> None:
    named = {
        course_id: {**course, "title": f"<{course_id}>"} for course_id, course in courses.items()
    }
    secret = {course_id for course_id, course in courses.items() if course["sensitive"]}
    for course_id in named:
        for lang in LANGUAGES:
            found = asked(profile, named, course_id, lang)
            assert not secret.intersection(found.course_ids)
            assert not any(f"<{other}>" in found.text for other in secret)
            assert all(f"<{other}>" in found.text for other in found.course_ids)
