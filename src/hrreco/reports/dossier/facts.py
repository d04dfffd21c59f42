"""All facts of a dossier, from what the workspace is at this moment."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from importlib import metadata
from typing import TYPE_CHECKING, Any

from hrreco.privacy import PURPOSES, rulings_of_everybody, told
from hrreco.privacy.volumes import Volumes, volumes_of
from hrreco.reports.dossier.asking import Asking, asking_of
from hrreco.reports.dossier.processing import Column, columns_of
from hrreco.reports.dossier.security import Audit, Key, Storage, audit_of, keys_of, storage_of
from hrreco.reports.dossier.serving import Serving, serving_of
from hrreco.reports.dossier.uses import Assessed, assess
from hrreco.settings import NEVER_KINDS, AsOf, Moment, Settings
from hrreco.store.volumes import tables_about_people
from hrreco.workspace.purging import QUARANTINE_DAYS

if TYPE_CHECKING:
    from hrreco.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Oversight:
    """What people have decided over the model; who decided is in the audit log.

    Attributes
    ----------
    paused
        Whether the rules answer everybody.
    suppressed
        Courses that are suggested to nobody.
    overridden
        Decisions about one employee, as their number may be told.
    """

    paused: bool
    suppressed: int
    overridden: int | None


@dataclass(frozen=True, slots=True)
class Facts:
    """What the papers say, in whatever language.

    Attributes
    ----------
    language
        The company's own; a paper may be written in another one, and says in which.
    settings
        The names of all settings there are, and of those that the company has changed.
    kept_besides
        Tables that hold something about an employee besides those of the register.
    log_days
        How long the audit log keeps answers, and its lines.
    never
        Kinds of data that are always refused.
    """

    hrreco: str
    workspace: str
    as_of: date
    language: str
    min_people: int
    settings: dict[str, tuple[str, ...]]
    columns: tuple[Column, ...]
    kept_besides: tuple[str, ...]
    quarantine_days: int
    log_days: dict[str, int]
    never: tuple[str, ...]
    storage: Storage
    keys: tuple[Key, ...]
    audit: Audit
    asking: Asking
    opt_out_purposes: tuple[str, ...]
    volumes: Volumes
    serving: Serving
    oversight: Oversight
    ai_act: tuple[Assessed, ...]

    def to_json(self) -> dict[str, Any]:
        """Return plain JSON values."""
        return {**asdict(self), "as_of": self.as_of.isoformat()}


def facts_of(workspace: Workspace, *, as_of: AsOf = None) -> Facts:
    """Gather the facts; nothing is changed, and nobody is named.

    Raises
    ------
    BundleError
        When the model that serves is damaged.
    """
    settings = workspace.settings
    moment = Moment.of(as_of, settings.timezone)
    columns = tuple(columns_of(settings))
    counted = volumes_of(workspace.store, settings, moment.today)
    oversight = _oversight(workspace)
    return Facts(
        hrreco=metadata.version("hrreco"),
        workspace=workspace.path.name,
        as_of=moment.today,
        language=settings.language,
        min_people=settings.min_people,
        settings=_settings(settings),
        columns=columns,
        kept_besides=tuple(t for t in tables_about_people() if t not in settings.necessity),
        quarantine_days=QUARANTINE_DAYS,
        log_days=settings.audit.model_dump(),
        never=NEVER_KINDS,
        storage=storage_of(workspace),
        keys=keys_of(workspace),
        audit=audit_of(workspace),
        asking=asking_of(workspace),
        opt_out_purposes=PURPOSES,
        volumes=counted,
        serving=serving_of(workspace),
        oversight=oversight,
        ai_act=tuple(assess(columns, counted, paused=oversight.paused)),
    )


def _settings(settings: Settings) -> dict[str, tuple[str, ...]]:
    fields = Settings.model_fields
    plain = {name: field.get_default(call_default_factory=True) for name, field in fields.items()}
    changed = (name for name in fields if getattr(settings, name) != plain[name])
    return {"all": tuple(fields), "changed": tuple(changed)}


def _oversight(workspace: Workspace) -> Oversight:
    decisions = workspace.oversight.decisions()
    everybody = rulings_of_everybody(decisions)
    overridden = sum(one.action == "override" for one in decisions)
    return Oversight(
        everybody.paused,
        len(everybody.suppressed),
        told(overridden, workspace.settings.min_people),
    )
