"""Every code has a text in every language, with the same places to fill."""

from __future__ import annotations

from datetime import date
from importlib import resources
from string import Formatter
from typing import get_args

import pytest
from babel.messages.pofile import read_po

from hrreco.errors import SettingsError
from hrreco.recommend.codes import BELOW_CUT, EMPTY_CATALOGUE, SUGGESTED, LeftOut
from hrreco.recommend.mandatory import Rule
from hrreco.recommend.reasons import FEATURE_CODES
from hrreco.recommend.texts import LANGUAGES, texts_in
from hrreco.settings import Language

OF_PLANS = {
    *(f"step.{code}" for code in ("late", "no_session", "core", "suits", "format")),
    *("step.prerequisite", "step.prerequisite_other", "step.closes_own", "step.closes_target"),
    *(f"omitted.{code}" for code in ("no_room", "over_budget", "full", "no_session", "skill")),
    *("omitted.prerequisite_missing", "omitted.prerequisite_missing_other"),
    *("omitted.not_taught", "omitted.level_not_taught"),
    *("omitted.due_later", "omitted.equivalent_planned"),
    *(f"gap.{code}" for code in ("title", "nothing", "essential", "optional", "level", "more")),
    *("gap.level_missing", "gap.untaught", "gap.not_open"),
    *(f"careers.{code}" for code in ("title", "none", "out_of_reach", "hours", "ready")),
    *("careers.skills", "careers.courses"),
    *("omitted.clash", "omitted.prerequisite_late", "saved.waived", "saved.assessed"),
}
OF_OUTPUT = {
    *("path.calendar", "path.hours", "chart.title", "chart.span"),
    *(f"chart.{what}" for what in ("steps", "hours", "budget", "due", "overdue")),
    *(f"chart.{heading}" for heading in ("course", "kind", "when", "hours_spent", "why")),
    *(f"chart.{what}" for what in ("essential", "optional", "before", "after", "open", "closed")),
    *("chart.no_steps", "chart.no_gap", "chart.no_needs"),
}
EQUIVALENT = ("_named", "_until", "_named_until")


def messages(language: str) -> dict[str, str]:
    file = resources.files("hrreco.recommend.texts").joinpath(f"{language}.po")
    with file.open("rb") as opened:
        return {m.id: m.string for m in read_po(opened, abort_invalid=True) if m.id}


def places(text: str) -> list[str]:
    return sorted(name for _, name, _, _ in Formatter().parse(text) if name is not None)


def all_keys() -> set[str]:
    left_out = {code.code for code in LeftOut if code} | {SUGGESTED, BELOW_CUT, EMPTY_CATALOGUE}
    left_out |= {"taken_until", *(f"equivalent_taken{end}" for end in EQUIVALENT)}
    left_out |= {f"prerequisite_missing_{end}" for end in ("one", "many", "and_others")}
    plain = set(FEATURE_CODES.values())
    reasons = plain | {f"{code}_other" for code in plain - {"popular"}}
    reasons |= {"completed_course", "course_in_history", "role_skill", "chosen"}
    reasons |= {f"required_{rule}" for rule in get_args(Rule)}
    reasons |= {
        f"{what}_{when}" for what in ("required", "renewal") for when in ("due", "overdue")
    }
    kinds = {"kind.mandatory", "kind.elective"}
    plain_texts = {f"left_out.{c}" for c in left_out} | {f"reason.{c}" for c in reasons}
    return kinds | OF_PLANS | OF_OUTPUT | plain_texts


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_has_a_text_and_every_text_a_code(language: str) -> None:
    found = messages(language)
    assert set(found) == all_keys(), set(found) ^ all_keys()
    assert all(text.strip() == text and text for text in found.values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_places_agree_with_english(language: str) -> None:
    english = messages("en")
    for key, text in messages(language).items():
        assert places(text) == places(english[key]), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_left_out_texts_are_one_sentence(language: str) -> None:
    for key, text in messages(language).items():
        if key.startswith(("left_out.", "omitted.", "saved.")) and key != "omitted.skill":
            assert text.endswith(".") and text.count(".") == 1, key
        else:
            assert not text.endswith("."), key


def test_languages_differ() -> None:
    for key, text in messages("en").items():
        assert len({text, messages("fi")[key], messages("sv")[key]}) == 3, key


@pytest.mark.parametrize(
    ("language", "written"),
    [("en", "March 1, 2026"), ("fi", "1. maaliskuuta 2026"), ("sv", "1 mars 2026")],
)
def test_dates_are_written_out(language: Language, written: str) -> None:
    texts = texts_in(language)
    assert texts.day(date(2026, 3, 1)) == written
    assert written in texts.say("reason.required_due", required="", date=written)


def test_swedish_dates_have_their_article() -> None:
    dated = [text for text in messages("sv").values() if "{date}" in text]
    assert dated
    assert all("den {date}" in text for text in dated)


def test_places_are_filled_and_braces_in_names_kept() -> None:
    texts = texts_in("sv")
    assert texts.say("reason.completed_course", name="Å {x}") == "Du har gått kursen Å {x}"
    assert texts.kind("mandatory") == "Obligatorisk"
    assert "3" in texts.left_out("below_cut", rank=17, k=3)


def test_unknown_language() -> None:
    with pytest.raises(SettingsError, match=r"no texts in 'FI'.*did you mean 'fi'"):
        texts_in("FI")


@pytest.mark.parametrize(
    ("language", "where"), [("en", "catalogue"), ("fi", "luettelo"), ("sv", "katalog")]
)
def test_a_sensitive_course_is_where_there_is_one(language: Language, where: str) -> None:
    """In the catalogue: there is no search to find it by."""
    assert where in texts_in(language).left_out("sensitive")
    assert not [text for text in messages(language).values() if "search" in text]
