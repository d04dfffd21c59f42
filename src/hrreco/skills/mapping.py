"""The company's own names beside those of ESCO, as a file that people edit."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal, get_args

import polars as pl

from hrreco.settings import write_whole
from hrreco.skills.findings import Finding

if TYPE_CHECKING:
    from hrreco.data import LearningData
    from hrreco.skills.esco import Esco

Kind = Literal["role", "skill"]
MatchedBy = Literal["id", "label", "alternative_label", "text", "hand"]

_TO_CONFIRM = "to_confirm"

SCHEMA = pl.Schema(
    {
        "kind": pl.String(),
        "name": pl.String(),
        "uri": pl.String(),
        "label": pl.String(),
        "matched_by": pl.String(),
        "confidence": pl.Float64(),
        "confirmed": pl.Boolean(),
    }
)
"""The columns of the file; `confirmed` is ``yes``, ``no`` or empty there."""


@dataclass(frozen=True)
class SkillMapping:
    """Which occupation each role is, and which ESCO skill each skill of the company.

    Attributes
    ----------
    rows
        One row per candidate, the best of a name first: `kind` (role or skill), `name`, `uri` and
        `label` of ESCO, `matched_by` (id, label, alternative_label, text or hand), `confidence`
        (0 to 1), and `confirmed` (null where nobody has decided). A name without a candidate has
        one row without a URI.
    findings
        What of the company's data could not be used for matching.
    """

    rows: pl.DataFrame
    findings: tuple[Finding, ...] = ()

    @classmethod
    def read(cls, path: str | Path, data: LearningData, esco: Esco) -> SkillMapping:
        """Read a file that `write` has written, and a person may have edited.

        Parameters
        ----------
        data, esco
            What the names and the URIs must be of.

        Raises
        ------
        MissingFileError, MissingColumnError
            When there is no such file, or it lacks a column.
        DataError, UnknownIdError
            When a row cannot be used; names the file and the row.
        """
        from hrreco.skills._mapping_file import read_rows

        return cls(read_rows(Path(path), data, esco))

    def write(self, path: str | Path) -> None:
        """Write the mapping as CSV, in a form that Excel opens as UTF-8."""
        words = pl.col("confirmed").replace_strict({True: "yes", False: "no"}, default=None)
        write_whole(Path(path), self.rows.with_columns(words).write_csv(include_bom=True))

    def confirmed(self, kind: Kind) -> pl.DataFrame:
        """Return the rows of one kind that count."""
        return self.rows.filter(pl.col("kind") == kind, pl.col("confirmed"))

    def synonyms(self) -> dict[str, list[str]]:
        """Return, by ESCO's label, the company's names that are confirmed as one skill.

        Of these, roles need the first; the others look like other skills.
        """
        names = self.confirmed("skill").group_by("label").agg(pl.col("name").sort())
        return dict(names.filter(pl.col("name").list.len() > 1).sort("label").iter_rows())

    def updated(self, proposal: SkillMapping) -> SkillMapping:
        """Return a proposal, but for the names of which this mapping has a yes or a no."""
        name = ["kind", "name"]
        decided = self.rows.filter(pl.col("confirmed").is_not_null())
        kept = self.rows.join(decided, on=name, how="semi")
        new = proposal.rows.join(decided, on=name, how="anti")
        rows = pl.concat([kept, new]).sort(name, maintain_order=True)
        return SkillMapping(rows, proposal.findings)

    def counts(self) -> dict[Kind, dict[str, int]]:
        """Return how many names of each kind are settled in which way.

        By `matched_by` where a candidate is confirmed, else ``to_confirm`` where somebody has to
        decide, else ``none``.
        """
        ways = (*get_args(MatchedBy), _TO_CONFIRM, "none")
        found = Counter(self._settled().select("kind", "way").iter_rows())
        return {kind: {way: found[kind, way] for way in ways} for kind in get_args(Kind)}

    def to_confirm(self, kind: Kind) -> tuple[str, ...]:
        """Return the names of which somebody has to decide which candidate they are, if any."""
        left = self._settled().filter(pl.col("kind") == kind, pl.col("way") == _TO_CONFIRM)
        return tuple(left["name"])

    def _settled(self) -> pl.DataFrame:
        """Return, for each name, the way in which it is settled."""
        undecided = pl.col("uri").is_not_null() & pl.col("confirmed").is_null()
        confirmed = pl.col("matched_by").filter(pl.col("confirmed")).first()
        left = pl.when(undecided.any()).then(pl.lit(_TO_CONFIRM)).otherwise(pl.lit("none"))
        names = self.rows.group_by("kind", "name", maintain_order=True)
        return names.agg(confirmed.fill_null(left).alias("way"))
