"""The workspace: one folder with settings, database, MLflow store and bundles."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterable
from datetime import date
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hrreco.errors import WorkspaceError
from hrreco.settings import AsOf, Progress, Settings, read_toml, silent, write_whole
from hrreco.workspace.serving import Serving

if TYPE_CHECKING:
    from filelock import BaseFileLock

    from hrreco.advisor import Advisor
    from hrreco.data import LearningData
    from hrreco.privacy import OptOuts, Overseer, Oversight
    from hrreco.privacy.audit import AuditLog, Kind
    from hrreco.privacy.stored_people import StoredPeople
    from hrreco.store import Store
    from hrreco.training import TrainConfig, TrainedModel
    from hrreco.workspace.decisions import StoredAnswers
    from hrreco.workspace.decisions.stored import Keep
    from hrreco.workspace.forgetting import ForgottenHere
    from hrreco.workspace.ingest import Ingested
    from hrreco.workspace.train import Trained

SETTINGS_FILE = "hrreco.toml"

_LOG = logging.getLogger("hrreco")

_NEW_SETTINGS = """\
# The settings of this hrreco workspace. Everything left out has its default;
# docs/settings.md describes each.
timezone = "Europe/Helsinki"
language = "en"

# The service, tried out on this machine alone: `hrreco token` signs tokens. For real use,
# mode = "oidc" or "keys" (docs/service.md).
[auth]
mode = "local"
"""


class Workspace(Serving):
    """One folder on disk that holds everything about one company.

    Get one with `Workspace.init` (a new folder) or `Workspace.open`.
    """

    def __init__(self, path: Path, settings: Settings) -> None:
        super().__init__(path)
        self.settings = settings

    @classmethod
    def init(cls, path: str | Path) -> Workspace:
        """Make a workspace in `path`, or open the one that is there already.

        Raises
        ------
        WorkspaceError
            When the folder cannot be made, or could never train: MLflow opens no path that
            holds a ``%`` or a ``?``.
        """
        folder = _folder(path)
        _check_trainable(folder)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            if not (folder / SETTINGS_FILE).exists():
                write_whole(folder / SETTINGS_FILE, _NEW_SETTINGS)
        except (FileExistsError, NotADirectoryError):
            raise WorkspaceError(f"{folder}: is a file; a workspace is a folder") from None
        except OSError as error:
            raise WorkspaceError(f"{folder}: cannot be made: {error.strerror}") from None
        workspace = cls.open(folder)
        _ = workspace.store
        return workspace

    @classmethod
    def open(cls, path: str | Path = ".") -> Workspace:
        """Open the workspace in `path`.

        Raises
        ------
        WorkspaceError
            When the folder is no workspace.
        SettingsError
            When its `hrreco.toml` cannot be used.
        """
        folder = _folder(path)
        if not (folder / SETTINGS_FILE).is_file():
            Settings()  # refuses a misspelt HRRECO_WORKSPACE, which would be what is wrong
            raise WorkspaceError(
                f"{folder}: no workspace here; make one with: hrreco init {folder}"
            )
        return cls(folder.resolve(), read_toml(folder / SETTINGS_FILE, Settings))

    @cached_property
    def store(self) -> Store:
        """The database."""
        from hrreco.store import Store

        return Store.open(self.path / "hrreco.db", self.settings.database)

    @cached_property
    def audit_log(self) -> AuditLog:
        """What was done here, in a chain that shows every edit."""
        from hrreco.privacy.audit import AuditLog

        return AuditLog(self.store, self.path)

    @cached_property
    def people(self) -> StoredPeople:
        """The rows about people."""
        from hrreco.privacy.stored_people import StoredPeople

        return StoredPeople(self.store, self.settings)

    def today(self) -> date:
        """Return the day that it is here."""
        from hrreco.settings import Moment

        return Moment.of(None, self.settings.timezone).today

    def data(self) -> LearningData:
        """Return all that the database holds, in memory."""
        return self.people.tables()

    @property
    def opt_outs(self) -> OptOuts:
        """Who opted out of what: every read sees what any process has recorded."""
        from hrreco.privacy.stored_optouts import StoredOptOuts

        return StoredOptOuts(self.audit_log)

    @cached_property
    def answers(self) -> StoredAnswers | None:
        """Where answers are kept; None, with a warning, where the workspace may be read only."""
        from hrreco.workspace.decisions.keeping import keep_answers

        return self.answers_kept_by(partial(keep_answers, self.audit_log))

    def answers_kept_by(self, keep: Keep, patience: float | None = None) -> StoredAnswers | None:
        """Return the same with another to write them, such as a process beside this one.

        See `StoredAnswers`.
        """
        from hrreco.workspace.decisions.stored import StoredAnswers

        if os.access(self.path, os.W_OK):
            return StoredAnswers(self.path, keep, patience)
        _LOG.warning("%s: may be read only; its answers are not recorded", self.path)
        return None

    def flush(self) -> None:
        """Have all that was answered so far on disk; see `workspace.decisions`."""
        answers = self.__dict__.get("answers")
        if answers is not None:
            answers.flush()

    def log(self, kind: Kind, **told: Any) -> None:
        """Add a line to the audit log: what was done, in plain JSON values that name nobody."""
        with self.audit_log.writing() as transaction:
            transaction.append(kind, told)

    @property
    def oversight(self) -> Oversight:
        """What people decided over the model: every read sees what any process has recorded."""
        from hrreco.privacy.stored_oversight import StoredOversight

        return StoredOversight(self.audit_log)

    @property
    def overseer(self) -> Overseer:
        """Takes what people decide over the model; in force at the next call of any process."""
        from hrreco.privacy import Overseer
        from hrreco.workspace.live import LiveData

        return Overseer(self.oversight, LiveData(self))

    def lock(self, name: str) -> BaseFileLock:
        """Return a lock that one process of this workspace holds at a time.

        Raises
        ------
        WorkspaceError
            When the workspace may not be written.
        """
        if not os.access(self.path, os.W_OK):
            raise WorkspaceError(
                f"{self.path}: may be read only; to {name}, ask for the right to write it"
            )
        from filelock import FileLock

        return FileLock(self.path / f".{name}.lock")

    def model(self) -> TrainedModel:
        """Return the champion; before the first training, the rules."""
        return self.champion() or self.rules()

    def rules(self) -> TrainedModel:
        """Return the rules, fitted on what is here."""
        from hrreco.training import RULES_RECIPE, refit

        return refit(RULES_RECIPE, self.data(), opt_outs=self.opt_outs)

    def advisor(self) -> Advisor:
        """Return the advisor for this company, over what serves and is stored at each call."""
        from hrreco.advisor import Advisor
        from hrreco.workspace.live import LiveData, LiveModel

        live = LiveModel(self), LiveData(self)
        return Advisor(*live, self.opt_outs, self.oversight, self.answers)

    def ingest(
        self,
        exports: str | Path,
        *,
        mapping: str | Path | None = None,
        full: bool = False,
        as_of: AsOf = None,
        progress: Progress = silent,
    ) -> Ingested:
        """Read a folder of exports into the database; see `workspace.ingest`."""
        from hrreco.workspace.ingest import ingest

        return ingest(
            self, Path(exports), mapping=mapping, full=full, as_of=as_of, progress=progress
        )

    def train(
        self,
        config: TrainConfig | None = None,
        *,
        as_of: AsOf = None,
        progress: Progress = silent,
    ) -> Trained:
        """Train, track, and let the winner serve; see `workspace.train`."""
        from hrreco.workspace.train import train_here

        _check_trainable(self.path)
        return train_here(self, config, as_of=as_of, progress=progress)

    def forget(
        self, employee_ids: Iterable[str] = (), *, progress: Progress = silent
    ) -> ForgottenHere:
        """Take people out of the model that serves; see `workspace.forgetting`."""
        from hrreco.workspace.forgetting import forget

        return forget(self, employee_ids, progress=progress)


def _folder(path: str | Path) -> Path:
    """Return a path, refused where its name is not text: neither polars nor MLflow opens it."""
    folder = Path(path)
    try:
        str(folder.absolute()).encode()
    except UnicodeEncodeError:
        raise WorkspaceError(f"{str(folder.absolute())!r} is not text in UTF-8") from None
    return folder


def _check_trainable(folder: Path) -> None:
    """Refuse a path that MLflow could not use, before any work is done."""
    from hrreco.tracking import MlflowStore

    MlflowStore(folder)
