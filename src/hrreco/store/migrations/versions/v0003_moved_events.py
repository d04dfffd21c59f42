"""An event that a correction gives to somebody else has changed what is known of two people."""

from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Let the person who loses an event count as changed; the row itself names only the other."""
    op.execute(
        "CREATE TRIGGER event_moved AFTER UPDATE OF employee_id ON events "
        "WHEN old.employee_id <> new.employee_id BEGIN "
        "UPDATE employees SET ingest_seq = new.ingest_seq WHERE employee_id = old.employee_id; "
        "END"
    )
