"""The demonstration: two made-up companies, from exports to explained suggestions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import polars as pl

from hrreco.advisor import Advisor
from hrreco.data.synthetic import CompanyConfig, company, enough_history, small_company
from hrreco.profiles import rows_of_interest
from hrreco.recommend import Answer
from hrreco.settings import AsOf, Language, Moment, Progress, Settings, parse, silent
from hrreco.workspace.ingest import Ingested
from hrreco.workspace.live import LiveData
from hrreco.workspace.train import Trained
from hrreco.workspace.workspace import Workspace

COMPANIES = {"enough-history": enough_history, "small-company": small_company}
LANGUAGES: tuple[Language, ...] = ("en", "fi")

Answers = dict[Language, Answer]
"""One employee's suggestions, by the language of their reasons."""


@dataclass(frozen=True, slots=True)
class Person:
    """One employee's suggestions by language, and those after opting out."""

    who: str
    answers: Answers
    opted_out: Answers | None = None

    def to_json(self) -> dict[str, Any]:
        """Return plain JSON values."""
        return {
            "who": self.who,
            "answers": _documents(self.answers),
            "opted_out": _documents(self.opted_out) if self.opted_out else None,
        }


@dataclass(frozen=True, slots=True)
class Shown:
    """What the demonstration did with one company."""

    name: str
    workspace: Path
    exports: Path
    as_of: AsOf
    ingested: Ingested
    trained: Trained
    people: tuple[Person, ...]

    def to_json(self) -> dict[str, Any]:
        """Return plain JSON values."""
        return {
            "company": self.name,
            "workspace": str(self.workspace),
            "exports": str(self.exports),
            "as_of": str(self.as_of),
            "quality": self.ingested.report.to_json(),
            "training": self.trained.to_json(),
            "people": [person.to_json() for person in self.people],
        }


def demo(folder: Path, *, as_of: AsOf = None, progress: Progress = silent) -> Iterator[Shown]:
    """Make each company's exports, read them in, train, and ask for suggestions.

    The workspaces stay in `folder`, to go on with, and so do their exports, in ``exports/``
    beside them: what is erased from a workspace is then in no file of it. The companies' history
    ends on the day of `as_of`, which is also "now"; a fixed day by default.

    Raises
    ------
    SettingsError
        When no company can be made that ends on that day.
    """
    for name, config in COMPANIES.items():
        made = config(dirty=True).model_copy(update={"attributes": True})
        if as_of is not None:
            day = Moment.of(as_of, Settings().timezone).today
            made = parse({**made.model_dump(), "as_of": day}, CompanyConfig, source="the demo")
        yield _show(name, folder, made, progress)


def _show(name: str, folder: Path, config: CompanyConfig, progress: Progress) -> Shown:
    as_of = config.as_of.isoformat()
    workspace = Workspace.init(folder / name)
    exports = workspace.path.parent / "exports" / name
    company(config).write(exports)
    ingested = workspace.ingest(exports, as_of=as_of, progress=progress)
    trained = workspace.train(as_of=as_of, progress=progress)
    experienced, new_hire = _two_employees(workspace, config)
    people = (
        _ask(workspace, "An experienced employee", experienced, as_of, opting_out=True),
        _ask(workspace, "A new hire", new_hire, as_of, opting_out=False),
    )
    return Shown(name, workspace.path, exports, as_of, ingested, trained, people)


def _ask(
    workspace: Workspace, who: str, employee_id: str, as_of: AsOf, *, opting_out: bool
) -> Person:
    answers = _answers(workspace.advisor(), employee_id, as_of)
    if not opting_out:
        return Person(who, answers)
    # In memory only: a demonstration must not touch what an employee has decided.
    refusing = Advisor(workspace.model(), LiveData(workspace), [employee_id])
    return Person(who, answers, _answers(refusing, employee_id, as_of))


def _answers(advisor: Advisor, employee_id: str, as_of: AsOf) -> Answers:
    return {lang: advisor.recommend(employee_id, 5, lang=lang, as_of=as_of) for lang in LANGUAGES}


def _documents(answers: Answers) -> dict[str, Any]:
    return {lang: answer.to_json() for lang, answer in answers.items()}


def _two_employees(workspace: Workspace, config: CompanyConfig) -> tuple[str, str]:
    """Return who has most events with electives, and the new hire who has fewest.

    Of equal new hires it is the one with most mandatory training behind them, so that there is
    room for something else. Neither has opted out, as somebody may have in an earlier demo.
    """
    data = workspace.data()
    employed = data.employees.filter(
        pl.col("left_on").is_null() & (pl.col("started_on") <= config.as_of),
        ~pl.col("employee_id").is_in(workspace.opt_outs.opted_out("profiling")),
    )
    events = data.events.with_row_index("event")
    elective = pl.col("event").is_in(rows_of_interest(data).implode())
    counts = (
        events.group_by("employee_id")
        .agg(elective.sum().alias("electives"), (~elective).sum().alias("mandatory"))
        .join(employed, on="employee_id")
    )
    new = pl.col("started_on") > config.as_of - timedelta(days=90)
    experienced = counts.sort("electives", "employee_id", descending=[True, False])
    hired = counts.filter(new).sort(
        "electives", "mandatory", "employee_id", descending=[False, True, False]
    )
    return experienced["employee_id"][0], hired["employee_id"][0]
