"""ESCO, the European Commission's classification of occupations and skills.

It is read from the Commission's own CSV download; nothing of it is part of hrreco.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from hrreco.data.readers import ROW
from hrreco.errors import DataError
from hrreco.skills._concepts import Concepts, What
from hrreco.skills._esco_files import find_files, read_columns, refuse_rows
from hrreco.skills.findings import Finding

if TYPE_CHECKING:
    from hrreco.skills.mapping import SkillMapping

_CONCEPT = {"uri": "conceptUri", "label": "preferredLabel", "alternatives": "altLabels"}
_RELATION = {"occupation": "occupationUri", "skill": "skillUri", "importance": "relationType"}
_IMPORTANCES = ("essential", "optional")


@dataclass(frozen=True)
class Esco:
    """The occupations, the skills, and which skills are essential or optional for which.

    Attributes
    ----------
    occupations, skills
        Each with its labels and alternative labels.
    relations
        `occupation` and `skill` (URIs) and `importance`, each pair once.
    findings
        Rows that name what the download does not hold; they are left out.
    """

    occupations: Concepts
    skills: Concepts
    relations: pl.DataFrame
    findings: tuple[Finding, ...] = ()

    @classmethod
    def read(cls, folder: str | Path) -> Esco:
        """Read ESCO's CSV download, in any one language, packed with gzip or not.

        Parameters
        ----------
        folder
            Holds ``occupations_en.csv``, ``skills_en.csv`` and ``occupationSkillRelations_en.csv``
            (or without ``_en``, as older releases call it).

        Raises
        ------
        MissingFileError, MissingColumnError
            When a file or a column is not there.
        DataError
            When a file is broken; names the file and the row.
        """
        files = find_files(Path(folder))
        occupations = _concepts(files.occupations, "occupation")
        skills = _concepts(files.skills, "skill")
        relations, findings = _relations(files.relations, occupations, skills)
        return cls(occupations, skills, relations, findings)

    def role_skills(self, mapping: SkillMapping) -> pl.DataFrame:
        """Return what the confirmed roles of a mapping need, as the table `role_skills`.

        A skill goes by the company's own name where the mapping confirms one (of several, the
        first: see `SkillMapping.synonyms`), else by ESCO's label. ESCO knows no levels.
        """
        roles = mapping.confirmed("role").select("uri", role="name")
        named = mapping.confirmed("skill").sort("name", maintain_order=True)
        names = self.skills.rows.select(skill="uri", label="label").join(
            named.unique("uri", keep="first").select(skill="uri", own="name"),
            on="skill",
            how="left",
        )
        needs = roles.join(self.relations, left_on="uri", right_on="occupation")
        return (
            needs.join(names, on="skill")
            .group_by("role", pl.coalesce("own", "label").alias("skill"))
            .agg(pl.col("importance").min())  # essential, where it is both
            .select("role", "skill", pl.lit(None, pl.Int32).alias("level"), "importance")
            .sort("role", "skill")
        )


def _concepts(path: Path, what: What) -> Concepts:
    rows = read_columns(path, _CONCEPT)
    refuse_rows(path, rows, pl.col("uri").is_null(), "has no conceptUri")
    refuse_rows(path, rows, pl.col("label").is_null(), "has no preferredLabel")
    again = ~pl.col("uri").is_first_distinct()
    refuse_rows(path, rows, again, "bears the conceptUri of another row")
    return Concepts(what, rows.drop(ROW))


def _relations(
    path: Path, occupations: Concepts, skills: Concepts
) -> tuple[pl.DataFrame, tuple[Finding, ...]]:
    rows = read_columns(path, _RELATION)
    for ours, theirs in _RELATION.items():
        refuse_rows(path, rows, pl.col(ours).is_null(), f"has no {theirs}")
    wrong = rows.filter(~pl.col("importance").is_in(_IMPORTANCES))
    for row, importance in wrong.select(ROW, "importance").head(1).iter_rows():
        raise DataError(
            f"{path.name}: row {row} has the relationType {importance!r}; it is essential or "
            "optional"
        )
    findings: list[Finding] = []
    for concepts in (occupations, skills):
        column = pl.col(concepts.what)
        known = column.is_in(concepts.rows["uri"].implode())
        findings += _unknown(path, rows.filter(~known), concepts.what)
        rows = rows.filter(known)
    if not len(rows):
        raise DataError(
            f"{path.name}: no row names an occupation and a skill that the other two files hold; "
            "use three files of one download"
        )
    pairs = rows.sort("importance").unique(["occupation", "skill"], keep="first")
    return pairs.drop(ROW).sort("occupation", "skill"), tuple(findings)


def _unknown(path: Path, rows: pl.DataFrame, what: What) -> list[Finding]:
    return [
        Finding(f"unknown_{what}", len(rows), {"file": path.name, "row": row, "uri": uri})
        for row, uri in rows.select(ROW, what).head(1).iter_rows()
    ]
