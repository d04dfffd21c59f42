"""What roles need by ESCO, and which of it the catalogue does not teach."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

from hrreco.data import LearningData
from hrreco.errors import DataError
from hrreco.settings import AsOf, Language, Progress, silent
from hrreco.skills import (
    Coverage,
    Esco,
    Finding,
    SkillFramework,
    SkillMapping,
    held_roles,
    match_skills,
)
from hrreco.store import MergeCounts

if TYPE_CHECKING:
    from hrreco.workspace.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Matched:
    """What was written for a person to confirm.

    Attributes
    ----------
    findings
        What of ESCO's files and of the company's data could not be used, in the language that was
        asked for.
    """

    file: Path
    mapping: SkillMapping
    findings: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """Return plain JSON values."""
        return {
            "file": str(self.file),
            "names": self.mapping.counts(),
            "findings": list(self.findings),
        }


@dataclass(frozen=True, slots=True)
class RoleByEsco:
    """Which occupation a role is, and how many skills it needs by that."""

    occupation: str
    essential: int
    optional: int


@dataclass(frozen=True, slots=True)
class Applied:
    """What a mapping has changed.

    Attributes
    ----------
    roles
        The roles that need now what ESCO says.
    own
        Confirmed roles that have needs of their own, which are left as they are.
    to_confirm
        Roles that nobody has decided about.
    synonyms
        See `SkillMapping.synonyms`.
    counts
        What became of the needs that ESCO gave to roles.
    """

    roles: Mapping[str, RoleByEsco]
    own: tuple[str, ...]
    to_confirm: tuple[str, ...]
    synonyms: Mapping[str, list[str]]
    counts: MergeCounts
    findings: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """Return plain JSON values."""
        return asdict(self)


def match_to_esco(
    workspace: Workspace,
    esco_folder: Path,
    file: Path,
    *,
    update: bool = False,
    lang: Language | None = None,
    as_of: AsOf = None,
    progress: Progress = silent,
) -> Matched:
    """Write a mapping file that proposes an occupation for each role, and a skill for each skill.

    Parameters
    ----------
    update
        The file is there: keep what people have decided in it.
    lang
        The language of what is told; the company's own when not given.

    Raises
    ------
    DataError
        When the file is there and is not to be updated, or ESCO's files cannot be used.
    """
    if file.exists() and not update:
        raise DataError(
            f"{file} is there already, and may hold what people have decided; keep that with "
            "--update, or name another file with --out"
        )
    progress("read ESCO", 0, 2)
    esco = Esco.read(esco_folder)
    data = _own_data(workspace)
    progress("match", 1, 2)
    mapping = match_skills(data, esco, as_of=as_of)
    if file.exists():
        mapping = SkillMapping.read(file, data, esco).updated(mapping)
    mapping.write(file)
    findings = _told(esco.findings + mapping.findings, lang, workspace)
    return Matched(file, mapping, findings)


def apply_esco(
    workspace: Workspace,
    file: Path,
    esco_folder: Path,
    *,
    lang: Language | None = None,
    progress: Progress = silent,
) -> Applied:
    """Let the confirmed roles of a mapping need what ESCO says, and no others.

    What an earlier mapping gave to a role is taken back where this one does not confirm it.

    Parameters
    ----------
    lang
        The language of what is told; the company's own when not given.

    Raises
    ------
    DataError, UnknownIdError
        When the mapping or ESCO's files cannot be used. Nothing is changed.
    """
    progress("read ESCO", 0, 2)
    esco = Esco.read(esco_folder)
    with workspace.lock("ingest"):
        data = _own_data(workspace)
        mapping = SkillMapping.read(file, data, esco)
        progress("store what roles need", 1, 2)
        own = set(data.role_skills["role"])
        needs = esco.role_skills(mapping).filter(~pl.col("role").is_in(sorted(own)))
        result = workspace.store.replace_esco_needs(needs)
    occupations = dict(mapping.confirmed("role").select("name", "label").iter_rows())
    return Applied(
        roles={
            role: _by_esco(occupation, needs.filter(pl.col("role") == role)["importance"])
            for role, occupation in occupations.items()
            if role not in own
        },
        own=tuple(role for role in occupations if role in own),
        to_confirm=mapping.to_confirm("role"),
        synonyms=mapping.synonyms(),
        counts=result.counts["role_skills"],
        findings=_told(esco.findings, lang, workspace),
    )


def _by_esco(occupation: str, importance: pl.Series) -> RoleByEsco:
    essential = importance.to_list().count("essential")
    return RoleByEsco(occupation, essential, len(importance) - essential)


def skill_coverage(workspace: Workspace, *, as_of: AsOf = None) -> Coverage:
    """Return which skills that roles need no course of the catalogue teaches.

    Roles are those of employees who have not left by `as_of`.
    """
    data = workspace.data()
    return Coverage.of(
        SkillFramework.of(data.role_skills), held_roles(data, as_of), data.catalogue
    )


def _told(
    findings: Iterable[Finding], lang: Language | None, workspace: Workspace
) -> tuple[str, ...]:
    return tuple(finding.told(lang or workspace.settings.language) for finding in findings)


def _own_data(workspace: Workspace) -> LearningData:
    """Return the company's data without what an earlier mapping has added."""
    return replace(workspace.data(), role_skills=workspace.store.own_role_skills())
