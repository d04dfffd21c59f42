"""No model, profile, path or training input can be handed what audits of fairness look at."""

from __future__ import annotations

import inspect
from dataclasses import fields
from pathlib import Path

import pytest

import hrreco
from hrreco.data import LearningData
from hrreco.models import TrainingData
from hrreco.profiles import Learners, Vocabulary

HOME = Path(hrreco.__file__).parent

NEVER = ("models", "profiles", "skills", "recommend", "paths", "advisor")
"""Folders that know nothing of such attributes."""

MATERIAL = (
    *("config", "forgetting", "history", "interactions", "material", "on_files", "recipe"),
    *("refitting", "searching", "trained", "tuning", "weights", "windows"),
)
"""What makes the inputs of fits, in training/."""

TELLING = (
    "FairnessAttributes",
    "fairness_attributes",
    "for_audit",
    "groups_of",
    "read_export",
    "evaluation.groups",
    "evaluation.fairness",
)


FILES = [
    *(file for folder in NEVER for file in sorted((HOME / folder).rglob("*.py"))),
    *(HOME / "training" / f"{name}.py" for name in MATERIAL),
]


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(HOME)))
def test_what_learns_or_serves_cannot_name_them(file: Path) -> None:
    source = file.read_text(encoding="utf-8")
    assert not [word for word in TELLING if word in source]


def test_the_words_are_those_that_name_them() -> None:
    source = (HOME / "training" / "run.py").read_text(encoding="utf-8")
    assert {"FairnessAttributes", "groups_of"} <= {word for word in TELLING if word in source}


@pytest.mark.parametrize("kind", [LearningData, TrainingData, Learners, Vocabulary])
def test_nothing_that_a_fit_is_made_of_has_a_place_for_them(kind: type) -> None:
    held = " ".join(f"{field.name}: {field.type}" for field in fields(kind))
    assert "ttribute" not in held
    assert "gender" not in held


def test_the_public_names_take_them_in_one_place() -> None:
    taking = [
        name
        for name in hrreco.__all__
        if inspect.isfunction(one := getattr(hrreco, name))
        and "FairnessAttributes" in str(inspect.signature(one))
    ]
    assert taking == ["train"]
