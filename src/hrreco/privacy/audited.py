"""The one door that attributes for audits of fairness pass on their way to an audit."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray

from hrreco.data.attributes import FairnessAttributes
from hrreco.data.learning_data import LearningData


class Audited(NamedTuple):
    """One attribute, as an audit may see it.

    Attributes
    ----------
    values
        The name of each group, also of those that nobody who may be looked at is in: so no group
        comes or goes with one person's opting out.
    member
        intp, by the rows of the employees table: the position of the group; -1: not known.
    """

    values: tuple[str, ...]
    member: NDArray[np.intp]


def for_audit(attributes: FairnessAttributes, data: LearningData) -> dict[str, Audited]:
    """Return the groups that the employees of `data` are in, by attribute.

    Parameters
    ----------
    data
        What `for_training` gave: whoever opted out of training is in no audit either.
    """
    people = data.employees.select("employee_id")
    found = {}
    for (attribute,), rows in attributes.rows.sort("attribute").group_by(
        "attribute", maintain_order=True
    ):
        values = rows["value"].unique().sort().to_list()
        position = dict(zip(values, range(len(values)), strict=True))
        own = people.join(rows, on="employee_id", how="left", maintain_order="left")
        member = own["value"].replace_strict(position, default=-1, return_dtype=pl.Int64)
        found[str(attribute)] = Audited(tuple(values), member.to_numpy().astype(np.intp))
    return found
