"""An event that a correction gives to somebody else has changed what is known of two people."""

from alembic import op

revision = "0003"
down_revision = "0002"


_MOVED = "UPDATE employees SET ingest_seq = new.ingest_seq WHERE employee_id = old.employee_id"


def upgrade() -> None:
    """Let the person who loses an event count as changed; the row itself names only the other."""
    trigger = "CREATE TRIGGER event_moved AFTER UPDATE OF employee_id ON events"
    if op.get_bind().dialect.name == "sqlite":
        op.execute(f"{trigger} WHEN old.employee_id <> new.employee_id BEGIN {_MOVED}; END")
        return
    op.execute(
        "CREATE FUNCTION event_moved() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN {_MOVED}; RETURN NULL; END $$"
    )
    op.execute(
        f"{trigger} FOR EACH ROW WHEN (old.employee_id <> new.employee_id) "
        "EXECUTE FUNCTION event_moved()"
    )
