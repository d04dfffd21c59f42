"""The documents on the page of the command line are of the form that is printed."""

from __future__ import annotations

import json
import re
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from hrreco import Workspace
from hrreco.paths import Obstacle
from hrreco.recommend.codes import BELOW_CUT, EMPTY_CATALOGUE, SUGGESTED, LeftOut
from hrreco.recommend.reasons import FEATURE_CODES
from hrreco.reports.dossier.asking import Issuer
from hrreco.workspace import add_api_key
from tests.conftest import AS_OF
from tests.skills.esco_files import BAKER, RELATIONS, write_esco
from tests.workspace.commands import answer
from tests.workspace.conftest import (
    QUICK,
    exports,
    ingested,
    learner_id,
    trained,
    trained_once,
)

__all__ = ["exports", "ingested", "learner_id", "trained", "trained_once"]

PAGE = (Path(__file__).parents[2] / "docs" / "cli.md").read_text(encoding="utf-8")
_SHAPE = re.compile(
    r"^## `hrreco ([a-z-]+(?: [a-z]+)?) .*?^```json\n(.*?)^```", re.MULTILINE | re.DOTALL
)
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
SHAPES: dict[str, Any] = {name: json.loads(text) for name, text in _SHAPE.findall(PAGE)}


def check(shape: Any, printed: Any, where: str) -> None:
    """Check that what the page shows is in what is printed, of the same type; null fits all."""
    if shape is None or printed is None:
        return
    assert type(shape) is type(printed), where
    if isinstance(shape, str) and _DAY.match(shape):
        assert len(shape) == len(printed), where
    if isinstance(shape, dict):
        for key, value in shape.items():
            assert key in printed, f"{where}.{key}"
            check(value, printed[key], f"{where}.{key}")
    if isinstance(shape, list) and printed:
        for value in shape:
            check(value, printed[0], f"{where}[0]")


def compare(command: str, printed: dict[str, Any], **by_data: Any) -> None:
    shape = {**SHAPES[command], **by_data}
    assert set(shape) == set(printed)
    check(shape, printed, command)


def test_the_page_has_these_documents() -> None:
    of_plans = ["path", "onboard", "careers"]
    of_skills = ["skills match", "skills apply", "skills coverage", "skills gap"]
    rest = ["evaluate", "train", *of_skills, "report groups", "replay", "dossier"]
    assert list(SHAPES) == ["recommend", "why-not", *of_plans, *rest]


def test_an_answer_and_why_not(trained: Workspace, learner_id: str) -> None:
    asked = ("--as-of", AS_OF)
    printed = answer("recommend", learner_id, *asked, workspace=trained.path)
    compare("recommend", printed, left_out={})
    (course,) = SHAPES["recommend"]["recommendations"]
    assert set(course) == set(printed["recommendations"][0])
    assert set(course["reasons"][0]) == set(printed["recommendations"][0]["reasons"][0])
    again = answer("replay", printed["decision_id"], workspace=trained.path)
    compare("replay", again, answer={}, arguments={})
    course_id = trained.data().courses["course_id"][0]
    printed = answer("why-not", learner_id, course_id, *asked, workspace=trained.path)
    compare("why-not", printed)


def test_a_path(trained: Workspace, learner_id: str) -> None:
    asked = ("--months", 3, "--as-of", AS_OF)
    printed = answer("path", learner_id, *asked, workspace=trained.path)
    compare("path", printed, left_out=[], notes=[])
    (step,) = SHAPES["path"]["steps"]
    assert {frozenset(one) for one in printed["steps"]} == {frozenset(step)}
    sessions = [one["session"] for one in printed["steps"] if one["session"]]
    assert {frozenset(one) for one in sessions} == {frozenset(step["session"])}
    shown = {frozenset(one) for one in SHAPES["path"]["left_out"]}
    assert {frozenset(one) for one in printed["left_out"]} <= shown


def test_an_onboarding_careers_and_a_gap(trained: Workspace, learner_id: str) -> None:
    asked = (learner_id, "--as-of", AS_OF)
    compare("onboard", answer("onboard", *asked, workspace=trained.path))
    compare("careers", answer("careers", *asked, workspace=trained.path), out_of_reach={})
    compare("skills gap", answer("skills", "gap", *asked, workspace=trained.path))


def test_an_evaluation(trained: Workspace) -> None:
    asked = ("--models", "ease", "--k", 10, "--as-of", AS_OF)
    compare("evaluate", answer("evaluate", *asked, workspace=trained.path))


def test_a_report_of_groups(ingested: Workspace) -> None:
    asked = ("--by", "department,role", "--as-of", AS_OF)
    printed = answer("report", "groups", *asked, workspace=ingested.path)
    compare("report groups", printed)
    (group,) = SHAPES["report groups"]["groups"]
    assert set(group) == set(printed["groups"][0])


def test_a_training(trained: Workspace) -> None:
    printed = trained.train(QUICK, as_of=AS_OF).to_json()
    compare("train", json.loads(json.dumps(printed)))
    check({**SHAPES["evaluate"], "settings": {}}, printed["judged_by"], "judged_by")
    assert printed["judged_by"]["settings"] == {}


def test_skills(ingested: Workspace, tmp_path: Path) -> None:
    occupations = [(BAKER, ingested.data().employees["role"][0], ())]
    esco = write_esco(tmp_path / "esco", occupations=occupations, relations=RELATIONS[:1])
    mapping = tmp_path / "mapping.csv"
    asked = ("--esco", esco)
    matched = answer("skills", "match", *asked, "--out", mapping, workspace=ingested.path)
    compare("skills match", matched)
    assert set(matched["names"]["skill"]) == set(SHAPES["skills match"]["names"]["role"])
    applied = answer("skills", "apply", mapping, *asked, workspace=ingested.path)
    compare("skills apply", applied, roles={}, synonyms={})
    printed = answer("skills", "coverage", workspace=ingested.path)
    compare("skills coverage", printed)
    (uncovered,) = SHAPES["skills coverage"]["uncovered"]
    assert set(uncovered) == set(printed["uncovered"][0])
    assert set(uncovered["roles"][0]) == set(printed["uncovered"][0]["roles"][0])


def test_a_dossier(trained: Workspace, tmp_path: Path) -> None:
    asked = ("--out", tmp_path / "papers", "--as-of", AS_OF)
    add_api_key(trained, "moodle", "lms")
    printed = answer("dossier", *asked, workspace=trained.path)
    facts = SHAPES["dossier"]["facts"]
    assert set(printed) == {"files", "facts", "language"}
    assert set(printed["facts"]) == set(facts)
    for part in ("storage", "asking", "volumes", "serving", "oversight"):
        assert set(printed["facts"][part]) == set(facts[part])
    assert set(facts["asking"]["issuer"]) == {field.name for field in fields(Issuer)}
    audits = printed["facts"]["serving"].pop("audits")
    assert set(audits) == set(facts["serving"].pop("audits"))
    check(facts, printed["facts"], "dossier.facts")


@pytest.mark.parametrize(
    "code",
    [
        *(code.code for code in LeftOut if code),
        *(SUGGESTED, BELOW_CUT, EMPTY_CATALOGUE),
        *FEATURE_CODES.values(),
        *("required", "chosen", "completed_course", "course_in_history", "role_skill"),
        *("overdue", "late", "prerequisite", "closes_skill", "suits", "format"),
        *Obstacle,
        "before_hiring",
    ],
)
def test_every_code_is_named(code: str) -> None:
    assert f"`{code}`" in PAGE or f'"{code}"' in PAGE
