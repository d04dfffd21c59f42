"""How much there is about people, as it may be told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from hrreco.privacy.audit import Kind
from hrreco.privacy.counts import told
from hrreco.settings import Settings
from hrreco.store import Store, volumes


@dataclass(frozen=True, slots=True)
class Volumes:
    """How much there is, with counts of people and their rows as they may be told.

    Attributes
    ----------
    employed
        Employees who have not left.
    rows
        By table of the register; None where they are about too few people.
    kinds
        Of events.
    levels
        Whether the level of anybody's skill is known.
    erasures
        In the audit log.
    """

    employed: int | None
    courses: int
    rows: dict[str, int | None]
    kinds: tuple[str, ...]
    levels: bool
    erasures: int | None


def volumes_of(store: Store, settings: Settings, today: date) -> Volumes:
    """Count what a store holds; exact counts do not leave here."""
    least = settings.min_people
    with store.reading() as connection:
        counted = volumes.volumes(connection)
        return Volumes(
            employed=told(volumes.employed(connection, today), least),
            courses=volumes.offered(connection),
            rows={
                table: _told(counted[table], least)
                for table in settings.necessity
                if table in counted
            },
            kinds=tuple(sorted(volumes.kinds_of_events(connection))),
            levels=volumes.has_levels(connection),
            erasures=told(volumes.lines_of_kind(connection, Kind.ERASURE), least),
        )


def _told(volume: volumes.Volume, least: int) -> int | None:
    return None if 0 < volume.people < least else told(volume.rows, least)
