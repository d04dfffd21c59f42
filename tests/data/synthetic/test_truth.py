import polars as pl
import pytest

from hrreco.data.synthetic import Company, company, enough_history

FINISHED = ["completed", "passed"]


@pytest.fixture(scope="module")
def made() -> Company:
    return company(enough_history())


@pytest.fixture(scope="module")
def electives(made) -> pl.DataFrame:
    """Finished elective courses, in the order of time, with the interest they serve."""
    finished = made.tables["events"].filter(pl.col("kind").is_in(FINISHED))
    return finished.join(made.truth.course_groups, on="course_id", maintain_order="left")


def test_the_truth_names_everyone_and_every_elective(made):
    people = made.tables["employees"]["employee_id"]
    assert made.truth.employee_groups["employee_id"].to_list() == people.to_list()
    groups = made.truth.employee_groups
    assert (groups["group"] != groups["second_group"]).all()
    rest = made.tables["courses"].join(made.truth.course_groups, on="course_id", how="anti")
    standing = (pl.col("mandatory_for").list.len() > 0) | pl.col("sensitive")
    assert rest.select(standing.all()).item()


def test_interests_cut_across_roles(made):
    people = made.tables["employees"].join(made.truth.employee_groups, on="employee_id")
    by_role = people.group_by("role").agg(pl.len(), groups=pl.col("group").n_unique())
    assert (by_role.filter(pl.col("len") >= 30)["groups"] >= 6).all()


def test_people_follow_their_own_interest(made, electives):
    taken = electives.join(made.truth.employee_groups, on="employee_id", suffix="_of_employee")
    own = (taken["group"] == taken["group_of_employee"]).mean()
    second = (taken["group"] == taken["second_group"]).mean()
    assert own > 0.3
    assert 0.1 < second < 0.5 * own


def test_location_tells_of_the_interest_and_role_does_not(made):
    people = made.tables["employees"].join(made.truth.employee_groups, on="employee_id")

    def guessed(*columns: str) -> float:
        counts = people.group_by(*columns, "group").len()
        return counts.group_by(columns).agg(pl.col("len").max())["len"].sum() / people.height

    assert guessed("location") > 0.7
    assert guessed("role") < guessed("location") - 0.2


def test_planted_next_steps_are_taken(made, electives):
    """Of those who could still take it, many take the planted course right after."""
    order = electives.with_columns(following=pl.col("course_id").shift(-1).over("employee_id"))
    chances = order.drop_nulls("following").join(made.truth.next_steps, on="course_id")
    already = electives.select(
        "employee_id", pl.col("course_id").alias("next_course_id"), had_at="occurred_at"
    )
    free = chances.join(already, on=["employee_id", "next_course_id"], how="left").filter(
        pl.col("had_at").is_null() | (pl.col("had_at") > pl.col("occurred_at"))
    )
    taken = (free["following"] == free["next_course_id"]).mean()
    assert free.height > 1_000
    assert 0.6 * free["probability"].mean() < taken < 1.2 * free["probability"].mean()


def test_prior_knowledge_is_of_new_hires_who_skip_what_they_know(made, electives):
    prior = made.truth.prior_knowledge.join(made.tables["employees"], on="employee_id")
    days = (pl.lit(made.config.as_of) - pl.col("started_on")).dt.total_days()
    assert prior.select((days < 90).all()).item()
    needed = prior.join(made.tables["role_skills"], on=["role", "skill"], how="left", suffix="_")
    assert (needed["level"] <= needed["level_"]).all(ignore_nulls=False)
    teaches = (
        made.tables["courses"].select("course_id", "skills").explode("skills").unnest("skills")
    )
    main = teaches.group_by("course_id", maintain_order=True).first()
    taken = electives.join(main, on="course_id").join(prior, on=["employee_id", "skill"])
    assert taken.filter(pl.col("level") <= pl.col("level_right")).is_empty()


def test_declared_prior_knowledge_stands_in_the_table_and_the_rest_does_not(made):
    prior, said = made.truth.prior_knowledge, made.tables["employee_skills"]
    found = prior.join(said, on=["employee_id", "skill", "level"], how="left")
    assert (found["declared"] == found["source"].is_not_null()).all()
    assert 0.3 < prior["declared"].mean() < 0.9


def test_roles_need_what_courses_teach(made):
    needed = made.tables["role_skills"]
    assert needed.select("role", "skill").is_unique().all()
    assert needed["level"].is_between(1, 3).all()
    taught = made.tables["courses"].explode("skills")["skills"].struct.field("skill").unique()
    assert needed["skill"].is_in(taught.to_list()).mean() > 0.95
    counts = needed.group_by("role").agg(pl.col("importance").n_unique(), pl.len())
    assert (counts["len"] >= 4).all()
    assert (counts["importance"] == 2).all()
