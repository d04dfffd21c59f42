"""Every code has a text in every language, with the same places to fill."""

from __future__ import annotations

from typing import get_args

import pytest

from hrreco.paths import Obstacle
from hrreco.recommend.codes import BELOW_CUT, EMPTY_CATALOGUE, SUGGESTED, LeftOut
from hrreco.recommend.mandatory import Rule
from hrreco.recommend.reasons import FEATURE_CODES
from hrreco.recommend.texts import texts_in
from hrreco.settings import LANGUAGES, Language
from tests.settings.catalogues import check_catalogue, check_languages_differ, messages

PACKAGE = "hrreco.recommend.texts"

OF_PLANS = {
    *(f"step.{code}" for code in ("late", "no_session", "core", "suits", "format")),
    *("step.prerequisite", "step.prerequisite_other", "step.closes_own", "step.closes_target"),
    *(f"omitted.{code}" for code in set(Obstacle) - {code.code for code in LeftOut}),
    *("omitted.prerequisite_missing", "omitted.prerequisite_missing_other", "omitted.skill"),
    *(
        "saved.waived",
        "saved.assessed",
        "note.left_company",
        "note.before_hiring_path",
        "note.before_hiring_onboarding",
    ),
}
OF_OUTPUT = {
    *("path.calendar", "path.hours", "chart.title", "chart.span"),
    *(f"chart.{what}" for what in ("steps", "hours", "budget", "due", "overdue")),
    *(f"chart.{heading}" for heading in ("course", "kind", "when", "hours_spent", "why")),
    *(f"chart.{what}" for what in ("essential", "optional", "before", "after", "open", "closed")),
    *("chart.no_steps", "chart.no_gap", "chart.no_needs"),
}
EQUIVALENT = ("_named", "_until", "_named_until")


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


def test_every_code_has_a_text_and_every_text_a_code() -> None:
    check_catalogue(PACKAGE, all_keys())


@pytest.mark.parametrize("language", LANGUAGES)
def test_left_out_texts_are_one_sentence(language: str) -> None:
    of_sentences = ("left_out.", "omitted.", "saved.", "note.")
    for key, forms in messages(PACKAGE, language).items():
        if key.startswith(of_sentences) and key != "omitted.skill":
            assert all(text.endswith(".") and text.count(".") == 1 for text in forms), key
        else:
            assert not forms[0].endswith("."), key


def test_languages_differ() -> None:
    check_languages_differ(PACKAGE)


def test_swedish_dates_have_their_article() -> None:
    texts = [forms[0] for forms in messages(PACKAGE, "sv").values()]
    for day in ("date", "hired"):
        dated = [text for text in texts if f"{{{day}}}" in text]
        assert dated
        assert all(f"den {{{day}}}" in text for text in dated)


def test_places_are_filled_and_braces_in_names_kept() -> None:
    texts = texts_in("sv")
    assert texts.say("reason.completed_course", name="Å {x}") == "Du har gått kursen Å {x}"
    assert texts.kind("mandatory") == "Obligatorisk"
    assert "3" in texts.left_out("below_cut", 3, rank=17)


@pytest.mark.parametrize(
    ("language", "where"), [("en", "catalogue"), ("fi", "luettelo"), ("sv", "katalog")]
)
def test_a_sensitive_course_is_where_there_is_one(language: Language, where: str) -> None:
    """In the catalogue: there is no search to find it by."""
    assert where in texts_in(language).left_out("sensitive")
    assert not [forms for forms in messages(PACKAGE, language).values() if "search" in forms[0]]
