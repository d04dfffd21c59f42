"""The catalogue of the synthetic company, and what is hidden behind it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

import numpy as np
import polars as pl
from numpy.random import Generator
from numpy.typing import NDArray

from hrreco.data.synthetic._calendar import DAY
from hrreco.data.synthetic._config import CompanyConfig
from hrreco.data.synthetic._domain import INTERESTS, Domain, Skill, StandingCourse
from hrreco.data.synthetic._titles import STEPS, Text, texts, translated

NONE = -1
"""Stands for "no such course" in arrays of positions."""

_TRANSLATED_SHARE = 0.12
_RETIRED_SHARE = 0.03
_THEME_FITS = 0.8  # how often a general course serves the interest of its own field
_LEADS_ON = 0.6  # share of courses that have a planted next step
_FORMATS = ("online", "classroom", "blended", "self-study")


@dataclass
class Draft:
    """One course while the catalogue is being made; courses are named by their position."""

    text: Text
    skills: list[tuple[str, int]]
    group: int = NONE
    step: int = NONE
    prerequisite: int = NONE
    equivalent: int = NONE
    language: str | None = None
    standing: StandingCourse | None = None
    tags: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Curriculum:
    """The courses table, and arrays by position in it.

    Attributes
    ----------
    table
        The courses table of the data contract.
    teaches
        float64 [courses x skills], in the order of the domain's skills; 1 where taught.
    level
        int [courses]: the level of the skill taught.
    group
        int [courses]: the hidden interest served, as a position in `INTERESTS`; NONE for
        standing courses.
    prerequisite, next_step
        int [courses]: positions, or NONE.
    original
        int [courses]: the course that this one translates; itself for all others.
    next_probability
        float64 [courses]: how likely the next step is taken next.
    popularity
        float64 [courses]: how often a course is chosen among equals; 0 for mandatory-for-all.
    retired_on
        datetime64[D] [courses]: the last day on which the course could be taken.
    standing
        The standing course at a position, by position.
    """

    table: pl.DataFrame
    teaches: NDArray[np.float64]
    level: NDArray[np.int64]
    group: NDArray[np.int64]
    prerequisite: NDArray[np.int64]
    original: NDArray[np.int64]
    next_step: NDArray[np.int64]
    next_probability: NDArray[np.float64]
    popularity: NDArray[np.float64]
    retired_on: NDArray[np.datetime64]
    standing: dict[int, StandingCourse]

    def __len__(self) -> int:
        return len(self.group)


def curriculum(config: CompanyConfig, domain: Domain, rng: Generator) -> Curriculum:
    """Make the catalogue and plant what is hidden behind it."""
    drafts = _drafts(config, domain, rng)
    teaches = np.zeros((len(drafts), len(domain.skills)))
    position = {skill.name: i for i, skill in enumerate(domain.skills)}
    for at, draft in enumerate(drafts):
        for skill, _ in draft.skills:
            if skill in position:
                teaches[at, position[skill]] = 1.0
    group = np.array([draft.group for draft in drafts])
    retired_on = _retired_on(config, drafts, rng)
    next_step, next_probability = _next_steps(drafts, group, rng)
    equivalent = np.array([draft.equivalent for draft in drafts])
    popularity = rng.lognormal(0.0, 0.8, len(drafts))
    popularity[[d.standing is not None and d.standing.sensitive for d in drafts]] *= 0.2
    popularity[[d.standing is not None and "*" in d.standing.rules for d in drafts]] = 0.0
    return Curriculum(
        table=_table(config, drafts, retired_on, rng),
        teaches=teaches,
        level=np.array([draft.skills[0][1] if draft.skills else 0 for draft in drafts]),
        group=group,
        prerequisite=np.array([draft.prerequisite for draft in drafts]),
        original=np.where(equivalent == NONE, np.arange(len(drafts)), equivalent),
        next_step=next_step,
        next_probability=next_probability,
        popularity=popularity,
        retired_on=retired_on,
        standing={at: d.standing for at, d in enumerate(drafts) if d.standing is not None},
    )


def _drafts(config: CompanyConfig, domain: Domain, rng: Generator) -> list[Draft]:
    drafts = [_standing_draft(course) for course in domain.standing]
    electives = config.courses - len(drafts)
    pairs = [(skill, language) for skill in domain.skills for language in skill.names]
    n_translated = min(round(_TRANSLATED_SHARE * electives), len(pairs))
    basics: dict[str, int] = {}
    last: dict[str, int] = {}
    for skill, step, text in islice(_offers(domain.skills), electives - n_translated):
        draft = Draft(text, _taught(skill, text, domain, rng), _group(skill, rng), step)
        draft.tags = [skill.field]
        if 0 < step < STEPS:
            draft.prerequisite = last[skill.name]
        elif step >= STEPS and text.level == 3:
            draft.prerequisite = basics[skill.name]
        basics.setdefault(skill.name, len(drafts))
        if step < STEPS:
            last[skill.name] = len(drafts)
        drafts.append(draft)
    offered = [pair for pair in pairs if pair[0].name in basics]
    for at in rng.permutation(len(offered))[:n_translated]:
        skill, language = offered[at]
        drafts.append(_translation(skill, language, basics[skill.name], drafts))
    return drafts


def _offers(skills: tuple[Skill, ...]) -> Iterator[tuple[Skill, int, Text]]:
    """Yield the first text of every skill, then the second of every skill, and so on."""
    supplies = [texts(skill) for skill in skills]
    for step, row in enumerate(zip(*supplies, strict=True)):
        for skill, text in zip(skills, row, strict=True):
            yield skill, step, text


def _taught(skill: Skill, text: Text, domain: Domain, rng: Generator) -> list[tuple[str, int]]:
    taught = [(skill.name, text.level)]
    siblings = [s.name for s in domain.skills if s.field == skill.field and s != skill]
    if siblings and rng.random() < 0.2:
        taught.append((siblings[rng.integers(len(siblings))], 1))
    return taught


def _group(skill: Skill, rng: Generator) -> int:
    if skill.field in INTERESTS and rng.random() < _THEME_FITS:
        return INTERESTS.index(skill.field)
    return int(rng.integers(len(INTERESTS)))


def _standing_draft(course: StandingCourse) -> Draft:
    skills = [(course.skill, course.level or 1)] if course.skill else []
    text = Text(course.title, course.description, course.level or 1)
    return Draft(
        text, skills, standing=course, tags=["mandatory"] if course.rules else ["support"]
    )


def _translation(skill: Skill, language: str, original: int, drafts: list[Draft]) -> Draft:
    draft = Draft(translated(skill, language), [(skill.name, 1)], drafts[original].group)
    draft.language, draft.equivalent, draft.tags = language, original, [skill.field]
    return draft


def _retired_on(
    config: CompanyConfig, drafts: list[Draft], rng: Generator
) -> NDArray[np.datetime64]:
    """Retire a few courses that no other course builds on."""
    never = np.datetime64(config.as_of, "D")
    retired_on = np.full(len(drafts), never)
    needed = {draft.prerequisite for draft in drafts} | {draft.equivalent for draft in drafts}
    free = [at for at, d in enumerate(drafts) if d.standing is None and at not in needed]
    chosen = rng.permutation(free)[: max(1, round(_RETIRED_SHARE * len(drafts)))]
    retired_on[chosen] = never - rng.integers(30, 30 * config.months, len(chosen)) * DAY
    return retired_on


def _next_steps(
    drafts: list[Draft], group: NDArray[np.int64], rng: Generator
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Plant what comes next: the course that builds on this one, or some other elective."""
    builds_on = {draft.prerequisite: at for at, draft in enumerate(drafts)}
    translated = np.array([draft.language is not None for draft in drafts])
    electives = np.flatnonzero((group != NONE) & ~translated)
    next_step = np.full(len(drafts), NONE)
    for at in electives[rng.random(len(electives)) < _LEADS_ON]:
        if at in builds_on and rng.random() < 0.6:
            next_step[at] = builds_on[at]
        else:
            next_step[at] = rng.choice(electives[electives != at])
    probability = np.where(next_step == NONE, 0.0, rng.uniform(0.25, 0.5, len(drafts)))
    return next_step, probability


def _table(
    config: CompanyConfig,
    drafts: list[Draft],
    retired_on: NDArray[np.datetime64],
    rng: Generator,
) -> pl.DataFrame:
    ids = [f"C{at:05d}" for at in range(1, len(drafts) + 1)]
    formats = rng.choice(_FORMATS, len(drafts), p=(0.5, 0.25, 0.15, 0.1)).tolist()
    hours = rng.choice((0.5, 1.0, 1.5, 2.0, 3.0, 6.0, 7.5, 12.0), len(drafts)).tolist()
    active = (retired_on == np.datetime64(config.as_of, "D")).tolist()
    rows = [
        {
            "course_id": course_id,
            "title": draft.text.title,
            "description": draft.text.description,
            "skills": [{"skill": skill, "level": level} for skill, level in draft.skills],
            "prerequisites": [ids[draft.prerequisite]] if draft.prerequisite != NONE else [],
            "tags": draft.tags,
            "language": draft.language,
            "format": formats[at],
            "hours": hours[at],
            "active": active[at],
            "sensitive": draft.standing is not None and draft.standing.sensitive,
            "mandatory_for": list(draft.standing.rules) if draft.standing else [],
            "due_within_days": draft.standing.due_within_days if draft.standing else None,
            "valid_for_days": draft.standing.valid_for_days if draft.standing else None,
            "equivalent_to": [ids[draft.equivalent]] if draft.equivalent != NONE else [],
            "url": f"https://learning.example/courses/{course_id}",
        }
        for at, (course_id, draft) in enumerate(zip(ids, drafts, strict=True))
    ]
    return pl.DataFrame(rows, schema=_SCHEMA)


_SCHEMA: dict[str, pl.DataType | type[pl.DataType]] = {
    "course_id": pl.String,
    "title": pl.String,
    "description": pl.String,
    "skills": pl.List(pl.Struct({"skill": pl.String, "level": pl.Int32})),
    "prerequisites": pl.List(pl.String),
    "tags": pl.List(pl.String),
    "language": pl.String,
    "format": pl.String,
    "hours": pl.Float64,
    "active": pl.Boolean,
    "sensitive": pl.Boolean,
    "mandatory_for": pl.List(pl.String),
    "due_within_days": pl.Int32,
    "valid_for_days": pl.Int32,
    "equivalent_to": pl.List(pl.String),
    "url": pl.String,
}
