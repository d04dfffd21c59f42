"""Which ESCO occupation a role is, and which ESCO skill a company's skill."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import polars as pl

from hrreco.data import LearningData
from hrreco.settings import AsOf
from hrreco.skills._company import held_roles, skill_names
from hrreco.skills._concepts import Concepts, keys_by_name
from hrreco.skills._likeness import likest
from hrreco.skills.esco import Esco
from hrreco.skills.findings import Finding
from hrreco.skills.mapping import SCHEMA, Kind, MatchedBy, SkillMapping

_CANDIDATES = 3
_FLOOR = 0.3
"""Texts less alike than this have next to nothing in common: see docs/skills.md."""


class Candidate(NamedTuple):
    """A concept that a name may mean.

    Attributes
    ----------
    confidence
        Of an id or a label, one in so many concepts that share it; of a text, how alike it is.
    """

    uri: str
    matched_by: MatchedBy
    confidence: float


def match_skills(data: LearningData, esco: Esco, *, as_of: AsOf = None) -> SkillMapping:
    """Match the roles that somebody holds, and the company's skills, to ESCO.

    A name is matched by its URI, else by a preferred label, else by an alternative one; case,
    punctuation and blanks do not matter. What is left, and a URI or label that several share,
    gets candidates which a person has to confirm.

    Parameters
    ----------
    as_of
        Roles are those of employees who have not left by then.
    """
    roles = held_roles(data, as_of)
    skills = {name: (name,) for name in skill_names(data)}
    rows = [
        *_rows("role", roles, candidates(esco.occupations, roles), esco.occupations),
        *_rows("skill", skills, candidates(esco.skills, skills), esco.skills),
    ]
    frame = pl.DataFrame(rows, schema=SCHEMA, orient="row")
    return SkillMapping(frame, tuple(_unknown_uris(roles, esco.occupations)))


def candidates(
    concepts: Concepts, uris: Mapping[str, Sequence[str]]
) -> dict[str, list[Candidate]]:
    """Return the concepts that each name may mean, best first; one that is certain stands alone.

    Parameters
    ----------
    uris
        The URIs that are known for each name; those that are none of `concepts` are passed over.
    """
    keys = keys_by_name(uris)
    found = {name: _exact(concepts, key, uris[name]) for name, key in keys.items()}
    left = {name: key for name, key in keys.items() if key and not found[name]}
    if left:
        likes = likest(list(left.values()), concepts.terms, _CANDIDATES, _FLOOR)
        for name, like in zip(left, likes, strict=True):
            found[name] = [Candidate(uri, "text", confidence) for uri, confidence in like]
    return found


def _exact(concepts: Concepts, key: str, uris: Sequence[str]) -> list[Candidate]:
    by_id = tuple(uri for uri in uris if uri in concepts.labels)
    ways: tuple[tuple[MatchedBy, tuple[str, ...]], ...] = (
        ("id", by_id),
        ("label", concepts.by_label.get(key, ())),
        ("alternative_label", concepts.by_alternative.get(key, ())),
    )
    for matched_by, same in ways:
        if same:
            ordered = sorted(same, key=concepts.labels.__getitem__)
            return [Candidate(uri, matched_by, 1 / len(same)) for uri in ordered]
    return []


def _rows(
    kind: Kind,
    names: Mapping[str, object],
    found: Mapping[str, Sequence[Candidate]],
    concepts: Concepts,
) -> Iterator[tuple[str | float | bool | None, ...]]:
    for name in sorted(names):
        for uri, matched_by, confidence in found[name]:
            certain = True if matched_by != "text" and len(found[name]) == 1 else None
            label = concepts.labels[uri]
            yield kind, name, uri, label, matched_by, round(confidence, 2), certain
        if not found[name]:
            yield kind, name, None, None, None, None, None


def _unknown_uris(roles: Mapping[str, Sequence[str]], occupations: Concepts) -> Iterator[Finding]:
    unknown = [
        (role, uri)
        for role, uris in roles.items()
        for uri in uris
        if uri not in occupations.labels
    ]
    for role, uri in unknown[:1]:
        yield Finding("unknown_uri", len(unknown), {"uri": repr(uri), "role": repr(role)})
