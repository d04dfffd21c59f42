"""What is measured at which size, how often, and what each library is asked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from peers.company import Size
from peers.library import OURS

SIZES = (
    Size(10_000, 2_000, 300_000),
    Size(100_000, 5_000, 3_000_000),
    Size(100_000, 20_000, 3_000_000),
)

SECONDS, PER_SECOND = "s", "employees/s"

_MODELS = {"als": "ALS", "ease": "EASE", "itemknn": "item-kNN"}
_ALL = (OURS, "implicit", "rectools", "lenskit")
_EASE_PARTS = ("ease_cholesky", "ease_inverse")
_LARGEST_EASE = 8_000
"""Courses: beyond, the inverse alone takes gigabytes, and hrreco refuses by default."""

_NOTHING = "raise RuntimeError('it cannot be asked')"
_ROUNDS = 3
_ROUNDS_OF_FITS = 5
"""More, as ALS is one engine in three libraries, and a machine is seldom as quick twice."""
_ROUNDS_OF_SHORT_FITS = 15
"""Of fewer than a million events: what takes a fraction of a second varies by a fifth."""

_ONE_AT_A_TIME = 50
_ASKED = {"lenskit": 10_000, "rectools": 30_000}
_ASKED_EASE = {"lenskit": 3_000, "rectools": 15_000}
"""The most employees asked in one measurement, of libraries that would take minutes for all."""

FORGETFUL = {
    "transitions": "transitions",
    "itemknn": "item-kNN",
    "rp3beta": "RP3beta",
    "ease": "EASE",
}
_FORGOTTEN = 9
"""Employees forgotten one by one."""

Question = dict[str, Any]


@dataclass(frozen=True)
class Measurement:
    """One row of a table.

    Attributes
    ----------
    key
        Its name in metrics.
    questions
        What is asked, by library; libraries that are not there have nothing to compare.
    limit
        Seconds after which one answer counts as failed.
    """

    key: str
    title: str
    questions: dict[str, Question]
    rounds: int
    limit: float = 300.0
    unit: str = SECONDS


@dataclass
class Blend:
    """What the blend of hrreco is made of: what its last training found."""

    recipe: dict[str, Any] | None = None
    told: str = "nothing was trained."

    def learn(self, trained: dict[str, Any]) -> None:
        """Take over what a training answered, unless it failed."""
        if "failed" in trained:
            return
        self.recipe = trained["recipe"]
        parts = trained["recipe"]["settings"].get("parts", [trained["recipe"]])
        names = ", ".join(part["name"] for part in parts)
        self.told = f"{names}. {trained['why']}"

    def question(self, size: Size) -> Question:
        """Return what asks for the blend, without parts that refuse so large a catalogue."""
        assert self.recipe is not None
        if size.courses <= _LARGEST_EASE or self.recipe["name"] != "blend":
            return {"model": "blend", "recipe": self.recipe}
        settings = self.recipe["settings"]
        parts = [part for part in settings["parts"] if part["name"] not in ("ease", "cease")]
        return {
            "model": "blend",
            "recipe": {**self.recipe, "settings": {**settings, "parts": parts}},
        }


def starting(about: dict[str, dict[str, Any]]) -> Iterator[Measurement]:
    """Yield what is measured once, of fresh interpreters; `about` is what workers said."""
    for key, title in (
        ("import", "import"),
        ("first_model", "import, and fit ALS on ten employees"),
    ):
        questions = {
            name: {"do": "start", "code": said.get(key, _NOTHING)} for name, said in about.items()
        }
        yield Measurement(key, title, questions, _ROUNDS, limit=60.0)


def measurements(size: Size, blend: Blend) -> Iterator[Measurement]:
    """Yield what is measured at a size, in order; the blend, once a training has found one."""
    large = size.employees * size.courses > 10**9
    yield Measurement("load", "reading and checking the tables", {OURS: {"do": "reload"}}, _ROUNDS)
    for model, title in _MODELS.items():
        if model != "ease" or size.courses <= _LARGEST_EASE:
            yield _fit(model, title, size)
            yield from _answers(model, title, size)
    if not large:
        yield from _forgetting(size)
        yield Measurement("train", "the whole of `train`", {OURS: {"do": "train"}}, 1, limit=900.0)
    if blend.recipe is not None:
        asked = blend.question(size)
        one, many = (_only_ours(one, asked) for one in _answers("als", "blend", size))
        yield one
        if not large:
            yield many


def _fit(model: str, title: str, size: Size) -> Measurement:
    rounds = _ROUNDS_OF_SHORT_FITS if size.events < 10**6 else _ROUNDS_OF_FITS
    questions: dict[str, Question] = {name: {"do": "fit", "model": model} for name in _ALL}
    if model == "ease":
        del questions["implicit"]
        for part in _EASE_PARTS:
            questions[part] = {"do": "fit", "model": part}
    return Measurement(f"{model}_fit", f"{title}: fit", questions, rounds)


def _forgetting(size: Size) -> Iterator[Measurement]:
    some = list(range(0, size.employees, max(1, size.employees // _FORGOTTEN)))[:_FORGOTTEN]
    for model, title in FORGETFUL.items():
        question: Question = {"do": "forget", "model": model, "employees": some}
        what = f"{title}: forgetting one employee"
        yield Measurement(f"{model}_forget", what, {OURS: question}, 1, limit=600.0)


def _answers(model: str, title: str, size: Size) -> Iterator[Measurement]:
    names = [name for name in _ALL if model != "ease" or name != "implicit"]
    most = _ASKED_EASE if model == "ease" else _ASKED
    step = max(1, size.employees // _ONE_AT_A_TIME)
    some = list(range(0, size.employees, step))
    one: dict[str, Question] = {
        name: {"do": "one", "model": model, "employees": some} for name in names
    }
    yield Measurement(f"{model}_one", f"{title}: top 10 of one employee", one, _ROUNDS)
    many: dict[str, Question] = {
        name: {
            "do": "everyone",
            "model": model,
            "employees": min(size.employees, most.get(name, size.employees)),
        }
        for name in names
    }
    yield Measurement(
        f"{model}_everyone", f"{title}: top 10 of everyone", many, _ROUNDS, unit=PER_SECOND
    )


def _only_ours(measurement: Measurement, asked: Question) -> Measurement:
    return replace(
        measurement,
        key=measurement.key.replace("als", "blend"),
        questions={OURS: {**measurement.questions[OURS], **asked}},
        limit=900.0,  # the first one fits all parts
    )
