"""Proof of what was done: the audit chain, oversight, corrections, and attributes for audits."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Add the tables of trust."""
    _add_audit()
    _add_decisions_of_people()
    op.create_table(
        "fairness_attributes",
        sa.Column(
            "employee_id", sa.Text(), sa.ForeignKey("employees.employee_id"), primary_key=True
        ),
        sa.Column("attribute", sa.Text(), primary_key=True),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("first_seq", sa.Integer(), nullable=False),
        sa.Column("ingest_seq", sa.Integer(), nullable=False),
    )


def _add_audit() -> None:
    op.create_table(
        "audit_chain",
        sa.Column("seq", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("commitment", sa.LargeBinary(32), nullable=False),
        sa.Column("hash", sa.LargeBinary(32), nullable=False),
    )
    op.create_table(
        "audit_payloads",
        sa.Column("seq", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("pseudonym", sa.LargeBinary(32)),
        sa.Column("salt", sa.LargeBinary(32), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
    )
    op.create_index("audit_payloads_by_pseudonym", "audit_payloads", ["pseudonym"])
    op.create_index("audit_payloads_by_salt", "audit_payloads", ["salt"])
    op.create_table(
        "audit_checkpoints",
        sa.Column("seq", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("hash", sa.LargeBinary(32), nullable=False),
        sa.Column("signature", sa.LargeBinary(64), nullable=False),
    )
    op.create_table(
        "snapshots",
        sa.Column("digest", sa.LargeBinary(32), primary_key=True),
        sa.Column("content", sa.LargeBinary(), nullable=False),
    )
    op.create_table(
        "answer_inputs",
        sa.Column("kind", sa.Text(), primary_key=True),
        sa.Column("name", sa.Text(), primary_key=True),
        sa.Column("used_at", sa.BigInteger(), nullable=False),
    )


def _add_decisions_of_people() -> None:
    op.create_table(
        "fits",
        sa.Column("bundle_id", sa.Text(), primary_key=True),
        sa.Column("kept_as_of", sa.Integer(), nullable=False),
    )
    op.create_table("sealed_bundles", sa.Column("bundle_id", sa.Text(), primary_key=True))
    op.create_table(
        "oversight",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("course_id", sa.Text()),
        sa.Column("employee_id", sa.Text()),
        sa.Column("instead", sa.Text()),
        sa.Column("decided_by", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
    )
    op.create_index("oversight_by_employee", "oversight", ["employee_id"])
    op.create_table(
        "corrections",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("employee_id", sa.Text(), nullable=False),
        sa.Column("table_name", sa.Text(), nullable=False),
        sa.Column("row_key", sa.LargeBinary(16)),
        sa.Column("column", sa.Text(), nullable=False),
        sa.Column("was", sa.Text(), nullable=False),
        sa.Column("now", sa.Text(), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
    )
