"""The events of one employee are read from an index alone, side by side and in order."""

from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Put a wider index in the place of the one by employee and moment, in SQLite alone.

    PostgreSQL refuses a row that takes more than 2,700 bytes in an index, as an event may.
    """
    if op.get_bind().dialect.name != "sqlite":
        return
    op.create_index(
        "events_in_order",
        "events",
        [
            *("employee_id", "occurred_at", "course_id", "kind"),
            *("event_id", "progress", "rating"),
        ],
    )
    op.drop_index("events_by_employee", "events")
