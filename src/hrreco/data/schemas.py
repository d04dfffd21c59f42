"""The tables of the data contract, a line on each column, and the rules of single rows.

Importing this module imports dataframely, so only the code that reads tables does.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import dataframely as dy
import polars as pl

from hrreco.data.attributes import ATTRIBUTES


def _id(description: str) -> dy.String:
    return dy.String(min_length=1, nullable=False, description=description)


def _text(description: str, **metadata: Any) -> dy.String:
    return dy.String(nullable=True, description=description, metadata=metadata)


def _texts(description: str) -> dy.List:
    return dy.List(dy.String(min_length=1, nullable=False), nullable=True, description=description)


def _number(description: str, highest: float | None = None) -> dy.Float64:
    return dy.Float64(min=0.0, max=highest, nullable=True, description=description)


def _whole(description: str) -> dy.Int32:
    return dy.Int32(min=0, nullable=True, description=description)


def _flag(description: str, default: bool) -> dy.Bool:
    return dy.Bool(nullable=False, description=description, metadata={"default": default})


def _moment(description: str, *, nullable: bool = False) -> dy.Datetime:
    return dy.Datetime(nullable=nullable, time_unit="us", time_zone="UTC", description=description)


class Employees(dy.Schema):
    """Who works here."""

    employee_id = _id("The employee's id, as text; leading zeros stay.")
    role = _id("The job title or role.")
    department = _text("The unit the employee works in.")
    manager_id = _text("The employee id of the manager; never a feature of a model.")
    started_on = dy.Date(nullable=True, description="The day of hiring.")
    left_on = dy.Date(nullable=True, description="The first day on which they had left.")
    language = _text("The language the employee learns in, such as fi.")
    location = _text("The place of work.")
    grade = _text("The level of the job.")
    hours_per_month = _number("Hours for learning in a month.", 744.0)
    occupation_uri = _text("The ESCO occupation, as a URI.")
    preferred_formats = _texts("Course formats the employee prefers.")
    preferred_times = _texts("Times of day or week the employee prefers.")


class Courses(dy.Schema):
    """The catalogue."""

    course_id = _id("The course's id, as text.")
    title = _id("The course's title.")
    description = _text("What the course is about.")
    skills = dy.List(
        dy.Struct(
            {
                "skill": dy.String(min_length=1, nullable=False),
                "level": dy.Int32(nullable=True),
            }
        ),
        nullable=True,
        description="Skills the course teaches, each with the level it leads to, if known.",
    )
    prerequisites = _texts("Courses that must be taken before.")
    tags = _texts("Free labels.")
    language = _text("The language the course is held in.")
    format = _text("How the course is held, such as classroom or online.")
    hours = _number("How long the course takes, in hours.")
    active = _flag("Whether the course can be taken now.", default=True)
    sensitive = _flag("Whether it is never learned from, quoted or counted.", default=False)
    mandatory_for = dy.List(
        dy.String(regex=r"^(\*|(role|department):.+)$", nullable=False),
        nullable=True,
        description="Who must take it: * for all, role:NAME or department:NAME.",
    )
    due_within_days = _whole("Days after hiring within which a mandatory course is due.")
    valid_for_days = _whole("Days after which a completion must be renewed.")
    equivalent_to = _texts("Courses that count as this one.")
    url = _text("Where the course is found.")


class Events(dy.Schema):
    """What employees did with courses."""

    event_id = _text("The event's id in the system it comes from.")
    employee_id = _id("Whose event it is.")
    course_id = _id("The course it concerns.")
    kind = _id("What happened; one of the kinds in the settings.")
    occurred_at = _moment("When it happened (UTC).")
    progress = _number("How much of the course is done, 0 to 1.", 1.0)
    rating = _number("The person's own rating of the course, 0 or more.")
    reason = _text("Why a course was waived or dismissed.")
    source = _text("The system that recorded it.")


class EmployeeSkills(dy.Schema):
    """What employees can do."""

    employee_id = _id("Whose skill it is.")
    skill = _id("The skill.")
    level = _whole("The level of the skill.")
    source = dy.String(
        nullable=False,
        check={"is_in": lambda text: text.is_in(["declared", "assessed", "inferred"])},
        description="How it is known: declared, assessed or inferred.",
        metadata={"default": "declared"},
    )


class RoleSkills(dy.Schema):
    """What roles need."""

    role = _id("The role.")
    skill = _id("The skill the role needs.")
    level = _whole("The level the role needs.")
    importance = dy.String(
        nullable=False,
        check={"is_in": lambda text: text.is_in(["essential", "optional"])},
        description="essential or optional.",
        metadata={"default": "essential"},
    )


class Sessions(dy.Schema):
    """Dated occurrences of courses."""

    session_id = _text("The session's id.")
    course_id = _id("The course that is held.")
    starts_at = _moment("When it starts (UTC).")
    ends_at = _moment("When it ends (UTC).", nullable=True)
    seats = _whole("How many may attend.")
    location = _text("Where it is held.")

    @dy.rule()
    def ends_before_start(cls) -> pl.Expr:  # noqa: N805 (dataframely calls it with the class)
        """Keep what does not end before it starts; the rule is named for what it finds."""
        return pl.col("ends_at") >= pl.col("starts_at")


class Attributes(dy.Schema):
    """What audits of fairness look at, and nothing else."""

    employee_id = _id("Whose attribute it is.")
    attribute = _id("What it is, such as gender; it stands in the necessity register.")
    value = _id("The group that the person is in.")


SCHEMAS: dict[str, type[dy.Schema]] = {
    "employees": Employees,
    "courses": Courses,
    "events": Events,
    "employee_skills": EmployeeSkills,
    "role_skills": RoleSkills,
    "sessions": Sessions,
    ATTRIBUTES: Attributes,
}
"""By the name of the table."""


@cache
def dtypes(table: str) -> pl.Schema:
    """Return the columns of a table in their order, and the dtype of each."""
    return pl.Schema(SCHEMAS[table])


@cache
def required(table: str) -> tuple[str, ...]:
    """Return the columns that a table must have: no nulls, and no default."""
    columns = SCHEMAS[table].columns().items()
    return tuple(name for name, c in columns if not c.nullable and name not in defaults(table))


@cache
def defaults(table: str) -> dict[str, Any]:
    """Return what stands in for a missing value, by column."""
    columns = SCHEMAS[table].columns().items()
    return {
        name: column.metadata["default"]
        for name, column in columns
        if column.metadata and "default" in column.metadata
    }
