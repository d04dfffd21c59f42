"""ESCO at full size, and the titles of an HR export."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import polars as pl
import pytest

from hrreco import Esco, LearningData, match_skills
from hrreco.skills._concepts import Concepts, keys_by_name
from hrreco.skills.matching import candidates

DATA = Path(__file__).parents[3] / "shared" / "data"
MAPPING = Path(__file__).parents[2] / "configs/mappings/hr_export.toml"

pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason=f"{DATA} is absent")


@pytest.fixture(scope="module")
def esco() -> Esco:
    return Esco.read(DATA / "esco")


def test_all_of_it_is_read(esco: Esco) -> None:
    assert (len(esco.occupations.labels), len(esco.skills.labels)) == (3_007, 13_896)
    (finding,) = esco.findings  # this release lacks an occupation that its relations name
    assert "67 rows name an occupation" in str(finding)
    assert len(esco.relations) == 123_855 - 67


@pytest.mark.parametrize("what", ["occupations", "skills"])
def test_every_preferred_label_is_its_own_concept(esco: Esco, what: str) -> None:
    concepts: Concepts = getattr(esco, what)
    found = candidates(concepts, dict.fromkeys(concepts.labels.values(), ()))
    for uri, label in concepts.labels.items():
        assert [(one.uri, one.matched_by) for one in found[label]] == [(uri, "label")]


@pytest.mark.parametrize(("what", "unique"), [("occupations", 0.94), ("skills", 0.98)])
def test_alternative_labels_lead_to_their_concept(esco: Esco, what: str, unique: float) -> None:
    """A label that one concept alone has is certain, and it is the right one.

    One that two share cannot be: both are listed for a person.

    The rest, under one in a hundred, are the very titles of other concepts, which they are.
    """
    concepts: Concepts = getattr(esco, what)
    labels = concepts.rows.select("uri", pl.col("alternatives").str.split("\n")).explode(
        "alternatives"
    )
    pairs = [(uri, label) for uri, label in labels.iter_rows() if label and label.strip()]
    found = candidates(concepts, {label: () for _, label in pairs})
    keys = keys_by_name(found)
    bearers = Counter(key for _, key in {(uri, keys[label]) for uri, label in pairs})
    alone = [(uri, label) for uri, label in pairs if bearers[keys[label]] == 1]
    right = [[one.uri for one in found[label]] == [uri] for uri, label in alone]
    assert sum(right) / len(right) > 0.98
    sure = [found[label][0].uri == uri for uri, label in pairs if len(found[label]) == 1]
    named = [uri in {one.uri for one in found[label]} for uri, label in pairs]
    assert sum(sure) / len(pairs) > unique
    assert sum(named) / len(pairs) > 0.99
    assert sum(sure) / len(sure) > 0.989
    astray = [label for (_, label), ok in zip(pairs, named, strict=True) if not ok]
    assert all(found[label][0].matched_by == "label" for label in astray)


def test_titles_of_an_export_are_matched_and_the_low_ones_left(esco: Esco) -> None:
    data = LearningData.read(DATA / "hr_export", mapping=MAPPING, as_of="2024-01-01")
    rows = match_skills(data, esco, as_of="2024-01-01").rows.filter(pl.col("kind") == "role")
    certain = dict(rows.filter("confirmed").select("name", "label").iter_rows())
    assert certain["CIO"] == "chief information officer"
    assert certain["Database Administrator"] == "database administrator"
    left = rows.filter(pl.col("confirmed").is_null(), pl.col("matched_by") == "text")
    assert left.filter(name="Sr. DBA")["label"].to_list()[0] == "database administrator"
    assert left.filter(name="BI Developer")["confidence"].max() <= 0.6
    assert left["confidence"].is_between(0.3, 1).all()
