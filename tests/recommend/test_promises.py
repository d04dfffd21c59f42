"""What holds for every employee and every catalogue."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from hrreco.data import Catalogue
from hrreco.profiles.profile import EmployeeProfile
from hrreco.profiles.vocabulary import EVERYONE, OTHER, Feature, Vocabulary
from hrreco.recommend import Suggester
from hrreco.recommend.reasons import MOST_REASONS
from hrreco.settings import Settings

from .build import NOW, catalogue_of, entry, learner_of, profile_of
from .linear import Linear

IDS = tuple(f"C{i}" for i in range(8))
FEATURES = (Feature(EVERYONE, ""), Feature("role", "Nurse"), Feature("location", OTHER))

SETTINGS = Settings()

some_courses = st.lists(st.sampled_from(IDS), max_size=2)
days = st.sampled_from([None, 0, 10, 200])
languages = st.sampled_from([None, "fi", "sv-FI"])
a_course = st.fixed_dictionaries(
    {
        "title": st.sampled_from(["Ethics", "Care", "Law"]),
        "active": st.sampled_from([True, True, True, False]),
        "sensitive": st.sampled_from([False, False, False, True]),
        "language": languages,
        "prerequisites": some_courses,
        "equivalent_to": some_courses,
        "mandatory_for": st.sampled_from([[], [], ["*"], ["role:Nurse"], ["role:Clerk"]]),
        "due_within_days": days,
        "valid_for_days": days,
    }
)
catalogues = st.lists(a_course, min_size=1, max_size=len(IDS)).map(
    lambda courses: dict(zip(IDS, courses, strict=False))
)
ago = st.sampled_from([1, 50, 150, 400])
pasts = st.dictionaries(
    st.sampled_from(["taken", "in_progress", "dismissed", "wrong_level"]), ago, max_size=2
)
weights = st.sampled_from([-1.0, 0.0, 0.0, 0.5, 1.0, 2.5])


@st.composite
def profiles(draw: st.DrawFn) -> EmployeeProfile:
    history = draw(st.dictionaries(st.sampled_from((*IDS, "elsewhere")), pasts, max_size=4))
    return profile_of(
        *(
            entry(course_id, draw(st.sampled_from([0.0, 1.0])), **past)
            for course_id, past in history.items()
        ),
        language=draw(languages),
        started_on=draw(st.sampled_from([None, NOW.today - timedelta(days=100)])),
        left_on=draw(st.sampled_from([None] * 9 + [date(2026, 1, 1)])),
    )


@st.composite
def models(draw: st.DrawFn) -> Linear:
    courses = tuple(sorted(draw(st.sets(st.sampled_from((*IDS, "gone"))))))
    vocabulary = Vocabulary(courses, FEATURES, ("sql",))
    shape = (len(courses) + len(FEATURES) + 1, len(courses))
    flat = draw(st.lists(weights, min_size=shape[0] * shape[1], max_size=shape[0] * shape[1]))
    baseline = draw(st.lists(weights, min_size=len(courses), max_size=len(courses)))
    return Linear.of(vocabulary, np.array(flat).reshape(shape), np.array(baseline))


@settings(max_examples=100, deadline=None)
@given(models(), catalogues, profiles(), st.integers(1, 10))
def test_every_answer_keeps_the_promises(
    model: Linear, courses: dict[str, dict[str, Any]], profile: EmployeeProfile, k: int
) -> None:
    catalogue = catalogue_of(courses)
    suggester = Suggester(model, catalogue, SETTINGS)
    learner = learner_of(profile, model.vocabulary, (0, 1, 2), (0,))
    judged = suggester.judge(profile)
    answer = suggester.recommend(judged, learner, k=k, lang="fi")
    shown = [item.course_id for item in answer]

    assert len(shown) == len(set(shown)) <= k
    assert shown or answer.left_out
    kinds = [item.kind for item in answer]
    assert kinds == sorted(kinds, reverse=True)  # mandatory before elective
    scores = [item.score for item in answer if item.score is not None]
    assert scores == sorted(scores, reverse=True)

    standings = [
        suggester.why_not(judged, learner, course_id, k=k, lang="fi")
        for course_id in catalogue.course_ids
    ]
    suggested = sorted((one for one in standings if one.suggested), key=lambda one: one.rank or 0)
    assert [one.course_id for one in suggested] == shown
    assert [one.rank for one in suggested] == list(range(1, len(shown) + 1))
    assert [one.reasons for one in suggested] == [item.reasons for item in answer]
    assert all(one.rank > k for one in standings if one.rank and not one.suggested)

    below_cut = _below_cut(answer.left_out, [one.code for one in standings])
    assert len(catalogue) == len(shown) + sum(answer.left_out.values()) + below_cut
    assert below_cut == 0 or len(shown) == k


def _below_cut(left_out: Any, codes: list[str]) -> int:
    """Check the counts against the codes of all courses; return how many are below the cut."""
    named = {code for code in codes if code not in {"suggested", "below_cut"}}
    for code in named - {"no_evidence"}:
        assert left_out[code] == codes.count(code)
    assert set(left_out) <= named
    unseen = codes.count("no_evidence") - left_out.get("no_evidence", 0)
    assert unseen >= 0
    return codes.count("below_cut") + unseen


@settings(max_examples=100, deadline=None)
@given(models(), catalogues, profiles(), st.integers(1, 10))
def test_electives_are_open_and_their_reasons_come_from_contributions(
    model: Linear, courses: dict[str, dict[str, Any]], profile: EmployeeProfile, k: int
) -> None:
    catalogue = catalogue_of(courses)
    learner = learner_of(profile, model.vocabulary, (0, 1, 2), (0,))
    suggester = Suggester(model, catalogue, SETTINGS)
    answer = suggester.recommend(suggester.judge(profile), learner, k=k, lang="en")
    for item in answer:
        assert 1 <= len(item.reasons) <= MOST_REASONS
        shares = [reason.share for reason in item.reasons]
        assert shares == sorted(shares, reverse=True)
        assert 0 < sum(shares) <= 1 + 1e-12
        assert len({reason.text for reason in item.reasons}) == len(shares)
        course = courses[item.course_id]
        assert course["active"]
        if item.kind == "mandatory":
            assert set(course["mandatory_for"]) & {"*", "role:Nurse"}
            continue
        assert not course["sensitive"]
        assert not set(course["mandatory_for"]) & {"*", "role:Nurse"}
        assert not _still_taken(profile, item.course_id, course["valid_for_days"])
        _check_shares(model, profile, item, catalogue)


def _still_taken(profile: EmployeeProfile, course_id: str, valid_for: int | None) -> bool:
    past = profile.history.get(course_id)
    if past is None or past.taken_at is None:
        return False
    return valid_for is None or (NOW.at - past.taken_at).days <= valid_for


def _check_shares(
    model: Linear, profile: EmployeeProfile, item: Any, catalogue: Catalogue
) -> None:
    """Recompute the parts of the score by hand, and the shares from them."""
    titles, position = catalogue.titles, catalogue.position
    vocabulary = model.vocabulary
    target = vocabulary.course_position[item.course_id]
    n = len(vocabulary.courses)
    parts: dict[str, float] = {}
    for past in profile.history.values():
        if past.course_id in vocabulary.course_position and past.evidence > 0:
            source = vocabulary.course_position[past.course_id]
            here = position.get(past.course_id)
            # A sensitive course is told by no title, not even by one that it shares.
            title = "unknown" if here is None or catalogue.sensitive[here] else titles[here]
            _add(parts, f"course {title}", model.weights[source, target])
    for i, name in enumerate(("popular", "role_next", "location", "role_skill")):
        _add(parts, name, model.weights[n + i, target])
    total = sum(parts.values())
    for reason in item.reasons:
        if reason.code in {"completed_course", "course_in_history"}:
            name = f"course {titles[position[reason.subject]]}"
            assert name.removeprefix("course ") in reason.text
        else:
            name = reason.code
        assert abs(reason.share - parts[name] / total) < 1e-9


def _add(parts: dict[str, float], name: str, value: float) -> None:
    if value > 0:
        parts[name] = parts.get(name, 0.0) + float(value)
