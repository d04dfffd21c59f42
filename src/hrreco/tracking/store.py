"""The MLflow store of one workspace folder."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from hrreco.errors import BundleError, UnknownIdError, WorkspaceError
from hrreco.models import read_bundle
from hrreco.settings import sync
from hrreco.tracking import _home, registry
from hrreco.tracking._mlflow import mlflow_client, mlflow_errors
from hrreco.tracking.decisions import Decision, log_decision
from hrreco.tracking.janitor import close_dead_runs
from hrreco.tracking.registry import Version
from hrreco.tracking.runs import Alias, Logged, LoggedModel, RunRecord, Saved, log_run
from hrreco.tracking.searches import Searched, log_search

EXPERIMENT = "hrreco"
_LOCK_SECONDS = 300.0


class MlflowStore:
    """Runs, model versions and bundles of one workspace folder.

    In the folder it keeps ``mlflow.db`` (SQLite), ``mlartifacts/``, ``bundles/`` and
    ``mlflow.lock``. All of it is made when the first run is logged. Whatever writes holds the
    lock, so any number of processes may log at once. The folder may be moved or copied while no
    process is writing to it.

    Parameters
    ----------
    folder
        The workspace folder; it must exist.

    Raises
    ------
    WorkspaceError
        When the folder's path holds a ``%`` or a ``?``, which MLflow cannot open.
    """

    def __init__(self, folder: str | Path) -> None:
        self.folder = Path(folder).resolve()
        if not {"%", "?"}.isdisjoint(str(self.folder)):
            raise WorkspaceError(
                f"MLflow cannot keep a store in {self.folder}: choose a path without '%' and '?'"
            )
        self._database = self.folder / "mlflow.db"
        self._artifacts = self.folder / "mlartifacts"

    @property
    def tracking_uri(self) -> str:
        """The address to give to ``mlflow ui --backend-store-uri``."""
        return _home.sqlite_uri(self._database)

    def bundle_folder(self, bundle_id: str) -> Path:
        """Return where a bundle is kept."""
        return registry.bundle_folder(self.folder, bundle_id)

    def log_training(self, record: RunRecord) -> Logged:
        """Log one finished training as a run, each bundle as a model, and keep the bundles.

        Runs that a killed process left open are closed first.

        Raises
        ------
        BundleError
            When the bundle is torn or is not the one that the record names.
        WorkspaceError
            When MLflow fails, or when others hold the store for five minutes.
        """
        with self._writing("logging a training") as client:
            experiment_id = self._experiment(client)
            close_dead_runs(client, experiment_id)
            self._sweep()
            kept = {alias: self._kept(bundle) for alias, bundle in record.bundles.items()}
            return log_run(client, experiment_id, replace(record, bundles=kept))

    def log_decision(self, decision: Decision) -> str:
        """Log a decision about a version as a run of its own; return the run's id.

        Raises
        ------
        WorkspaceError
            As for `log_training`.
        """
        with self._writing(f"logging a {decision.what}") as client:
            experiment_id = self._experiment(client)
            close_dead_runs(client, experiment_id)
            return log_decision(client, experiment_id, decision)

    def log_search(self, params: Mapping[str, Any], models: Sequence[Searched]) -> str:
        """Log a finished search of settings as a run, with one nested in it for each model.

        Raises
        ------
        WorkspaceError
            As for `log_training`.
        """
        with self._writing("logging a search") as client:
            experiment_id = self._experiment(client)
            close_dead_runs(client, experiment_id)
            return log_search(client, experiment_id, params, models)

    def register(self, model: LoggedModel) -> Version:
        """Register a model of a run as the next version of ``hrreco``; no alias moves."""
        with self._writing("registering a model version") as client:
            return registry.register(client, model)

    def set_alias(self, alias: Alias, number: int) -> None:
        """Point an alias at a version, away from the one that it pointed at.

        Raises
        ------
        UnknownIdError
            When there is no such version.
        """
        self.numbered(number)
        with self._writing(f"moving the alias {alias}") as client:
            client.set_registered_model_alias(registry.MODEL, alias, str(number))

    def clear_alias(self, alias: Alias) -> None:
        """Let an alias point at no version."""
        if self.version(alias) is not None:
            with self._writing(f"clearing the alias {alias}") as client:
                client.delete_registered_model_alias(registry.MODEL, alias)

    def bundle_of_run(self, run_id: str) -> str:
        """Return the id of the bundle that a training ended in.

        Parameters
        ----------
        run_id
            The run's id, or the beginning of it.

        Raises
        ------
        UnknownIdError
            When there is no such training, or several begin like that.
        """
        return registry.bundle_of_run(self._database, run_id)

    def numbered(self, number: int) -> Version:
        """Return a version by its number. Does not import MLflow.

        Raises
        ------
        UnknownIdError
            When there is no such version.
        """
        return registry.find_version(self.tracking_uri, f"models:/{registry.MODEL}/{number}")

    def number_of(self, bundle_id: str) -> int | None:
        """Return the number of the latest version that is this bundle; None where none is.

        Does not import MLflow.
        """
        return registry.number_of(self._database, bundle_id)

    def forgettings_after(self, number: int) -> tuple[str, ...]:
        """Return the bundle ids of the versions after this one that came from forgetting people.

        Does not import MLflow.
        """
        return registry.forgettings_after(self._database, number)

    def version(self, alias: Alias) -> Version | None:
        """Return the version that an alias points at, or None. Does not import MLflow."""
        uri = f"models:/{registry.MODEL}@{alias}"
        try:
            return registry.find_version(self.tracking_uri, uri)
        except UnknownIdError:
            return None

    def written(self, run_id: str, name: str) -> str | None:
        """Return a text of a run, `CARD` or `REPORT`; None where there is none.

        Does not import MLflow.
        """
        file = self._artifacts / EXPERIMENT / run_id / "artifacts" / name
        return file.read_text(encoding="utf-8") if file.is_file() else None

    @contextmanager
    def _writing(self, doing: str) -> Iterator[Any]:
        """Hold the store alone; give the MLflow client."""
        with self._lock():
            if _home.artifact_root(self._database) is None:
                _home.create(self._database, self._artifacts)
            self._adopt_if_moved()
            with mlflow_errors(doing):
                yield mlflow_client(self.tracking_uri)

    @contextmanager
    def _lock(self) -> Iterator[None]:
        """Hold the store's lock. The kernel lets go of it when its process ends, however."""
        from filelock import FileLock, Timeout

        try:
            with FileLock(self.folder / "mlflow.lock", timeout=_LOCK_SECONDS, is_singleton=True):
                yield
        except Timeout:
            raise WorkspaceError(
                f"another process has been writing to {self._database} for {_LOCK_SECONDS:.0f} s; "
                "wait for it, or end it"
            ) from None

    def _adopt_if_moved(self) -> None:
        root = _home.artifact_root(self._database)
        if root is None or root == self._artifacts:
            return
        with self._lock():
            _home.adopt(self._database, root, self._artifacts)

    def _experiment(self, client: Any) -> str:
        known = client.get_experiment_by_name(EXPERIMENT)
        if known is not None:
            return str(known.experiment_id)
        return str(client.create_experiment(EXPERIMENT, str(self._artifacts / EXPERIMENT)))

    def _sweep(self) -> None:
        """Remove what a killed process left half-written; under the lock nobody is writing."""
        for leftover in self.folder.glob("bundles/.*/"):
            shutil.rmtree(leftover)

    def _kept(self, bundle: Saved) -> Saved:
        """Copy a bundle into ``bundles/``, verified, and whole or not at all."""
        bundle_id = bundle.bundle_id
        kept = self.bundle_folder(bundle_id)
        if kept.exists():
            try:
                read_bundle(kept, bundle_id)
            except BundleError:
                shutil.rmtree(kept)  # torn: the same one, just written, takes its place
            else:
                return Saved(kept, bundle_id)
        unfinished = kept.with_name(f".{bundle_id}.unfinished")
        shutil.rmtree(unfinished, ignore_errors=True)
        shutil.copytree(bundle.folder, unfinished)
        read_bundle(unfinished, bundle_id)
        for path in (*unfinished.iterdir(), unfinished):
            sync(path)
        unfinished.rename(kept)
        sync(kept.parent)
        return Saved(kept, bundle_id)
