"""What forgetting needs to know: when a row came, and who a model was not learned from."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_TABLES = ("employees", "courses", "events", "employee_skills", "role_skills", "sessions")


def upgrade() -> None:
    """Add `first_seq`, which is that of the last writing where nothing else is known."""
    for table in _TABLES:
        op.add_column(
            table, sa.Column("first_seq", sa.Integer(), nullable=False, server_default="0")
        )
        op.execute(f"UPDATE {table} SET first_seq = ingest_seq")
    op.create_table(
        "not_learned_from",
        sa.Column("bundle_id", sa.Text(), nullable=False),
        sa.Column("employee_id", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("bundle_id", "employee_id"),
    )
