"""Reasons come from the parts of a score, in words that are true and name nobody's pool."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest

from hrreco.models._contributions import first_feature, first_skill
from hrreco.profiles.profile import EmployeeProfile, HistoryEntry
from hrreco.profiles.vocabulary import EVERYONE, OTHER, Feature, Vocabulary
from hrreco.recommend.answer import Reason
from hrreco.recommend.mandatory import Duty, Rule
from hrreco.recommend.ranking import Evidence
from hrreco.recommend.reasons import Reasons, of_duty
from hrreco.recommend.texts import texts_in
from hrreco.settings import LANGUAGES

from .build import NOW, catalogue_of, entry, profile_of

KINDS = ("role", "department", "location", "language", "grade", "skill")
FEATURES = (
    Feature(EVERYONE, ""),
    *(Feature(kind, "value") for kind in KINDS),
    *(Feature(kind, OTHER) for kind in KINDS),
    Feature("shoe size", "44"),
)
VOCABULARY = Vocabulary(("A", "B", "C", "S", "gone"), FEATURES, ("sql",))
CATALOGUE = catalogue_of({"A": {}, "B": {}, "C": {"title": "Title B"}, "S": {"sensitive": True}})
REASONS = Reasons(CATALOGUE, VOCABULARY)
FIRST = {"course": 0, "feature": first_feature(VOCABULARY), "skill": first_skill(VOCABULARY)}


def reasons(
    *parts: tuple[str, int, float], lang: str = "en", taken: str = "ABCS"
) -> tuple[Reason, ...]:
    profile = profile_of(*(entry(course_id, taken=9) for course_id in taken))
    evidence = evidence_of({FIRST[kind] + at: value for kind, at, value in parts})
    (found,) = REASONS.of_electives([evidence], profile, texts_in(lang))
    return found


def evidence_of(values: dict[int, float]) -> Evidence:
    source = sorted(values)
    return Evidence(np.array(source), np.array([values[number] for number in source]))


@pytest.mark.parametrize(
    ("kind", "position", "code", "text", "subject"),
    [
        ("course", 0, "completed_course", "You completed Title A", "A"),
        ("skill", 0, "role_skill", "Your role needs sql, and this course teaches it", "sql"),
        ("feature", 0, "popular", "Popular in your organisation", None),
        ("feature", 1, "role_next", "A common next step in your role", "value"),
        ("feature", 2, "department", "People in your department often take it", "value"),
        ("feature", 3, "location", "People at your location often take it", "value"),
        ("feature", 4, "language", "People who use your language often take it", "value"),
        ("feature", 5, "grade", "People at your grade often take it", "value"),
        ("feature", 6, "skill", "It goes well with a skill you have: value", "value"),
    ],
)
def test_each_source_has_its_words(
    kind: str, position: int, code: str, text: str, subject: str | None
) -> None:
    assert reasons((kind, position, 0.25)) == (Reason(code, text, 1.0, subject),)


def test_a_course_not_completed_is_not_called_so() -> None:
    (reason,) = reasons(("course", 0, 1.0), taken="")
    assert (reason.code, reason.subject) == ("course_in_history", "A")
    assert reason.text == "Title A is in your training history"
    begun: EmployeeProfile = profile_of(HistoryEntry("A", 0.5, in_progress_at=NOW.at))
    found = REASONS.of_electives([evidence_of({0: 1.0})], begun, texts_in("en"))
    assert found == [(reason,)]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("position", range(7, 13))
def test_pooled_values_are_not_named(position: int, lang: str) -> None:
    (pooled,) = reasons(("feature", position, 1.0), lang=lang)
    (named,) = reasons(("feature", position - 6, 1.0), lang=lang)
    assert OTHER not in pooled.text.split()
    assert pooled.subject is None
    assert pooled.code == named.code
    assert pooled.text != named.text


def test_sensitive_lost_and_unknown_sources_are_never_quoted() -> None:
    unquoted = [("course", 3, 5.0), ("course", 4, 3.0), ("feature", 13, 1.0)]
    (only,) = reasons(*unquoted, ("course", 0, 1.0))
    assert (only.subject, only.share) == ("A", 0.1)
    assert np.flatnonzero(~REASONS.quotable).tolist() == [3, 4, 5 + 13]


def test_the_three_largest_share_in_all_that_speaks_for_it() -> None:
    found = reasons(
        ("course", 0, 4.0), ("skill", 0, 3.0), ("feature", 0, 2.0), ("feature", 1, 1.0)
    )
    assert [reason.code for reason in found] == ["completed_course", "role_skill", "popular"]
    assert [reason.share for reason in found] == pytest.approx([0.4, 0.3, 0.2])


def test_same_words_are_said_once() -> None:
    found = reasons(("skill", 0, 4.0), ("course", 2, 3.0), ("course", 1, 2.0), ("course", 0, 1.0))
    assert [reason.text for reason in found] == [
        "You completed Title B",
        "Your role needs sql, and this course teaches it",
        "You completed Title A",
    ]
    assert [reason.share for reason in found] == pytest.approx([0.5, 0.4, 0.1])
    assert found[0].subject == "C"


def test_each_elective_has_reasons_of_its_own() -> None:
    """All at once as one by one: what speaks against a course is no reason, nor is a trifle."""
    source = np.array([0, 1, 2, FIRST["feature"], FIRST["skill"]])
    rows = [[1.0, 2.0, 2.5, -9.0, 4.0], [0.0, 0.0, 0.0, 3.0, 0.0], [5.0, 0.04, 0.0, 0.0, 0.05]]
    evidence = [Evidence(source, np.array(row)) for row in rows]
    profile = profile_of(entry("A", taken=9), entry("B", taken=9), entry("C", taken=9))
    found = REASONS.of_electives(evidence, profile, texts_in("en"))
    assert [[reason.subject for reason in reasons] for reasons in found] == [
        ["C", "sql", "A"],  # B and C have the same title, and weigh more together
        [None],
        ["A", "sql"],
    ]
    assert [reason.share for reason in found[0]] == [4.5 / 9.5, 4.0 / 9.5, 1.0 / 9.5]
    for one, reasons_of_one in zip(evidence, found, strict=True):
        assert REASONS.of_electives([one], profile, texts_in("en")) == [reasons_of_one]
    assert REASONS.of_electives([], profile, texts_in("en")) == []


@pytest.mark.parametrize(
    ("days", "renewal", "text"),
    [
        (None, False, "Required for your role"),
        (0, False, "Required for your role by March 31, 2026"),
        (-1, False, "Required for your role; it was due on March 30, 2026"),
        (0, True, "Required for your role; renew it by March 31, 2026"),
        (-1, True, "Required for your role; it expired on March 30, 2026"),
    ],
)
def test_required(days: int | None, renewal: bool, text: str) -> None:
    today = date(2026, 3, 31)
    due_on = None if days is None else today + timedelta(days=days)
    found = of_duty(Duty(0, due_on, renewal, "role"), today, texts_in("en"))
    assert found == (Reason("required", text, 1.0),)


@pytest.mark.parametrize(
    ("lang", "rule", "plain", "overdue"),
    [
        ("en", "role", "Required for your role", "; it was due on March 30, 2026"),
        ("en", "department", "Required in your department", "; it was due on March 30, 2026"),
        ("en", "everyone", "Required for everyone", "; it was due on March 30, 2026"),
        ("fi", "role", "Pakollinen tehtävässäsi", ", määräaika oli 30. maaliskuuta 2026"),
        ("fi", "department", "Pakollinen osastollasi", ", määräaika oli 30. maaliskuuta 2026"),
        ("fi", "everyone", "Pakollinen kaikille", ", määräaika oli 30. maaliskuuta 2026"),
        (
            "sv",
            "department",
            "Obligatorisk på din avdelning",
            ", skulle ha varit klar senast den 30 mars 2026",
        ),
        (
            "sv",
            "everyone",
            "Obligatorisk för alla",
            ", skulle ha varit klar senast den 30 mars 2026",
        ),
    ],
)
def test_a_duty_says_whose_rule_it_is(lang: str, rule: Rule, plain: str, overdue: str) -> None:
    today = date(2026, 3, 31)
    late = today - timedelta(days=1)
    for due_on, text in ((None, plain), (late, plain + overdue)):
        (reason,) = of_duty(Duty(0, due_on, False, rule), today, texts_in(lang))
        assert (reason.code, reason.text) == ("required", text)
