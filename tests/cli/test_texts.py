"""Every word of the command line is there in every language, and is said somewhere."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import hrreco.cli
from hrreco.cli.report._view import FIGURES
from hrreco.recommend.answer import Kind
from hrreco.reports import Dimension
from hrreco.skills.framework import Importance
from hrreco.skills.mapping import MatchedBy
from tests.settings.catalogues import check_catalogue, check_languages_differ

PACKAGE = "hrreco.cli.texts"
CODE = "\n".join(
    file.read_text(encoding="utf-8") for file in Path(hrreco.cli.__file__).parent.rglob("*.py")
)
PUT_TOGETHER = {
    *(f"step.{kind}" for kind in get_args(Kind)),
    *(f"gap.{importance}" for importance in get_args(Importance)),
    *(f"match.{way}" for way in (*get_args(MatchedBy), "to_confirm", "none", "roles", "skills")),
    *(f"groups.{name}" for name in (*get_args(Dimension), *FIGURES)),
    *(f"apply.{column}" for column in ("role", "occupation", "essential", "optional")),
}
_GROUPS = "answer|apply|careers|coverage|gap|groups|match|onboarding|path|step"
NAMED = set(re.findall(rf"""["']((?:{_GROUPS})\.[a-z_]+)["']""", CODE))
PLAIN = {"hours", "hours_of", "hours_short", "left_out", "next", "note", "nothing"}


def test_every_language_has_what_is_said_and_no_more() -> None:
    assert all(f'say("{key}"' in CODE for key in PLAIN)
    check_catalogue(PACKAGE, PUT_TOGETHER | NAMED | PLAIN)


def test_nothing_was_left_in_english() -> None:
    check_languages_differ(PACKAGE, "hours_short")
