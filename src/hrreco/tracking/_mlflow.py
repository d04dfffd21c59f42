"""MLflow, imported when it is first needed, in silence, with its telemetry off."""

from __future__ import annotations

import logging
import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from hrreco.errors import WorkspaceError


@cache
def load_mlflow() -> Any:
    """Import MLflow (about 4 s, once) and return it.

    Telemetry is switched off before the import, and once more after it for the case that the
    caller's own program had imported MLflow earlier.
    """
    os.environ["MLFLOW_DISABLE_TELEMETRY"] = "true"
    os.environ["DO_NOT_TRACK"] = "true"
    os.environ.setdefault("MLFLOW_LOGGING_LEVEL", "ERROR")
    with warnings.catch_warnings():
        # It warns of its own tables and type hints, which nobody here can act on.
        warnings.simplefilter("ignore")
        import mlflow
        import mlflow.pyfunc
        import mlflow.store.tracking.sqlalchemy_store
    logging.getLogger("mlflow.store.db.utils").setLevel(logging.CRITICAL)  # it raises as well
    mlflow.telemetry.set_telemetry_client()
    return mlflow


def mlflow_client(tracking_uri: str) -> Any:
    """Return a client of this address alone, whatever the process's global addresses are."""
    return load_mlflow().MlflowClient(tracking_uri, registry_uri=tracking_uri)


@contextmanager
def mlflow_errors(doing: str) -> Iterator[None]:
    """Turn what MLflow raises into a `WorkspaceError` that says what was being done."""
    exception = load_mlflow().exceptions.MlflowException
    try:
        yield
    except exception as error:
        raise WorkspaceError(f"MLflow failed while {doing}: {error}") from error
