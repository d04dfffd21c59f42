from pathlib import Path

import pytest

from hrreco import TrainConfig, Workspace
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


@pytest.mark.parametrize("name", ["50%", "what?"])
def test_a_path_that_cannot_train_is_refused_when_it_is_made(name: str, tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError, match="without '%'"):
        Workspace.init(tmp_path / name)
    assert not (tmp_path / name).exists()


def test_a_path_that_is_not_text_is_refused(tmp_path: Path) -> None:
    for use in (Workspace.init, Workspace.open):
        with pytest.raises(WorkspaceError, match="is not text"):
            use(tmp_path / "\udcff")


def test_a_workspace_moved_to_such_a_path_opens_and_is_refused_before_it_trains(
    ingested: Workspace,
) -> None:
    moved = Workspace.open(ingested.path.rename(ingested.path.with_name("50%")))
    assert len(moved.data().employees)
    with pytest.raises(WorkspaceError, match="without '%'"):
        moved.train(as_of=AS_OF)
    assert not (moved.path / ".train.lock").exists()


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


def test_an_open_advisor_follows_a_new_champion(trained: Workspace, learner_id: str) -> None:
    advisor = trained.advisor()
    before = advisor.recommend(learner_id, as_of=AS_OF)
    other = TrainConfig(models=("als",))
    Workspace.open(trained.path).train(other, as_of=AS_OF)
    (trained.bundles / "champion.json").unlink()
    champion = Workspace.open(trained.path).train(other, as_of=AS_OF).model
    assert champion.recipe.name == "als"
    after = advisor.recommend(learner_id, as_of=AS_OF)
    assert [item.score for item in after] != [item.score for item in before]
    assert after == trained.advisor().recommend(learner_id, as_of=AS_OF)


def test_a_damaged_champion_is_refused_and_the_one_before_keeps_serving(
    trained: Workspace, learner_id: str, caplog: pytest.LogCaptureFixture
) -> None:
    advisor = trained.advisor()
    before = advisor.recommend(learner_id, as_of=AS_OF)
    trained.set_champion("0" * 64, ())
    for _ in range(2):
        assert advisor.recommend(learner_id, as_of=AS_OF) == before
    (record,) = caplog.records
    assert "keeps serving" in record.message


def test_events_alone_do_not_make_the_catalogue_anew(
    trained: Workspace, learner_id: str, tmp_path: Path
) -> None:
    from hrreco.workspace.live import LiveData

    live = LiveData(trained)
    before, course_id = live.catalogue, trained.data().courses["course_id"][0]
    news = tmp_path / "news"
    news.mkdir()
    (news / "events.csv").write_text(
        "employee_id,course_id,kind,occurred_at\n"
        f"{learner_id},{course_id},completed,{AS_OF.isoformat()}\n"
    )
    trained.ingest(news, as_of=AS_OF)
    assert live.catalogue is before
    (news / "events.csv").unlink()
    (news / "role_skills.csv").write_text("role,skill\nNurse,first aid\n")
    trained.ingest(news, as_of=AS_OF)
    assert live.catalogue is not before
    assert "first aid" in set(live.role_skills["skill"])
    before, n = live.catalogue, len(live.sessions)
    (news / "role_skills.csv").unlink()
    (news / "sessions.csv").write_text(f"course_id,starts_at\n{course_id},2026-05-04T09:00\n")
    trained.ingest(news, as_of=AS_OF)
    assert live.catalogue is not before
    assert len(live.sessions) == n + 1


def test_an_id_that_is_no_text_says_so(trained: Workspace) -> None:
    with pytest.raises(UnknownIdError, match="employee ids are text, got 7; did you mean '7'"):
        trained.advisor().recommend(7)  # type: ignore[arg-type]


def test_a_misspelt_variable_is_named_before_the_folder_it_did_not_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HRRECO_WORKSPCE", str(tmp_path))
    with pytest.raises(SettingsError, match="did you mean 'HRRECO_WORKSPACE'"):
        Workspace.open(tmp_path / "nowhere")
