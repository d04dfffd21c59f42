"""What roles need by ESCO is kept apart from what the company's own exports say."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add a table of the form of `role_skills`."""
    op.create_table(
        "esco_role_skills",
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("skill", sa.Text(), nullable=False),
        sa.Column("level", sa.Integer()),
        sa.Column("importance", sa.Text(), nullable=False),
        sa.Column("first_seq", sa.Integer(), nullable=False),
        sa.Column("ingest_seq", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("role", "skill"),
    )
