from pathlib import Path

import pytest

from hrreco import Workspace
from hrreco.errors import SettingsError, UnknownIdError, WorkspaceError
from hrreco.workspace import opt_in, opt_out
from tests.conftest import AS_OF


def test_making_a_workspace_twice_keeps_its_settings(tmp_path: Path) -> None:
    Workspace.init(tmp_path / "acme")
    (tmp_path / "acme" / "hrreco.toml").write_text('language = "sv"\n')
    assert Workspace.init(tmp_path / "acme").settings.language == "sv"


def test_a_folder_that_is_no_workspace_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError, match="hrreco init"):
        Workspace.open(tmp_path)


def test_a_file_cannot_become_a_workspace(tmp_path: Path) -> None:
    (tmp_path / "acme").write_text("")
    with pytest.raises(WorkspaceError, match="is a file"):
        Workspace.init(tmp_path / "acme")


def test_a_misspelt_setting_is_named(tmp_path: Path) -> None:
    Workspace.init(tmp_path)
    (tmp_path / "hrreco.toml").write_text("langage = 'fi'\n")
    with pytest.raises(SettingsError, match="did you mean 'language'"):
        Workspace.open(tmp_path)


def test_before_the_first_training_the_rules_advise(ingested: Workspace) -> None:
    employee_id = ingested.data().employees["employee_id"][0]
    answer = ingested.advisor().recommend(employee_id, as_of=AS_OF)
    codes = {reason.code for item in answer for reason in item.reasons}
    assert codes <= {"required", "role_next", "popular"}


def test_an_opt_out_is_in_force_in_every_process_at_the_next_call(
    trained: Workspace, learner_id: str
) -> None:
    employee_id = learner_id
    advisor = trained.advisor()
    before = advisor.recommend(employee_id, as_of=AS_OF)
    elsewhere = Workspace.open(trained.path)
    opt_out(elsewhere, employee_id, ["profiling", "training"])
    assert advisor.recommend(employee_id, as_of=AS_OF) != before
    opt_in(elsewhere, employee_id, ["profiling"])
    assert advisor.recommend(employee_id, as_of=AS_OF) == before
    assert trained.opt_outs.opted_out("training") == {employee_id}


def test_nobody_unknown_can_opt_out(trained: Workspace) -> None:
    with pytest.raises(UnknownIdError, match="nobody"):
        opt_out(trained, "nobody", ["training"])
    assert not trained.opt_outs.opted_out("training")


def test_an_ingest_counts_at_the_next_call_of_an_advisor_that_is_open(
    trained: Workspace, learner_id: str, tmp_path: Path
) -> None:
    employee_id = learner_id
    advisor = trained.advisor()
    answer = advisor.recommend(employee_id, 9, as_of=AS_OF)
    elective = next(item for item in answer if item.kind == "elective")
    news = tmp_path / "news"
    news.mkdir()
    (news / "courses.csv").write_text(
        f"course_id,title,active\n{elective.course_id},{elective.title},no\n"
    )
    Workspace.open(trained.path).ingest(news, as_of=AS_OF)
    why = advisor.why_not(employee_id, elective.course_id, as_of=AS_OF)
    assert why.code == "inactive"
