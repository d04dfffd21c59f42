"""The address of the database, which never holds, and never tells, a password."""

from __future__ import annotations

import traceback

import pytest

from hrreco.errors import SettingsError
from hrreco.settings import Settings

SECRET = "hunter2"


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://hrreco@db/hrreco",
        "postgresql+psycopg://hrreco@db:5433/hrreco?sslmode=verify-full",
        "postgresql://hrreco@/hrreco?host=/run/postgresql",
    ],
)
def test_an_address_is_taken_as_it_is(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert Settings(database=address).database == address
    monkeypatch.setenv("HRRECO_DATABASE", address)
    assert Settings().database == address


def test_there_is_none_unless_it_is_given() -> None:
    assert Settings().database is None


@pytest.mark.parametrize(
    ("address", "said"),
    [
        (f"postgresql://hrreco:{SECRET}@db/hrreco", "give it as PGPASSWORD"),
        (f"postgresql://hrreco@db/hrreco?password={SECRET}", "give it as PGPASSWORD"),
        (f"postgresql://hrreco:{SECRET}@db:port/hrreco", "is no address of a database"),
        (f"{SECRET} hrreco db", "is no address of a database"),
        (f"postgres://hrreco:{SECRET}@db/hrreco", "postgresql://USER@HOST/DATABASE"),
        (f"postgresql+psycopg2://hrreco:{SECRET}@db/hrreco", "through psycopg"),
        (f"sqlite:///{SECRET}.db", "leave it out to use SQLite"),
        ("", "is no address of a database"),
    ],
)
def test_what_is_wrong_is_said_without_the_password(
    address: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HRRECO_DATABASE", address)
    with pytest.raises(SettingsError, match="HRRECO_DATABASE: database") as caught:
        Settings()
    assert said in str(caught.value)
    assert SECRET not in "".join(traceback.format_exception(caught.value))
