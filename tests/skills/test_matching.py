from __future__ import annotations

from collections.abc import Sequence

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hrreco import Esco, LearningData, match_skills
from hrreco.skills._concepts import Concepts, keys_by_name
from hrreco.skills.matching import Candidate, candidates
from tests.skills.company import BEFORE, LEFT, company
from tests.skills.esco_files import BAKER, CAKES, CODER, COOK, KNEAD, OVENS, SQL


def of_role(esco: Esco, name: str, uris: Sequence[str] = ()) -> list[Candidate]:
    return candidates(esco.occupations, {name: uris})[name]


def test_an_id_comes_before_a_label(esco: Esco) -> None:
    assert of_role(esco, "galley cook", (CAKES,)) == [Candidate(CAKES, "id", 1.0)]


def test_several_ids_are_all_candidates(esco: Esco) -> None:
    assert of_role(esco, "galley cook", (COOK, CAKES)) == [
        Candidate(CAKES, "id", 0.5),
        Candidate(COOK, "id", 0.5),
    ]


def test_an_unknown_id_does_not_hide_a_label(esco: Esco) -> None:
    assert of_role(esco, "galley cook", ("http://elsewhere",)) == [Candidate(COOK, "label", 1.0)]


@pytest.mark.parametrize(
    ("name", "uri", "matched_by"),
    [
        ("Night  BAKER", BAKER, "label"),  # an alternative label of the cook, too
        ("night-baker.", BAKER, "label"),
        ("Baker by night", BAKER, "alternative_label"),
        ("MAKER OF ROLLS", BAKER, "alternative_label"),
        ("cook \u201cafloat\u201d", COOK, "alternative_label"),
        ("Cafe\u0301 cook", COOK, "alternative_label"),
        ("C#-Programmer", CODER, "label"),
    ],
)
def test_writing_tells_no_labels_apart(esco: Esco, name: str, uri: str, matched_by: str) -> None:
    assert of_role(esco, name) == [Candidate(uri, matched_by, 1.0)]


def test_a_label_that_two_share_is_left_for_a_person(esco: Esco) -> None:
    shared = of_role(esco, "Bread Maker")
    assert {one.uri for one in shared} == {BAKER, CAKES}
    assert {(one.matched_by, one.confidence) for one in shared} == {("alternative_label", 0.5)}


def test_signs_that_mean_something_stay(esco: Esco) -> None:
    assert [one.matched_by for one in of_role(esco, "C++ programmer")] == ["text"]


def test_the_rest_is_matched_by_text_best_first(esco: Esco) -> None:
    found = of_role(esco, "Senior cake baker")
    assert found[0].uri == CAKES
    assert {one.matched_by for one in found} == {"text"}
    assert 0.3 <= found[-1].confidence <= found[0].confidence < 0.95
    assert len(found) <= 3


def test_of_texts_equally_like_the_preferred_label_comes_first() -> None:
    rows = {
        "uri": ["u1", "u2", "u3"],
        "label": ["stoker", "night baker", "clerk"],
        "alternatives": ["night baker", None, "night baker"],
    }
    found = candidates(Concepts("occupation", pl.DataFrame(rows)), {"First night baker": ()})
    assert [one.uri for one in found["First night baker"]] == ["u2", "u1", "u3"]


def test_there_are_three_candidates_at_most() -> None:
    rows = {"uri": list("abcde"), "label": [f"baker {name}" for name in "abcde"]}
    frame = pl.DataFrame(rows).with_columns(alternatives=pl.lit(""))
    found = candidates(Concepts("occupation", frame), {"baker": (), "other": ()})
    assert [len(one) for one in found.values()] == [3, 0]


@pytest.mark.parametrize("name", ["zzz", "???", "--"])
def test_what_is_like_nothing_has_no_candidate(esco: Esco, name: str) -> None:
    assert of_role(esco, name) == []


LABELS = st.text("ab c-+#Å", min_size=1, max_size=6).filter(
    lambda label: keys_by_name([label])[label] != ""
)


@given(st.lists(st.tuples(LABELS, st.lists(LABELS, max_size=3)), min_size=1, max_size=6))
def test_nothing_is_certain_that_two_concepts_could_be(
    concepts: list[tuple[str, list[str]]],
) -> None:
    rows = [(f"u{i}", label, "\n".join(others)) for i, (label, others) in enumerate(concepts)]
    frame = pl.DataFrame(rows, schema=["uri", "label", "alternatives"], orient="row")
    keys = keys_by_name(name for label, others in concepts for name in (label, *others))
    bearers: dict[bool, dict[str, set[str]]] = {True: {}, False: {}}
    for uri, (label, others) in zip(frame["uri"], concepts, strict=True):
        bearers[True].setdefault(keys[label], set()).add(uri)
        for other in others:
            bearers[False].setdefault(keys[other], set()).add(uri)
    for name, found in candidates(Concepts("skill", frame), dict.fromkeys(keys, ())).items():
        expected = bearers[True].get(keys[name]) or bearers[False][keys[name]]
        assert {one.uri for one in found} == expected
        assert all(one.confidence == 1 / len(expected) for one in found)


def test_a_company_is_matched_role_by_role_and_skill_by_skill(
    esco: Esco, data: LearningData
) -> None:
    mapping = match_skills(data, esco)
    assert mapping.rows.select("kind", "name", "uri", "matched_by", "confirmed").rows() == [
        ("role", "Baker", BAKER, "id", True),
        ("role", "Bread maker", CAKES, "alternative_label", None),
        ("role", "Bread maker", BAKER, "alternative_label", None),
        ("role", "Cake bakers", CAKES, "text", None),
        ("role", "Galley Cook", COOK, "label", True),
        ("role", "Zzz", None, None, None),
        ("skill", "Dough kneading", KNEAD, "alternative_label", True),
        ("skill", OVENS, OVENS, "id", True),
        ("skill", "sql", SQL, "label", True),
    ]
    assert mapping.rows.filter(pl.col("uri") == SQL)["label"].to_list() == ["SQL"]
    (finding,) = mapping.findings
    assert "1 value of occupation_uri" in str(finding)
    assert "'http://elsewhere' of the role 'Galley Cook'" in str(finding)


def test_roles_that_nobody_holds_any_more_are_not_asked_about(
    esco: Esco, data: LearningData
) -> None:
    assert "Stoker" not in match_skills(data, esco, as_of=LEFT).rows["name"]
    assert "Stoker" in match_skills(data, esco, as_of=BEFORE).rows["name"]


def test_two_occupations_of_one_role_are_left_for_a_person(esco: Esco) -> None:
    mapping = match_skills(company(uris={"E1": BAKER, "E2": COOK}, role="Galley cook"), esco)
    assert mapping.rows.select("uri", "matched_by", "confirmed").rows() == [
        (COOK, "id", None),
        (BAKER, "id", None),
    ]


def test_a_company_without_roles_or_skills_has_an_empty_mapping(esco: Esco) -> None:
    assert match_skills(company(uris={}), esco).rows.is_empty()
