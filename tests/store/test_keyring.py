from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from hrreco.errors import WorkspaceError
from hrreco.store import Store
from tests.store.build import care_home, erase_from, ingest_into
from tests.store.places import Place

AT = datetime(2024, 9, 1, tzinfo=UTC)
OTHER_KEY = "ab" * 32


@pytest.fixture
def key(store: Store, place: Place) -> Path:
    """Return the key file of a store in which somebody was erased."""
    ingest_into(store, care_home(), source="a", full=False)
    erase_from(store, "000", AT)
    return place.folder / "pseudonym.key"


def erased(store: Store) -> set[str]:
    return set(store.known().erased(["000", "001"]))


def rotate(store: Store) -> None:
    with store.writing() as connection:
        store.pseudonyms.keyring.rotate(connection)


def test_what_was_made_with_older_keys_is_still_recognised(store: Store, key: Path) -> None:
    rotate(store)
    assert len(key.read_text().split()) == 2
    assert erased(store) == {"000"}
    erase_from(store, "001", AT)
    assert erased(store) == {"000", "001"}
    rotate(store)
    assert erased(store) == {"000", "001"}


def test_the_newest_key_makes_the_pseudonyms(store: Store, key: Path) -> None:
    with store.writing() as connection:
        before = store.pseudonyms.of(connection, "001")
        store.pseudonyms.keyring.rotate(connection)
        after = store.pseudonyms.of(connection, "001")
        assert before != after
        assert set(store.pseudonyms.all_of(connection, ["001"])) == {before, after}


def test_keys_come_from_the_environment_where_it_has_them(
    store: Store, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HRRECO_PSEUDONYM_KEY", OTHER_KEY)
    ingest_into(store, care_home(), source="a", full=False)
    erase_from(store, "000", AT)
    assert erased(store) == {"000"}
    assert not (place.folder / "pseudonym.key").exists()
    with pytest.raises(WorkspaceError, match="add a new one there, after a comma"):
        rotate(store)
    monkeypatch.setenv("HRRECO_PSEUDONYM_KEY", f"{OTHER_KEY},{'cd' * 32}")
    erase_from(store, "001", AT)
    assert erased(store) == {"000", "001"}
    monkeypatch.setenv("HRRECO_PSEUDONYM_KEY", OTHER_KEY)
    with pytest.raises(WorkspaceError, match=r"HRRECO_PSEUDONYM_KEY: lacks a key \(pseudonym\)"):
        erased(store)


def test_no_other_key_is_made_where_one_is_lost(store: Store, key: Path) -> None:
    key.unlink()
    with pytest.raises(WorkspaceError, match=r"lacks a key \(pseudonym\)"):
        erase_from(store, "001", AT)
    assert not key.exists()
    assert store.knows("001")


@pytest.mark.parametrize("content", ["abc", "zz" * 32, "ab" * 31, "\xff\xfe"])
def test_what_is_no_key_is_named(store: Store, key: Path, content: str) -> None:
    key.write_text(content, encoding="latin-1")
    with pytest.raises(WorkspaceError, match=r"pseudonym.key: holds something that is no key"):
        erased(store)


@pytest.mark.skipif(os.name != "posix", reason="files have no mode there")
def test_a_key_that_others_may_read_is_refused(store: Store, key: Path) -> None:
    key.chmod(0o640)
    with pytest.raises(WorkspaceError, match=r"chmod 600 pseudonym.key"):
        erased(store)


def test_a_key_that_was_written_before_a_crash_is_used(store: Store, place: Place) -> None:
    draft = place.folder / "pseudonym.key"
    draft.touch(0o600)
    draft.write_text(f"{OTHER_KEY}\n")
    ingest_into(store, care_home(), source="a", full=False)
    erase_from(store, "000", AT)
    assert draft.read_text() == f"{OTHER_KEY}\n"
    assert erased(store) == {"000"}
