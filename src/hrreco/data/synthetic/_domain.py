"""The words of the synthetic company: roles, skills and standing courses, read from tables."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import polars as pl

from hrreco.data.synthetic._config import CompanyConfig

LOCATIONS = ("Helsinki", "Espoo", "Vantaa", "Turku", "Tampere", "Oulu", "Vaasa", "Porvoo")
GRADES = ("Trainee", "Professional", "Senior", "Lead")
INTERESTS = (
    "data",
    "leadership",
    "wellbeing",
    "communication",
    "languages",
    "sustainability",
    "digital tools",
    "projects",
    "creativity",
    "community",
)
"""The hidden interests; the fields of general skills bear the same names."""


@dataclass(frozen=True, slots=True)
class Skill:
    """A skill, what a course on it is about, and its name in Finnish and Swedish."""

    name: str
    field: str
    words: str
    names: dict[str, str]


@dataclass(frozen=True, slots=True)
class Role:
    """A role. A rare one is held by a fixed number of `people`, others by their `weight`."""

    name: str
    department: str
    fields: tuple[str, ...]
    weight: float
    people: int | None


@dataclass(frozen=True, slots=True)
class StandingCourse:
    """A course that every company of this kind has: mandatory, or sensitive, or both."""

    title: str
    description: str
    rules: tuple[str, ...] = ()
    due_within_days: int | None = None
    valid_for_days: int | None = None
    sensitive: bool = True
    skill: str | None = None
    level: int | None = None


@dataclass(frozen=True)
class Domain:
    """The roles, skills and standing courses that one company has."""

    roles: tuple[Role, ...]
    skills: tuple[Skill, ...]
    standing: tuple[StandingCourse, ...]

    @property
    def departments(self) -> tuple[str, ...]:
        """Return the departments, each once, in the order of their first role."""
        return tuple(dict.fromkeys(role.department for role in self.roles))


def domain(config: CompanyConfig) -> Domain:
    """Return as many roles and skills as `config` asks for."""
    roles = tuple(
        Role(
            name=row["role"],
            department=row["department"],
            fields=tuple(row["fields"].split("|")),
            weight=float(row["weight"] or 0),
            people=int(row["people"]) if row["people"] else None,
        )
        for row in _table("roles")[: config.roles]
    )
    return Domain(roles, _skills(roles, config.skills), _standing(roles))


def _skills(roles: tuple[Role, ...], how_many: int) -> tuple[Skill, ...]:
    """Pick skills field by field in turn, so that no field of a role stays empty."""
    own = {field for role in roles for field in role.fields}
    turns: dict[str, int] = {}
    ranked: list[tuple[bool, int, Skill]] = []
    for row in _table("skills"):
        turn = turns[row["field"]] = turns.get(row["field"], -1) + 1
        names = {language: row[language] for language in ("fi", "sv") if row[language]}
        foreign = row["field"] not in own and row["field"] not in INTERESTS
        ranked.append((foreign, turn, Skill(row["skill"], row["field"], row["words"], names)))
    ranked.sort(key=lambda entry: entry[:2])
    return tuple(skill for _, _, skill in ranked[:how_many])


def _standing(roles: tuple[Role, ...]) -> tuple[StandingCourse, ...]:
    known = (
        {"*"} | {f"role:{r.name}" for r in roles} | {f"department:{r.department}" for r in roles}
    )
    found = []
    for row in _table("mandatory"):
        rules = tuple(rule for rule in row["rules"].split("|") if rule in known)
        if rules:
            found.append(
                StandingCourse(
                    title=row["title"],
                    description=row["description"],
                    rules=rules,
                    due_within_days=int(row["due_within_days"]),
                    valid_for_days=int(row["valid_for_days"]) if row["valid_for_days"] else None,
                    sensitive=row["sensitive"] == "true",
                    skill=row["skill"] or None,
                    level=int(row["level"]) if row["level"] else None,
                )
            )
    found += [StandingCourse(r["title"], r["description"]) for r in _table("sensitive")]
    return tuple(found)


@cache
def _table(name: str) -> list[dict[str, str]]:
    content = (files(__package__) / "domain" / f"{name}.csv").read_bytes()
    frame = pl.read_csv(content, separator=";", infer_schema=False)
    return frame.fill_null("").to_dicts()
