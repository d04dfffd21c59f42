"""The facts follow the configuration, the database and the run."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from hrreco import Workspace
from hrreco.reports.dossier import facts_of
from hrreco.reports.dossier.security import storage_of
from hrreco.settings import Settings
from hrreco.workspace import opt_out
from tests.conftest import AS_OF
from tests.reports.dossier.conftest import DPIA, RECORD, SHEET, papers, with_settings


def line_with(text: str, part: str) -> str:
    (line,) = [line for line in text.splitlines() if part in line]
    return line


def test_a_changed_register_changes_the_papers(trained: Workspace) -> None:
    before = papers(trained)
    assert "cost_centre" not in "".join(before.values())
    changed = with_settings(
        trained,
        """
        [necessity.employees.cost_centre]
        purpose = "who pays | for the course"
        keep_days = 400
        [necessity.events.rating]
        purpose = "their own judgement, for two years"
        legal_basis = "GDPR Art. 6(1)(e)"
        keep_days = 700
        [audit]
        decisions_keep_days = 200
        """,
    )
    after = papers(changed)
    own = line_with(after[RECORD], "`cost_centre`")
    assert "who pays \\| for the course" in own
    assert "400 days after the person left" in own
    assert own.endswith("| the company |")
    rating = line_with(after[RECORD], "`rating`")
    assert "their own judgement, for two years | GDPR Art. 6(1)(e) | 700 days" in rating
    assert "`cost_centre`" in after[SHEET]
    assert "for 400 days" in before[RECORD] and "for 200 days" in after[RECORD]
    assert "`employees.cost_centre`" in line_with(after[DPIA], "Added by the company")
    by_use = {one.use: one for one in facts_of(changed, as_of=AS_OF).ai_act}
    assert by_use["4b"].open
    assert "`employees.cost_centre`" in line_with(after[DPIA], "| (b) decisions on terms")


def test_a_row_goes_when_the_first_of_its_columns_must(trained: Workspace) -> None:
    toml = "[necessity.events.kind]\npurpose = 'what happened'\nkeep_days = 600\n"
    facts = facts_of(with_settings(trained, toml), as_of=AS_OF)
    kept = {column.name: column.keep_days for column in facts.columns if column.table == "events"}
    assert kept["occurred_at"] == kept["rating"] == 600
    assert kept["reason"] == 365


def test_a_pause_changes_the_papers(trained: Workspace) -> None:
    before = papers(trained)
    trained.overseer.pause(by="Maija Virtanen", reason="a new catalogue")
    after = papers(trained)
    assert "Now paused: no." in before[SHEET] and "Now paused: yes." in after[SHEET]
    assert "Personalisation is in use" in before[RECORD]
    assert "Personalisation is paused" in after[RECORD]
    assert "Then a model orders" in before[SHEET] and "Then a model orders" not in after[SHEET]
    opened = {one.use for one in facts_of(trained, as_of=AS_OF).ai_act if one.open}
    assert opened == set()
    assert "When the pause is lifted" in after[DPIA]


def test_outcomes_and_levels_leave_uses_of_point_3_open(trained: Workspace) -> None:
    facts = facts_of(trained, as_of=AS_OF)
    assert {"failed", "passed"} & set(facts.volumes.kinds) and facts.volumes.levels
    assert {one.use for one in facts.ai_act if one.open} == {"3b", "3c"}


def test_the_database_is_named_without_account_or_password(tmp_path: Path) -> None:
    address = "postgresql://clerk@db.example:5432/people?sslmode=verify-full"
    stored = storage_of(Workspace(tmp_path, Settings(database=address)))
    assert (stored.database, stored.where) == ("PostgreSQL", "db.example/people")
    assert stored.encrypted_on_the_way
    open_wire = Workspace(tmp_path, Settings(database="postgresql:///people?host=/run/db"))
    assert storage_of(open_wire).where == "/run/db/people"
    assert storage_of(open_wire).encrypted_on_the_way is False


def test_security_is_what_is_in_place(
    trained: Workspace, learner_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    opt_out(trained, learner_id, ["profiling"])
    text = papers(trained)[RECORD]
    assert "The audit key is in a file that nobody but its owner may read" in text
    assert "No other account of the machine may read the database file, nor" in text
    head = json.loads((trained.path / "audit-head.json").read_text())
    assert f"is whole, up to line {head['seq']}." in text
    assert f"{head['seq']}:{head['hash']}" in text
    trained.path.chmod(0o755)
    for name in ("hrreco.db", "quarantine.parquet"):
        (trained.path / name).chmod(0o644)
        assert "**Open point:** other accounts" in papers(trained)[RECORD]
        (trained.path / name).chmod(0o600)
    monkeypatch.setenv("HRRECO_AUDIT_KEY", (trained.path / "audit.key").read_text().strip())
    assert "The audit key comes from the environment" in papers(trained)[RECORD]


def test_a_log_that_does_not_hold_is_an_open_point(trained: Workspace, learner_id: str) -> None:
    opt_out(trained, learner_id, ["profiling"])
    (trained.path / "audit-head.json").unlink()
    text = papers(trained)[RECORD]
    assert "**Open point:** the audit log does not hold." in text
    assert str(trained.path) not in text


def change_report(workspace: Workspace, change: Callable[[dict[str, Any]], None]) -> None:
    (file,) = workspace.path.glob("mlartifacts/hrreco/*/artifacts/evaluation.json")
    report = json.loads(file.read_text())
    change(report)
    file.write_text(json.dumps(report))


def audited(report: dict[str, Any]) -> None:
    name = report["winner"]
    ratio = {"mean": 0.912, "low": 0.801, "high": 0.987}
    report["serving"] = name
    rate = {"mean": 0.95, "low": 0.93, "high": 0.97}
    by_gender = {"measures": {"recall@10": {"ratio": ratio}}}
    report["judged_by"]["fairness"] = {name: {"gender": by_gender}}
    report["judged_by"]["faithfulness"] = {name: {"rate": rate}}
    report["leakage"] = {"auc": {"mean": 0.583, "low": 0.561, "high": 0.605}}


def without_audits(report: dict[str, Any]) -> None:
    for of, name in (("judged_by", "fairness"), ("judged_by", "faithfulness")):
        report[of].pop(name, None)
    report.pop("leakage", None)


def test_what_was_measured_is_told_and_else_that_it_was_not(trained: Workspace) -> None:
    change_report(trained, without_audits)
    assert papers(trained)[DPIA].count("not measured") == 6
    change_report(trained, audited)
    text = papers(trained)[DPIA]
    assert "not measured" not in text
    assert "`gender`, recall@10: 0.912 (95% interval 0.801 to 0.987)" in text
    assert text.count("0.583 (95% interval 0.561 to 0.605)") == 2
    assert text.count("0.950 (95% interval 0.930 to 0.970)") == 2


def test_nothing_is_said_to_be_judged_where_no_learned_model_came_to_the_gate(
    trained: Workspace,
) -> None:
    assert "judged by what came from" in papers(trained)[DPIA]
    change_report(trained, lambda report: report.update(judged_by=None))
    text = papers(trained)[DPIA]
    assert "judged by what came from" not in text
    assert "or no learned model came that far" in text


def test_too_few_to_assess_is_no_pass(trained: Workspace) -> None:
    change_report(trained, audited)

    def few(report: dict[str, Any]) -> None:
        report["leakage"]["auc"] = None
        report["judged_by"]["fairness"][report["winner"]]["gender"]["measures"] = {}

    change_report(trained, few)
    assert papers(trained)[DPIA].count("not assessable, too few people") == 4


def test_after_forgetting_the_figures_are_those_of_the_version_before(
    trained: Workspace, learner_id: str
) -> None:
    before = facts_of(trained, as_of=AS_OF).serving
    trained.forget([learner_id])
    after = facts_of(trained, as_of=AS_OF).serving
    assert after.bundle_id != before.bundle_id and after.version == 2
    assert after.after_forgetting and not before.after_forgetting
    assert after.compared == before.compared != ()
    assert after.windows == before.windows
    assert "People were taken out of it since it was compared" in papers(trained)[DPIA]


def test_the_model_card_is_the_one_of_the_run(trained: Workspace) -> None:
    (file,) = trained.path.glob("mlartifacts/hrreco/*/artifacts/model_card.md")
    assert facts_of(trained, as_of=AS_OF).serving.card == file.read_text()


def test_a_new_workspace_has_needed_no_key(tmp_path: Path) -> None:
    facts = facts_of(Workspace.init(tmp_path / "new"), as_of=AS_OF)
    assert [(key.source, key.in_use) for key in facts.keys] == [("none yet", 0)] * 3
    assert facts.audit.last == 0 and facts.audit.head is None and facts.audit.problem is None
    assert facts.volumes.employed == 0
