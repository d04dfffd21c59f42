"""Closes runs that a killed process left RUNNING for ever.

A run is open only while its process holds the store's lock, and the kernel lets go of that lock
when the process ends, even by SIGKILL. So to whoever holds the lock, every open run of ours is
a dead one. No process id is written down that another process could come to have.
"""

from __future__ import annotations

from typing import Any

from hrreco.tracking.runs import OURS

CLOSED_BY = "hrreco.closed_by"


def close_dead_runs(client: Any, experiment_id: str) -> list[str]:
    """Mark open runs of ours KILLED and return their ids; call it under the store's lock.

    Runs that somebody else began in the same experiment, without our tag, are left alone.
    """
    ours = f"attributes.status = 'RUNNING' AND tags.`{OURS}` LIKE '%'"
    dead = [str(run.info.run_id) for run in client.search_runs([experiment_id], ours)]
    for run_id in dead:
        client.set_tag(run_id, CLOSED_BY, "janitor: the process ended without closing its run")
        client.set_terminated(run_id, "KILLED")
    return dead
