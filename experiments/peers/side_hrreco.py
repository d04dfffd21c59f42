"""hrreco's side: from checked tables to a model, to answers with reasons."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import polars as pl

from hrreco import Advisor, LearningData, Recipe, TrainedModel, refit, train
from peers.company import AS_OF, employee_ids
from peers.settings import ALPHA, FACTORS, NEIGHBOURS, RIDGE_EASE, ROUNDS

DISTRIBUTIONS = ("hrreco", "implicit", "numpy", "scipy", "polars")
IMPORTS = "import hrreco"
FIRST_MODEL = """
import polars as pl
from hrreco import LearningData, Recipe, refit
people = [f"E{i}" for i in range(10)]
taken = {"employee_id": people * 5, "course_id": [f"C{i % 9}" for i in range(50)]}
refit(
    Recipe(name="als", settings={"factors": 4}),
    LearningData.from_frames(
        employees=pl.DataFrame({"employee_id": people, "role": "Nurse"}),
        courses=pl.DataFrame({"course_id": [f"C{i}" for i in range(9)], "title": "Hygiene"}),
        events=pl.DataFrame({**taken, "kind": "completed", "occurred_at": "2024-05-01"}),
    ),
)
"""

_TABLES = ("employees", "courses", "events", "role_skills")

_SETTINGS: dict[str, dict[str, Any]] = {
    "als": {"factors": FACTORS, "rounds": ROUNDS, "alpha": ALPHA},
    "ease": {"regularisation": RIDGE_EASE, "dropout": 0.0},
    "itemknn": {"similarity": "cosine", "neighbours": NEIGHBOURS},
    "rp3beta": {},
    "transitions": {},
}


class Side:
    """hrreco on one company."""

    def load(self, folder: Path) -> None:
        """Read and check the tables."""
        frames = {name: pl.read_parquet(folder / f"{name}.parquet") for name in _TABLES}
        self._data = LearningData.from_frames(**frames, as_of=AS_OF)
        self._ids = employee_ids(len(self._data.employees))

    def fit(self, model: str, recipe: dict[str, Any] | None = None) -> TrainedModel:
        """Fit one model on the tables; `recipe` says what a blend is made of."""
        made = recipe or {"name": model, "settings": _SETTINGS[model]}
        return refit(Recipe(**made), self._data, as_of=AS_OF)

    def train(self) -> dict[str, Any]:
        """Train as `hrreco train` does; return what the blend was made of, and who won."""
        report = train(self._data, as_of=AS_OF).report
        best = report.challenger or report.winner
        return {"recipe": best.model_dump(mode="json"), "why": report.why}

    def ready(self, model: TrainedModel) -> Advisor:
        """Return what answers."""
        return Advisor(model, self._data)

    def one(self, advisor: Advisor, employee: int) -> int:
        """Answer one employee, with eligibility and reasons; return how many courses there are."""
        return len(advisor.recommend(self._ids[employee], k=10, as_of=AS_OF))

    def everyone(self, advisor: Advisor, employees: Sequence[int]) -> int:
        """Answer many employees; return how many courses there are in all."""
        asked = [self._ids[employee] for employee in employees]
        answers = advisor.recommend_all(k=10, employee_ids=asked, as_of=AS_OF)
        return int(answers["course_id"].count())

    def forget(self, model: TrainedModel, employees: Sequence[int]) -> Iterator[float]:
        """Take employees out of a model, one after the other; yield the seconds of each.

        They are those of the part that forgets exactly; the rules beside it are fitted again.
        """
        left = self._data
        for employee in employees:
            forgotten = model.forget([self._ids[employee]], left)
            model, left = forgotten.model, forgotten.data
            yield next(part.seconds for part in forgotten.parts if part.exact)
