"""One employee's answer, and why a course is not in it."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest
from scipy import sparse

from hrreco.errors import ModelError, NotFittedError, SettingsError, UnknownIdError
from hrreco.models._training_data import TrainingData
from hrreco.models.ease import Ease, EaseConfig
from hrreco.profiles.courses import CourseProfiles
from hrreco.profiles.learners import Learners
from hrreco.profiles.profile import EmployeeProfile
from hrreco.profiles.vocabulary import Vocabulary
from hrreco.recommend import Answer, Suggester
from hrreco.settings import Settings

from .build import NOW, catalogue_of, entry, learner_of, profile_of
from .linear import Linear

COURSES: dict[str, dict[str, Any]] = {
    "A": {},
    "B": {},
    "C": {},
    "D": {"active": False},
    "M": {
        "mandatory_for": ["role:Nurse"],
        "due_within_days": 30,
        "hours": 1.5,
        "format": "online",
        "url": "https://lms.example/M",
    },
    "N": {"mandatory_for": ["*"]},
    "new": {},
    "none": {},
}
VOCABULARY = Vocabulary(("A", "B", "C", "D", "M", "none"))
SCORES = {"A": 1.0, "B": 3.0, "C": 2.0, "D": 9.0, "M": 8.0, "none": 0.0}


def suggester() -> Suggester:
    n = len(VOCABULARY.courses)
    weights = np.vstack([np.zeros((n, n)), [SCORES[c] for c in VOCABULARY.courses]])
    baseline = np.where(np.array(VOCABULARY.courses) == "none", 5.0, 0.0)
    return Suggester(Linear.of(VOCABULARY, weights, baseline), catalogue_of(COURSES), Settings())


NURSE = profile_of(started_on=NOW.today - timedelta(days=40))


def answer(profile: EmployeeProfile = NURSE, k: int = 5, **given: Any) -> Answer:
    learner = learner_of(profile, VOCABULARY)
    one = suggester()
    return one.recommend(one.judge(profile), learner, k=k, lang=given.get("lang", "en"))


def ids(found: Answer) -> list[str]:
    return [item.course_id for item in found]


def test_mandatory_first_then_electives_by_score() -> None:
    found = answer()
    assert ids(found) == ["M", "N", "B", "C", "A"]
    assert [item.kind for item in found] == ["mandatory"] * 2 + ["elective"] * 3
    assert [item.due_on for item in found[:3]] == [NOW.today - timedelta(days=10), None, None]
    assert [item.score for item in found] == [None, None, 3.0, 2.0, 1.0]
    assert found.left_out == {"inactive": 1, "not_in_model": 1, "no_evidence": 1}
    assert found.as_of == date(2026, 3, 31)


def test_electives_below_the_cut_are_not_counted_as_left_out() -> None:
    found = answer(k=3)
    assert ids(found) == ["M", "N", "B"]
    assert found.left_out == {"inactive": 1, "not_in_model": 1, "no_evidence": 1}


def test_mandatory_courses_that_do_not_fit_are_counted() -> None:
    found = answer(k=1)
    assert ids(found) == ["M"]
    assert found.left_out == {"inactive": 1, "not_in_model": 1, "beyond_k": 1}


def test_a_mandatory_course_is_never_an_elective() -> None:
    taken = profile_of(entry("M", evidence=0.0, taken=3), entry("N", evidence=0.0, taken=3))
    found = answer(taken)
    assert ids(found) == ["B", "C", "A"]
    assert found.left_out["taken"] == 2


def test_who_left_gets_nothing_and_is_told_so() -> None:
    found = answer(profile_of(left_on=NOW.today))
    assert ids(found) == []
    assert found.left_out == {"left_company": len(COURSES)}


def test_an_empty_catalogue_says_so() -> None:
    model = Linear.of(Vocabulary(()), np.zeros((1, 0)))
    nothing = Suggester(model, catalogue_of({}), Settings())
    found = nothing.recommend(
        nothing.judge(NURSE), learner_of(NURSE, Vocabulary(())), k=5, lang="en"
    )
    assert (len(found), found.left_out) == (0, {"empty_catalogue": 0})


def test_json_is_the_promised_form() -> None:
    found = answer(k=3).to_json()
    assert found == json.loads(json.dumps(found))
    assert found == {
        "employee_id": "E1",
        "as_of": "2026-03-31",
        "recommendations": [
            {
                "course_id": "M",
                "title": "Title M",
                "kind": "mandatory",
                "hours": 1.5,
                "format": "online",
                "url": "https://lms.example/M",
                "due_on": "2026-03-21",
                "reasons": [
                    {
                        "code": "required",
                        "text": "Required for your role; it was due on March 21, 2026",
                        "share": 1.0,
                    }
                ],
            },
            {
                "course_id": "N",
                "title": "Title N",
                "kind": "mandatory",
                "hours": None,
                "format": None,
                "url": None,
                "due_on": None,
                "reasons": [{"code": "required", "text": "Required for everyone", "share": 1.0}],
            },
            {
                "course_id": "B",
                "title": "Title B",
                "kind": "elective",
                "hours": None,
                "format": None,
                "url": None,
                "due_on": None,
                "reasons": [
                    {
                        "code": "popular",
                        "text": "Popular in your organisation",
                        "share": 1.0,
                    }
                ],
            },
        ],
        "left_out": {"inactive": 1, "not_in_model": 1, "no_evidence": 1},
        "decision_id": None,
    }


def test_an_answer_is_a_frozen_sequence() -> None:
    found = answer()
    assert found[0] in found
    assert list(reversed(found))[-1] == found[0]
    assert found == answer()
    with pytest.raises(AttributeError):
        found.items = ()  # type: ignore[misc]


def test_texts_come_in_the_language_asked_for() -> None:
    texts = [answer(lang=lang)[2].reasons[0].text for lang in ("en", "fi", "sv")]
    assert texts[1:] == [
        "Suosittu organisaatiossasi",
        "Populär i din organisation",
    ]


@pytest.mark.parametrize(
    ("course_id", "k", "code", "rank"),
    [
        ("B", 5, "suggested", 3),
        ("A", 5, "suggested", 5),
        ("A", 4, "below_cut", 5),
        ("M", 1, "suggested", 1),
        ("N", 1, "beyond_k", 2),
        ("D", 5, "inactive", None),
        ("new", 5, "not_in_model", None),
        ("none", 5, "no_evidence", None),
    ],
)
def test_why_not(course_id: str, k: int, code: str, rank: int | None) -> None:
    learner = learner_of(NURSE, VOCABULARY)
    one = suggester()
    found = one.why_not(one.judge(NURSE), learner, course_id, k=k, lang="en")
    assert (found.code, found.rank, found.suggested) == (code, rank, code == "suggested")
    assert bool(found.reasons) == (rank is not None)
    shown = found.to_json()
    assert shown == json.loads(json.dumps(shown))
    assert shown["title"] == f"Title {course_id}"
    assert all(str(number) in found.text for number in [rank, k][: 2 * (code == "below_cut")])


def test_wrong_calls_are_refused() -> None:
    learner = learner_of(NURSE, VOCABULARY)
    one = suggester()
    with pytest.raises(UnknownIdError, match=r"unknown course 'nome'; did you mean 'none'"):
        one.why_not(one.judge(NURSE), learner, "nome", k=5, lang="en")
    for k in (0, "5", 2.5, None):
        with pytest.raises(SettingsError, match=f"k is {k!r}"):
            one.recommend(one.judge(NURSE), learner, k=k, lang="en")  # type: ignore[arg-type]
    with pytest.raises(SettingsError, match="no texts in 'de'"):
        one.recommend(one.judge(NURSE), learner, k=1, lang="de")  # type: ignore[arg-type]
    with pytest.raises(ModelError, match="2 were given"):
        one.recommend(one.judge(NURSE), learner.take(np.array([0, 0])), k=1, lang="en")
    with pytest.raises(NotFittedError):
        Suggester(Ease(), catalogue_of(COURSES), Settings())


def test_ease_suggests_what_goes_with_the_history() -> None:
    vocabulary = Vocabulary(("A", "B", "C", "D"))
    together = np.array([[1, 1, 0, 0]] * 6 + [[0, 0, 1, 1]] * 6, dtype=np.float32)
    data = TrainingData(
        Learners.of_history(sparse.csr_matrix(together)), CourseProfiles.unknown(4), vocabulary
    )
    model = Ease(EaseConfig(regularisation=1.0)).fit(data)
    catalogue = catalogue_of({course_id: {} for course_id in "ABCD"})
    profile = profile_of(entry("A", taken=10))
    one = Suggester(model, catalogue, Settings())
    found = one.recommend(one.judge(profile), learner_of(profile, vocabulary), k=3, lang="fi")
    assert ids(found) == ["B"]
    (reason,) = found[0].reasons
    assert (reason.text, reason.share) == ("Olet suorittanut kurssin Title A", 1.0)
    assert found.left_out == {"taken": 1, "no_evidence": 2}
