"""Every text of the papers is there in every language, and what a workspace may hold has one."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import hrreco.cli.dossier
import hrreco.reports.dossier
from hrreco.privacy import PURPOSES
from hrreco.settings import NEVER_KINDS
from hrreco.settings.auth import AuthMode
from hrreco.settings.necessity import default_register
from hrreco.store.volumes import tables_about_people
from hrreco.workspace.roles import Scope
from tests.settings.catalogues import check_catalogue, check_languages_differ, messages

PACKAGE = "hrreco.reports.dossier.texts"
TEXTS = messages(PACKAGE, "en")
CODE = Path(hrreco.cli.dossier.__file__).read_text(encoding="utf-8") + "\n".join(
    file.read_text(encoding="utf-8")
    for file in Path(hrreco.reports.dossier.__file__).parent.rglob("*.py")
)
PUT_TOGETHER = re.compile(
    "|".join(
        re.sub(r"\{[^}]*}?", ".+", made).replace(".", r"\.").replace(r"\.+", ".+")
        for made in re.findall(r"""f["']([a-z0-9_]+\.[a-z0-9_.]*\{[^"']*)["']""", CODE)
    )
)
"""The keys that are made of a name in the facts, such as ``held.{table}``."""


def test_every_language_has_the_same_texts() -> None:
    check_catalogue(PACKAGE, set(TEXTS))


def test_nothing_was_left_in_english() -> None:
    check_languages_differ(PACKAGE, "head.risk")


def test_every_text_is_said_somewhere() -> None:
    for key in TEXTS:
        assert re.search(rf"[\"']{re.escape(key)}[\"']", CODE) or PUT_TOGETHER.fullmatch(key), key


def test_what_a_workspace_may_hold_has_a_text() -> None:
    register = default_register()
    for table, columns in register.items():
        assert {f"purpose.{table}.{column}" for column in columns} <= set(TEXTS)
    besides = set(tables_about_people()) - set(register)
    assert {f"held.{table}" for table in besides} <= set(TEXTS)
    assert {f"never.{kind.replace(' ', '_')}" for kind in NEVER_KINDS} <= set(TEXTS)
    assert {f"opt_out.{purpose}" for purpose in PURPOSES} <= set(TEXTS)
    assert {f"scope.{scope}" for scope in Scope} <= set(TEXTS)
    assert {f"asking.mode_{mode}" for mode in get_args(AuthMode)} <= set(TEXTS)
