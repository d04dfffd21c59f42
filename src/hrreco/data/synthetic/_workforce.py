"""The employees of the synthetic company, and their hidden interests."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.random import Generator
from numpy.typing import NDArray

from hrreco.data.synthetic._calendar import DAY, Days
from hrreco.data.synthetic._config import CompanyConfig
from hrreco.data.synthetic._domain import GRADES, INTERESTS, LOCATIONS, Domain

Ints = NDArray[np.int64]

NEW_DAYS = 90
_HIRED_PER_YEAR = 0.12
_LEFT_PER_YEAR = 0.08
_TEAM = 15  # employees to one manager
_STAFF_OF_A_LOCATION = 200  # a small company is in one place, and shares its interests
_LOCATION_LEANS, _GRADE_LEANS = 0.75, 0.12  # how often location or grade decides the interest
_LANGUAGES = ("fi", "en", "sv", "")
_FORMATS = ("online", "classroom", "online|self-study", "blended|classroom", "")
_TIMES = ("morning", "afternoon", "morning|afternoon", "evening", "")


@dataclass(frozen=True)
class Workforce:
    """The employees table, and arrays by position in it.

    Attributes
    ----------
    table
        The employees table of the data contract.
    role
        int [employees]: position in the domain's roles.
    group, second_group
        int [employees]: hidden interests, as positions in `INTERESTS`.
    language
        The language of each employee; an empty text where it is not known.
    first_day, last_day
        datetime64[D] [employees]: between which an employee's events lie.
    started_on
        datetime64[D] [employees].
    is_new
        bool [employees]: started in the last 90 days.
    """

    table: pl.DataFrame
    role: Ints
    group: Ints
    second_group: Ints
    language: NDArray[np.str_]
    started_on: Days
    first_day: Days
    last_day: Days
    is_new: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.role)

    def named_by(self, rules: tuple[str, ...]) -> NDArray[np.bool_]:
        """Return whom rules of mandatory training name: bool [employees]."""
        named = pl.Series([False]).new_from_index(0, len(self))
        for rule in rules:
            kind, _, name = rule.partition(":")
            named |= (self.table[kind] == name) if name else True
        return named.to_numpy()


def workforce(config: CompanyConfig, domain: Domain, rng: Generator) -> Workforce:
    """Hire everyone."""
    n = config.employees
    as_of = np.datetime64(config.as_of, "D")
    window = as_of - 30 * config.months * DAY
    role = _roles(n, domain, rng)
    is_new = rng.permutation(n) < round(config.new_hires * n)
    started_on = _started_on(config, window, is_new, rng)
    left_on = _left_on(config, np.maximum(started_on, window), is_new, rng)
    n_locations = min(len(LOCATIONS), 1 + n // _STAFF_OF_A_LOCATION)
    location = rng.choice(n_locations, n, p=_falling(n_locations))
    grade = rng.choice(len(GRADES), n, p=(0.12, 0.5, 0.28, 0.1))
    group = _groups(location, grade, rng)
    language = rng.choice(_LANGUAGES, n, p=(0.5, 0.3, 0.15, 0.05))
    table = pl.DataFrame(
        {
            "employee_id": [f"E{at:06d}" for at in range(1, n + 1)],
            **_posts(role, domain, started_on, left_on, rng),
            "started_on": started_on,
            "left_on": left_on,
            "language": pl.Series(language).replace("", None),
            "location": np.array(LOCATIONS)[location],
            "grade": np.array(GRADES)[grade],
            **_declared(n, rng),
        }
    )
    return Workforce(
        table=table,
        role=role,
        group=group,
        second_group=(group + rng.integers(1, len(INTERESTS), n)) % len(INTERESTS),
        language=language,
        started_on=started_on,
        first_day=np.maximum(started_on, window),
        last_day=np.where(np.isnat(left_on), as_of, left_on - DAY),
        is_new=is_new,
    )


def _posts(
    role: Ints, domain: Domain, started_on: Days, left_on: Days, rng: Generator
) -> dict[str, pl.Series]:
    """Return role, department and manager of everyone."""
    departments = np.array([domain.departments.index(r.department) for r in domain.roles])
    department = departments[role]
    manager = _managers(department, started_on, np.isnat(left_on), rng)
    ids = [f"E{at + 1:06d}" if at >= 0 else None for at in manager.tolist()]
    return {
        "role": pl.Series(np.array([r.name for r in domain.roles])[role]),
        "department": pl.Series(np.array(domain.departments)[department]),
        "manager_id": pl.Series(ids, dtype=pl.String),
    }


def _declared(n: int, rng: Generator) -> dict[str, pl.Series]:
    """Return what people say of themselves; no occupation is linked to ESCO."""
    return {
        "hours_per_month": pl.Series(rng.choice((1.0, 2.0, 3.0, 4.0, 6.0, 8.0), n)),
        "occupation_uri": pl.repeat(None, n, dtype=pl.String, eager=True),
        "preferred_formats": _choices(_FORMATS, rng, n),
        "preferred_times": _choices(_TIMES, rng, n),
    }


def _roles(n: int, domain: Domain, rng: Generator) -> Ints:
    """Give rare roles their few people, and the rest by weight, at least one each."""
    rare = [at for at, role in enumerate(domain.roles) for _ in range(role.people or 0)]
    common = [at for at, role in enumerate(domain.roles) if role.people is None]
    weight = np.array([domain.roles[at].weight for at in common])
    rest = rng.choice(common, n - len(rare) - len(common), p=weight / weight.sum())
    return rng.permutation(np.concatenate([rare, common, rest]).astype(np.int64))


def _falling(n: int) -> NDArray[np.float64]:
    weight = 1.0 / np.arange(2, n + 2)
    return np.asarray(weight / weight.sum())


def _started_on(
    config: CompanyConfig, window: np.datetime64, is_new: NDArray[np.bool_], rng: Generator
) -> Days:
    n = len(is_new)
    as_of = np.datetime64(config.as_of, "D")
    before = window - rng.integers(1, 25 * 365, n) * DAY
    within = window + rng.integers(0, 30 * config.months - NEW_DAYS, n) * DAY
    hired = rng.random(n) < min(0.5, _HIRED_PER_YEAR * config.months / 12)
    lately = as_of - rng.integers(5, NEW_DAYS, n) * DAY
    return np.where(is_new, lately, np.where(hired, within, before))


def _left_on(
    config: CompanyConfig, first_day: Days, is_new: NDArray[np.bool_], rng: Generator
) -> Days:
    n = len(is_new)
    as_of = np.datetime64(config.as_of, "D")
    days = (as_of - first_day).astype(np.int64)
    when = first_day + np.maximum(1, (rng.random(n) * days).astype(np.int64)) * DAY
    leaves = (rng.random(n) < min(0.4, _LEFT_PER_YEAR * config.months / 12)) & ~is_new
    return np.where(leaves, when, np.datetime64("NaT", "D"))


def _groups(location: Ints, grade: Ints, rng: Generator) -> Ints:
    """Plant what location and grade tell of an interest, and leave the rest to chance."""
    by_location = rng.permutation(len(INTERESTS))[: len(LOCATIONS)]
    by_grade = rng.permutation(len(INTERESTS))[: len(GRADES)]
    chance = rng.integers(len(INTERESTS), size=len(location))
    u = rng.random(len(location))
    leaning = np.where(u < _LOCATION_LEANS + _GRADE_LEANS, by_grade[grade], chance)
    return np.where(u < _LOCATION_LEANS, by_location[location], leaning)


def _managers(
    department: Ints, started_on: Days, present: NDArray[np.bool_], rng: Generator
) -> Ints:
    """Return each employee's manager: one who has been there longest; -1 for a head."""
    manager = np.full(len(department), -1)
    for here in range(department.max() + 1):
        staff = np.flatnonzero((department == here) & present)
        if not len(staff):
            continue
        staff = staff[np.argsort(started_on[staff], kind="stable")]
        leads = staff[: max(1, len(staff) // _TEAM)]
        everyone = np.flatnonzero(department == here)
        manager[everyone] = rng.choice(leads, len(everyone))
        manager[leads] = leads[0]
        manager[leads[0]] = -1
    return manager


def _choices(options: tuple[str, ...], rng: Generator, n: int) -> pl.Series:
    """Return lists of declared preferences; half of all people declare none."""
    share = np.full(len(options), 0.5 / (len(options) - 1))
    share[-1] = 0.5
    lists = [option.split("|") if option else None for option in options]
    return pl.Series(lists, dtype=pl.List(pl.String)).gather(rng.choice(len(options), n, p=share))
