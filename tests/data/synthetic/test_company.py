from datetime import date

import numpy as np
import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal
from pydantic import ValidationError

from hrreco.data.catalogue import Catalogue
from hrreco.data.synthetic import Company, CompanyConfig, company, enough_history, small_company

FINISHED = ["completed", "passed"]
CONTRACT_KINDS = {
    *("completed", "passed", "started", "enrolled", "rated", "failed", "waived", "dropped"),
    *("dismissed", "not_relevant", "already_known", "wrong_level"),
}

configs = st.builds(
    CompanyConfig,
    seed=st.integers(0, 10_000),
    employees=st.integers(150, 500),
    courses=st.integers(60, 400),
    roles=st.integers(10, 40),
    skills=st.integers(30, 120),
    months=st.integers(4, 40),
    as_of=st.dates(date(2010, 1, 1), date(2099, 12, 31)),
    electives_per_year=st.floats(0.5, 40),
    new_hires=st.floats(0, 0.5),
)


@pytest.fixture(scope="module")
def large() -> Company:
    return company(CompanyConfig(employees=5_000, courses=600, roles=40, skills=120))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(configs)
def test_any_company_is_consistent(config):
    check(company(config))


@pytest.mark.parametrize("config", [small_company(), enough_history()])
def test_the_named_companies_are_consistent(config):
    check(company(config))


def test_five_thousand_employees(large):
    check(large)


@pytest.mark.torture
def test_a_hundred_thousand_employees():
    made = company(
        CompanyConfig(
            employees=100_000, courses=5_000, roles=40, skills=120, electives_per_year=4.0
        )
    )
    assert made.tables["events"].height > 3_000_000
    check(made)


def check(made: Company) -> None:
    check_sizes(made)
    check_ids(made)
    check_times(made)
    check_people(made)
    check_catalogue(made)
    check_electives(made)
    check_duties(made)


def check_sizes(made):
    config = made.config
    assert made.tables["employees"].height == config.employees
    assert made.tables["courses"].height == config.courses
    assert made.tables["courses"]["title"].n_unique() == config.courses
    assert made.tables["employees"]["role"].n_unique() == config.roles
    assert made.tables["role_skills"]["role"].n_unique() == config.roles


def check_ids(made):
    people = made.tables["employees"]["employee_id"]
    courses = made.tables["courses"]["course_id"]
    for name, key in (("employees", "employee_id"), ("courses", "course_id")):
        assert made.tables[name][key].is_unique().all()
    for name in ("events", "employee_skills"):
        assert made.tables[name]["employee_id"].is_in(people.to_list()).all()
    for name in ("events", "sessions"):
        assert made.tables[name]["course_id"].is_in(courses.to_list()).all()
    assert made.tables["events"]["event_id"].is_unique().all()
    skills = made.tables["employee_skills"]
    assert skills.select("employee_id", "skill").is_unique().all()
    assert set(made.tables["events"]["kind"]) <= CONTRACT_KINDS


def check_times(made):
    events = made.tables["events"].join(made.tables["employees"], on="employee_id")
    day = events["occurred_at"].dt.date()
    assert events["occurred_at"].is_sorted()
    assert (day >= events["started_on"]).all()
    assert (day < events["left_on"]).fill_null(True).all()
    assert day.max() <= made.config.as_of
    taken = made.tables["events"].filter(pl.col("kind").is_in(FINISHED))
    last = taken.group_by("employee_id", "course_id").agg(done=pl.col("occurred_at").max())
    rated = made.tables["events"].filter(kind="rated")
    joined = rated.join(last, on=["employee_id", "course_id"], how="left")
    assert (joined["occurred_at"] > joined["done"]).all(ignore_nulls=False) or rated.is_empty()
    assert rated["rating"].is_between(1, 5).all()
    sessions = made.tables["sessions"]
    assert (sessions["ends_at"] > sessions["starts_at"]).all()


def check_people(made):
    people = made.tables["employees"]
    managers = people.select(
        manager_id="employee_id", managed="department", gone=pl.col("left_on").is_not_null()
    )
    led = people.drop_nulls("manager_id").join(managers, on="manager_id", how="left")
    assert (led["department"] == led["managed"]).all(ignore_nulls=False)
    assert not led["gone"].any()
    assert (led["manager_id"] != led["employee_id"]).all()
    days = people.select((pl.lit(made.config.as_of) - pl.col("started_on")).dt.total_days())
    assert days.to_series().min() >= 0
    recent = (days.to_series() < 90).sum()
    assert recent >= round(made.config.new_hires * made.config.employees)


def check_catalogue(made):
    catalogue = Catalogue.of(made.tables["courses"])
    assert catalogue.sensitive.any()
    assert any("*" in rules for rules in catalogue.mandatory_rules)
    assert not catalogue.active.all()
    level = np.array([max([s.level or 0 for s in row], default=0) for row in catalogue.skills])
    for course, needs in enumerate(catalogue.prerequisites):
        for need in needs:
            assert level[need] < level[course], catalogue.titles[course]
            assert catalogue.active[need]
    named = {rule for rules in catalogue.mandatory_rules for rule in rules} - {"*"}
    roles = {f"role:{role}" for role in made.tables["employees"]["role"]}
    assert named <= roles | {f"department:{d}" for d in made.tables["employees"]["department"]}


def check_electives(made):
    events = made.tables["events"].filter(pl.col("kind").is_in(FINISHED))
    electives = events.join(made.truth.course_groups, on="course_id")
    assert electives.select("employee_id", "course_id").is_unique().all()
    courses = made.tables["courses"]
    language = electives.join(courses, on="course_id").join(
        made.tables["employees"].select("employee_id", speaks="language"), on="employee_id"
    )
    spoken = language.drop_nulls("language")
    assert (spoken["language"] == spoken["speaks"]).all(ignore_nulls=False) or spoken.is_empty()
    check_prerequisites(made, electives)
    check_translations(courses, electives)


def check_duties(made):
    """Only new hires lack a mandatory course, so nothing is due since before the log."""
    assert lacking(made).filter(pl.col("days") >= 90).is_empty()


def lacking(made):
    """Return who lacks which mandatory course, and the days since they were hired."""
    present = made.tables["employees"].filter(pl.col("left_on").is_null())
    rules = made.tables["courses"].explode("mandatory_for").drop_nulls("mandatory_for")
    obliged = [
        present.select("employee_id", "started_on", mandatory_for=rule)
        for rule in (
            pl.lit("*"),
            pl.concat_str(pl.lit("role:"), "role"),
            pl.concat_str(pl.lit("department:"), "department"),
        )
    ]
    done = made.tables["events"].filter(kind="completed")
    return (
        pl.concat(obliged)
        .join(rules.select("course_id", "due_within_days", "mandatory_for"), on="mandatory_for")
        .join(done, on=["employee_id", "course_id"], how="anti")
        .with_columns(days=(pl.lit(made.config.as_of) - pl.col("started_on")).dt.total_days())
    )


def check_prerequisites(made, electives):
    """Whoever had no prior knowledge finished what a course asks for before, or a translation."""
    courses = made.tables["courses"]
    originals = dict(
        courses.explode("equivalent_to")
        .drop_nulls("equivalent_to")
        .select("course_id", "equivalent_to")
        .iter_rows()
    )
    done = electives.select(
        "employee_id",
        pl.col("course_id").replace(originals).alias("prerequisites"),
        pl.col("occurred_at").alias("before"),
    )
    asked = electives.join(
        courses.select("course_id", "prerequisites").explode("prerequisites").drop_nulls(),
        on="course_id",
    ).join(made.truth.prior_knowledge, on="employee_id", how="anti")
    met = asked.join(done, on=["employee_id", "prerequisites"], how="left")
    assert met.is_empty() or (met["before"] <= met["occurred_at"]).all(ignore_nulls=False)


def check_translations(courses, electives):
    pairs = courses.select("course_id", "equivalent_to").explode("equivalent_to").drop_nulls()
    both = electives.join(pairs, on="course_id").join(
        electives.select("employee_id", equivalent_to="course_id"),
        on=["employee_id", "equivalent_to"],
    )
    assert both.is_empty()


def test_the_same_config_gives_the_same_company():
    first, again = company(small_company(seed=3)), company(small_company(seed=3))
    for name, table in first.tables.items():
        assert_frame_equal(table, again.tables[name])
    assert_frame_equal(first.truth.next_steps, again.truth.next_steps)


def test_another_seed_gives_another_company():
    first, other = company(small_company(seed=3)), company(small_company(seed=4))
    assert not first.tables["employees"].equals(other.tables["employees"])
    assert not first.tables["events"].equals(other.tables["events"])


def test_dirt_is_added_to_a_company_and_changes_nothing_else():
    clean, dirty = company(small_company()), company(small_company(dirty=True))
    for name, table in clean.tables.items():
        assert_frame_equal(table, dirty.tables[name])


@pytest.mark.parametrize("config", [small_company(), enough_history()])
def test_a_named_company_has_every_kind_of_event_and_mostly_mandatory_completions(config):
    made = company(config)
    events = made.tables["events"]
    assert set(events["kind"]) == CONTRACT_KINDS
    finished = events.filter(pl.col("kind").is_in(FINISHED))
    electives = finished.join(made.truth.course_groups, on="course_id", how="semi")
    assert electives.height < 0.5 * finished.height


def test_some_roles_are_held_by_fewer_than_five(large):
    sizes = large.tables["employees"]["role"].value_counts()
    assert sizes.filter(pl.col("count") < 5).height >= 3
    assert sizes["count"].max() > 300


def test_some_leave_and_they_leave_after_they_came(large):
    left = large.tables["employees"].drop_nulls("left_on")
    assert left.height > 100
    assert (left["left_on"] > left["started_on"]).all()
    assert left["left_on"].max() <= large.config.as_of


@pytest.mark.parametrize("config", [small_company(), enough_history()])
def test_some_mandatory_training_is_overdue_by_weeks_and_some_was_renewed(config):
    made = company(config)
    overdue = lacking(made).with_columns(late=pl.col("days") - pl.col("due_within_days"))
    assert 0 < overdue["late"].max() < 90
    done = made.tables["events"].filter(kind="completed")
    times = done.join(made.truth.course_groups, on="course_id", how="anti").group_by(
        "employee_id", "course_id"
    )
    assert times.len()["len"].max() >= 2


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({"employees": 149}, "employees"),
        ({"roles": 41}, "roles"),
        ({"emploees": 200}, "emploees"),
        ({"skills": 30, "courses": 3_001}, "raise skills"),
    ],
)
def test_a_company_that_cannot_be_is_refused(change, what):
    with pytest.raises(ValidationError, match=what):
        CompanyConfig(**change)


def test_the_fullest_catalogue_has_titles_enough():
    made = company(CompanyConfig(employees=150, courses=3_000, skills=30))
    assert made.tables["courses"]["title"].n_unique() == 3_000
