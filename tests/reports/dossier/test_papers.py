"""The papers: the same facts in every language, nobody in any of them, whatever the workspace."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from hrreco import Workspace
from hrreco.errors import WorkspaceError
from hrreco.reports.dossier import Papers, facts_of, papers_of
from hrreco.settings import LANGUAGES, Language
from hrreco.workspace import erase_person, opt_out
from tests.conftest import AS_OF
from tests.reports.dossier.conftest import CARD, DPIA, RECORD, SHEET, codes, numbers, papers

HEADINGS = {
    RECORD: [
        "# Record of processing activities: training suggestions (GDPR Art. 30)",
        *("## Controller", "## Purposes", "## Categories of data subjects"),
        "## Personal data, column by column",
        *("### `employees`", "### `events`", "### `employee_skills`", "### `fairness_attributes`"),
        "## Other data about people that hrreco keeps",
        *("## Never processed", "## Recipients"),
        "## Recipients over HTTP: who is believed, and who may ask for what",
        *("### What follows from it", "## Where it is stored"),
        *("## Security measures that are in place", "## Opt-outs"),
    ],
    DPIA: [
        "# Facts for the data protection impact assessment (GDPR Art. 35)",
        *("## What is computed", "## Volumes of data", "## Necessity and proportionality"),
        *("## What was measured", "## Fairness, leakage, faithful reasons"),
        *("## Risks and measures", "## What opting out does", "## Erasures"),
        *("## Human oversight", "## Reasoning on the EU AI Act, Annex III"),
        "### Point 3: education and vocational training",
        "### Point 4: employment and the management of workers",
        *("### What is left to the deployer", "## Assessment by the controller"),
    ],
    SHEET: [
        "# Information for employees and their representatives: training suggestions",
        *("## In short", "## Who is responsible"),
        "## Which data, what for, and for how long",
        *("### `employees`", "### `events`", "### `employee_skills`", "### `fairness_attributes`"),
        *("## How a suggestion comes about", "## Who sees what", "## How to say no"),
        *("## Your rights", "## Who oversees it", "## For representatives"),
    ],
}


def headings(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.startswith("#")]


def test_the_papers_have_these_sections(trained: Workspace) -> None:
    found = papers(trained)
    assert {name: headings(found[name]) for name in HEADINGS} == HEADINGS
    assert headings(found[CARD])[:2] == ["# Model card", "## hrreco model card"]


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_every_language_has_the_same_facts(trained: Workspace, language: Language) -> None:
    english, other = papers(trained), papers(trained, language)
    for name, text in english.items():
        assert numbers(other[name], language) == numbers(text), name
        assert codes(other[name]) == codes(text), name
        levels = [line.partition(" ")[0] for line in headings(text)]
        assert [line.partition(" ")[0] for line in headings(other[name])] == levels


def test_a_number_of_any_language_is_the_same() -> None:
    english = numbers("8,910 of 0.191")
    assert english == numbers("8\u00a0910 / 0,191", "fi") == ["0", "191", "8910"]


def test_the_same_workspace_and_day_give_the_same_bytes(trained: Workspace) -> None:
    first = papers_of(facts_of(trained, as_of=AS_OF), "sv")
    again = papers_of(facts_of(Workspace.open(trained.path), as_of=AS_OF), "sv")
    assert first == again


def test_nobody_is_in_any_paper(trained: Workspace, learner_id: str) -> None:
    everybody = set(trained.data().employees["employee_id"])
    opted, erased = sorted(everybody - {learner_id})[:2]
    opt_out(trained, opted, ["profiling"])
    course_id = next(
        one.course_id
        for one in trained.advisor().recommend(learner_id, as_of=AS_OF)
        if one.kind == "elective"
    )
    trained.overseer.override(learner_id, course_id, by="Maija Virtanen", reason="knows Kalle")
    erase_person(trained, erased)
    facts = facts_of(trained, as_of=AS_OF)
    keys = "".join(file.read_text() for file in trained.path.glob("*.key")).split()
    assert keys
    said = json.dumps(facts.to_json())
    for language in LANGUAGES:
        said += "".join(papers_of(facts, language).texts.values())
    for secret in (*everybody, *keys, "Maija", "Virtanen", "Kalle", str(trained.path.parent)):
        assert secret not in said
    text = papers(trained)[DPIA]
    assert "Erasures in the audit log: fewer than 5." in text
    assert "suggestions overridden: fewer than 5." in text


def test_opting_out_changes_nothing_but_the_end_of_the_log(
    trained: Workspace, learner_id: str
) -> None:
    opt_out(trained, learner_id, ["profiling"])
    before = papers(trained)
    other = sorted(trained.data().employees["employee_id"])[0]
    opt_out(trained, other, ["training", "profiling"])
    after = papers(trained)
    assert before[SHEET] == after[SHEET] and before[CARD] == after[CARD]
    for name in (RECORD, DPIA):
        changed = set(before[name].splitlines()) ^ set(after[name].splitlines())
        assert all("log" in line for line in changed), name


def test_a_workspace_that_never_trained_says_so(ingested: Workspace) -> None:
    for language in LANGUAGES:
        found = papers(ingested, language)
        assert not any(line.startswith("## hrreco") for line in headings(found[CARD]))
    english = papers(ingested)
    assert "No model was ever trained here." in english[DPIA]
    assert "There is no model card" in english[CARD]
    assert "No learned model is in use." in english[SHEET]
    assert headings(english[DPIA]) == HEADINGS[DPIA]


def test_what_the_company_fills_in_is_marked_and_counted(trained: Workspace) -> None:
    for language in LANGUAGES:
        made: Papers = papers_of(facts_of(trained, as_of=AS_OF), language)
        rows = [
            line
            for text in made.texts.values()
            for line in text.splitlines()
            if re.search(r"\| \[ .+ \] \|$", line)
        ]
        assert made.blanks == len(rows) == 23


def test_what_people_have_filled_in_is_not_written_over(
    ingested: Workspace, tmp_path: Path
) -> None:
    found = papers_of(facts_of(ingested, as_of=AS_OF), "en")
    found.write(tmp_path)
    found.write(tmp_path)
    filled = tmp_path / f"{RECORD}.en.md"
    filled.write_text(filled.read_text() + "Controller: the city\n")
    with pytest.raises(WorkspaceError, match="may hold what people have filled in"):
        found.write(tmp_path)
    assert filled.read_text().endswith("Controller: the city\n")
