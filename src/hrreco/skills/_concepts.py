"""ESCO's occupations, or its skills, by their labels."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import polars as pl

What = Literal["occupation", "skill"]

# Case, punctuation, dashes and blanks tell no two names apart; C, C++ and C# are three.
_BETWEEN_WORDS = r"[^\p{L}\p{M}\p{N}+#]+"


def keys_of(names: pl.Expr) -> pl.Expr:
    """Return texts in a form that is equal for names that differ in writing only."""
    words = names.str.normalize("NFKC").str.to_lowercase().str.replace_all(_BETWEEN_WORDS, " ")
    return words.str.strip_chars()


def keys_by_name(names: Iterable[str]) -> dict[str, str]:
    """Return each name with its key."""
    given = pl.Series("name", list(names), pl.String)
    keys = given.to_frame().select(keys_of(pl.col("name"))).to_series()
    return dict(zip(given, keys, strict=True))


@dataclass(frozen=True)
class Concepts:
    """Concepts of one kind.

    Attributes
    ----------
    rows
        One row per concept: `uri`, `label` (the preferred one), and `alternatives`, one a line.
    """

    what: What
    rows: pl.DataFrame

    @cached_property
    def labels(self) -> Mapping[str, str]:
        """The preferred label of each URI."""
        return dict(self.rows.select("uri", "label").iter_rows())

    @cached_property
    def terms(self) -> pl.DataFrame:
        """One row for each name of a concept: `uri`, `key`, and whether it is `preferred`.

        The names of a concept lie together, each key once.
        """
        alternatives = pl.col("alternatives").fill_null("").str.split("\n")
        names = pl.concat_list(pl.concat_list("label"), alternatives).alias("key")
        terms = self.rows.select("uri", "label", names).explode("key")
        return (
            terms.select("uri", keys_of(pl.col("key")), label=keys_of(pl.col("label")))
            .filter(pl.col("key") != "")
            .unique(["uri", "key"], maintain_order=True)
            .select("uri", "key", preferred=pl.col("key") == pl.col("label"))
        )

    @cached_property
    def by_label(self) -> Mapping[str, tuple[str, ...]]:
        """The URIs of the concepts with a preferred label, by its key."""
        return self._by_key(pl.col("preferred"))

    @cached_property
    def by_alternative(self) -> Mapping[str, tuple[str, ...]]:
        """The URIs of the concepts with an alternative label, by its key."""
        return self._by_key(~pl.col("preferred"))

    def _by_key(self, which: pl.Expr) -> Mapping[str, tuple[str, ...]]:
        found = self.terms.filter(which).group_by("key").agg(pl.col("uri").sort())
        return {key: tuple(uris) for key, uris in found.iter_rows()}
