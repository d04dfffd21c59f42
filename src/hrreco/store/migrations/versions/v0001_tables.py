"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Create all tables."""
    _bookkeeping()
    _employees()
    _courses()
    _events()
    _skills()
    _sessions()


def _bookkeeping() -> None:
    op.create_table(
        "ingests",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("counts", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("seq"),
    )
    op.create_table(
        "opt_outs",
        sa.Column("employee_id", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("employee_id", "purpose"),
    )
    op.create_table(
        "tombstones",
        sa.Column("pseudonym", sa.LargeBinary(length=32), nullable=False),
        sa.Column("erased_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("pseudonym"),
    )
    op.create_table(
        "meta",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )


def _employees() -> None:
    op.create_table(
        "employees",
        sa.Column("employee_id", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("department", sa.Text()),
        sa.Column("manager_id", sa.Text()),
        sa.Column("started_on", sa.Integer()),
        sa.Column("left_on", sa.Integer()),
        sa.Column("language", sa.Text()),
        sa.Column("location", sa.Text()),
        sa.Column("grade", sa.Text()),
        sa.Column("hours_per_month", sa.Double()),
        sa.Column("occupation_uri", sa.Text()),
        sa.Column("preferred_formats", sa.Text()),
        sa.Column("preferred_times", sa.Text()),
        sa.Column("ingest_seq", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("employee_id"),
    )
    op.create_index("employees_by_manager", "employees", ["manager_id"], unique=False)


def _courses() -> None:
    op.create_table(
        "courses",
        sa.Column("course_id", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("description", sa.Text()),
        sa.Column("skills", sa.Text()),
        sa.Column("prerequisites", sa.Text()),
        sa.Column("tags", sa.Text()),
        sa.Column("language", sa.Text()),
        sa.Column("format", sa.Text()),
        sa.Column("hours", sa.Double()),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("sensitive", sa.Boolean(), nullable=False),
        sa.Column("mandatory_for", sa.Text()),
        sa.Column("due_within_days", sa.Integer()),
        sa.Column("valid_for_days", sa.Integer()),
        sa.Column("equivalent_to", sa.Text()),
        sa.Column("url", sa.Text()),
        sa.Column("ingest_seq", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("course_id"),
    )


def _events() -> None:
    op.create_table(
        "events",
        sa.Column("id", _NUMBER, nullable=False),
        sa.Column("event_key", sa.LargeBinary(length=16), nullable=False),
        sa.Column("event_id", sa.Text()),
        sa.Column("employee_id", sa.Text(), nullable=False),
        sa.Column("course_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("occurred_at", sa.BigInteger(), nullable=False),
        sa.Column("progress", sa.Double()),
        sa.Column("rating", sa.Double()),
        sa.Column("reason", sa.Text()),
        sa.Column("source", sa.Text()),
        sa.Column("ingest_seq", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["course_id"], ["courses.course_id"]),
        sa.ForeignKeyConstraint(["employee_id"], ["employees.employee_id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("event_key"),
    )
    op.create_index("events_by_employee", "events", ["employee_id", "occurred_at"], unique=False)


def _skills() -> None:
    op.create_table(
        "employee_skills",
        sa.Column("employee_id", sa.Text(), nullable=False),
        sa.Column("skill", sa.Text(), nullable=False),
        sa.Column("level", sa.Integer()),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("ingest_seq", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["employee_id"], ["employees.employee_id"]),
        sa.PrimaryKeyConstraint("employee_id", "skill"),
    )
    op.create_table(
        "role_skills",
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("skill", sa.Text(), nullable=False),
        sa.Column("level", sa.Integer()),
        sa.Column("importance", sa.Text(), nullable=False),
        sa.Column("ingest_seq", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("role", "skill"),
    )


def _sessions() -> None:
    op.create_table(
        "sessions",
        sa.Column("id", _NUMBER, nullable=False),
        sa.Column("session_key", sa.LargeBinary(length=16), nullable=False),
        sa.Column("session_id", sa.Text()),
        sa.Column("course_id", sa.Text(), nullable=False),
        sa.Column("starts_at", sa.BigInteger(), nullable=False),
        sa.Column("ends_at", sa.BigInteger()),
        sa.Column("seats", sa.Integer()),
        sa.Column("location", sa.Text()),
        sa.Column("ingest_seq", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["course_id"], ["courses.course_id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("session_key"),
    )
