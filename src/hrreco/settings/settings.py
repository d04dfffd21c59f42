"""The settings of a workspace, as `hrreco.toml` holds them."""

from __future__ import annotations

import os
from functools import cached_property
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo, available_timezones

from pydantic import AfterValidator, BaseModel, Field, field_validator
from pydantic.fields import FieldInfo
from pydantic_settings import (
    BaseSettings,
    EnvSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

from hrreco.errors import SettingsError, close_match, nearest
from hrreco.settings.auth import AuthSettings
from hrreco.settings.events import EventMeaning, default_event_meanings
from hrreco.settings.limits import LimitSettings
from hrreco.settings.necessity import Kept, Register, default_register, kept_for
from hrreco.settings.never import never_audited, never_necessary
from hrreco.settings.sections import (
    AuditSettings,
    EligibilitySettings,
    PathSettings,
    QualitySettings,
)
from hrreco.settings.toml import ENVIRONMENT, Checked
from hrreco.settings.web import WebSettings

Language = Literal["en", "fi", "sv"]


_NESTED = "__"
_OTHER_VARIABLES = ("WORKSPACE", "PSEUDONYM_KEY", "AUDIT_KEY", "TOKEN_KEY")
"""What the environment may say besides settings: which workspace a command opens, and keys."""
_OF_THE_CLUSTER = ("SERVICE_", "PORT")
"""Kubernetes sets ``HRRECO_SERVICE_HOST`` and the like beside a service that is named hrreco."""
_NO_ZONES = ("localtime", "Factory", "posixrules")


def _known_timezone(name: str) -> str:
    """Return a zone's name; files that differ from machine to machine are no zones."""
    try:
        if name not in _NO_ZONES and not name.startswith(("posix/", "right/")):
            return ZoneInfo(name).key
    except (KeyError, OSError, ValueError):
        pass  # no such file, a folder, or no name of a file at all
    zones = available_timezones().difference(_NO_ZONES)  # slow, so only now
    hint = close_match(name, zones) or "; name a place, such as 'Europe/Helsinki', or 'UTC'"
    raise ValueError(f"unknown time zone {name!r}{hint}")


def _without_password(address: str) -> str:
    """Return the address of a PostgreSQL database; a message never repeats it, whatever it is."""
    from sqlalchemy import make_url

    form = "postgresql://USER@HOST/DATABASE"
    try:
        url = make_url(address)
        driver = url.drivername
    except Exception:
        raise ValueError(f"is no address of a database, such as {form}") from None
    if driver not in ("postgresql", "postgresql+psycopg"):
        raise ValueError(f"is for PostgreSQL through psycopg: {form}; leave it out to use SQLite")
    if url.password is not None or {"password", "sslpassword"} & set(url.query):
        raise ValueError("holds a password; give it as PGPASSWORD, or in ~/.pgpass with mode 600")
    return address


class _Environment(EnvSettingsSource):
    """The environment, with errors that name the variable."""

    def __call__(self) -> dict[str, Any]:
        known = {name.upper() for name in self.settings_cls.model_fields}.union(_OTHER_VARIABLES)
        for variable in map(str.upper, os.environ):
            name = variable.removeprefix(ENVIRONMENT)
            if name == variable or name.startswith(_OF_THE_CLUSTER):
                continue
            if name.partition(_NESTED)[0] not in known:
                raise SettingsError(f"{variable}: no such setting{self._hint(name, known)}")
        return super().__call__()

    def _hint(self, name: str, known: set[str]) -> str:
        """Say which variable is meant, be it a key within a table, or which there are."""
        meant = nearest(name, [*known, *self._within_tables()])
        if meant is not None:
            return f"; did you mean {ENVIRONMENT + meant!r}?"
        return f"; known are {', '.join(ENVIRONMENT + one for one in sorted(known))}"

    def _within_tables(self) -> list[str]:
        tables = self.settings_cls.model_fields.items()
        return [
            f"{table}{_NESTED}{key}".upper()
            for table, field in tables
            if isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel)
            for key in field.annotation.model_fields
        ]

    def decode_complex_value(self, field_name: str, field: FieldInfo, value: Any) -> Any:
        try:
            return super().decode_complex_value(field_name, field, value)
        except ValueError:
            named = (name for name in os.environ if name.upper().startswith(ENVIRONMENT))
            variable = next(name for name in named if os.environ[name] == value)
            raise SettingsError(f"{variable.upper()}: {value!r} is no JSON") from None


class Settings(Checked, BaseSettings):
    """Everything about a workspace that a company decides.

    Values come from `hrreco.toml`, and from environment variables such as
    ``HRRECO_TIMEZONE`` where those are set.

    Raises
    ------
    SettingsError
        When a key or an environment variable is unknown, or a value out of range; the message
        names it.
    """

    model_config = SettingsConfigDict(
        extra="forbid",
        frozen=True,
        allow_inf_nan=False,
        env_prefix=ENVIRONMENT,
        env_nested_delimiter=_NESTED,
    )

    timezone: Annotated[str, AfterValidator(_known_timezone)] = Field(
        "Europe/Helsinki", description="The zone of times that name none."
    )
    language: Language = Field("en", description="The language of texts unless one is asked for.")
    database: Annotated[str, AfterValidator(_without_password)] | None = Field(
        None, description="The PostgreSQL database that holds all rows, instead of SQLite."
    )
    min_people: int = Field(
        5, ge=5, description="The fewest people a count or a feature value may stand for."
    )
    eligibility: EligibilitySettings = Field(
        default_factory=EligibilitySettings,
        description="How long events keep a course from being suggested.",
    )
    paths: PathSettings = Field(
        default_factory=PathSettings, description="Hours that learning paths count with."
    )
    quality: QualitySettings = Field(
        default_factory=QualitySettings,
        description="Bounds outside which a date in the data is a mistake.",
    )
    audit: AuditSettings = Field(
        default_factory=AuditSettings, description="How long the audit log reaches back."
    )
    auth: AuthSettings = Field(
        default_factory=AuthSettings, description="Whom the service believes."
    )
    limits: LimitSettings = Field(
        default_factory=LimitSettings, description="What one caller may ask of the service."
    )
    web: WebSettings = Field(
        default_factory=WebSettings,
        description="Which pages may show what the service has to say.",
    )
    events: dict[str, EventMeaning] = Field(
        default_factory=default_event_meanings,
        description="What each kind of event means; kinds named here are added or replaced.",
    )
    necessity: Register = Field(
        default_factory=default_register,
        description="Personal columns that may be read, and for how long they are kept; those "
        "named here are added, or replace what is said of one.",
    )

    @field_validator("events", mode="before")
    @classmethod
    def _add_events(cls, given: Any) -> dict[str, Any]:
        if not isinstance(given, dict):
            raise ValueError("is a table of kinds, such as [events.watched]")
        return {**default_event_meanings(), **given}

    @field_validator("necessity", mode="before")
    @classmethod
    def _add_columns(cls, given: Any) -> dict[str, dict[str, Any]]:
        if not isinstance(given, dict) or not all(isinstance(v, dict) for v in given.values()):
            raise ValueError("is a table of tables, such as [necessity.employees.cost_centre]")
        register = default_register()
        unknown = set(given) - set(register)
        if unknown:
            raise ValueError(
                f"no personal table {min(unknown)!r}; there are {', '.join(sorted(register))}"
            )
        return {
            table: _extended(table, own, given.get(table, {})) for table, own in register.items()
        }

    @cached_property
    def kept(self) -> dict[str, Kept]:
        """For how long the rows about people are kept, by table."""
        return kept_for(self.necessity)

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Let the environment win over the file, and read nothing else."""
        del env_settings, dotenv_settings, file_secret_settings
        return _Environment(settings_cls), init_settings

    @classmethod
    def _variable(cls, location: tuple[int | str, ...]) -> str | None:
        """Return the longest of the variables that could have set it, among those there are."""
        given = {name.upper() for name in os.environ}
        parts = [str(part).upper() for part in location]
        names = (ENVIRONMENT + _NESTED.join(parts[:length]) for length in range(len(parts), 0, -1))
        return next((name for name in names if name in given), None)


def _extended(table: str, shipped: dict[str, Any], given: dict[str, Any]) -> dict[str, Any]:
    """Return a company's register of one table; what it does not say of a column stays."""
    never = never_audited if table == "fairness_attributes" else never_necessary
    for column in given:
        if what := never(column):
            raise ValueError(
                f"{table}.{column} ({what}) may never be used: it cannot be registered, only "
                "dropped in a mapping"
            )
    said = {
        column: entry.model_dump(exclude_unset=True) if isinstance(entry, BaseModel) else entry
        for column, entry in given.items()
    }
    changed = {
        column: {**shipped[column].model_dump(), **entry}
        for column, entry in said.items()
        if column in shipped and isinstance(entry, dict)
    }
    return {**shipped, **said, **changed}
