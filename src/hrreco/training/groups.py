"""The groups that an audit of fairness compares. No fit is handed any of this."""

from __future__ import annotations

import numpy as np

from hrreco.data import FairnessAttributes, LearningData
from hrreco.data.languages import primary_subtag
from hrreco.evaluation import Groups
from hrreco.privacy import for_audit
from hrreco.profiles import Vocabulary


def groups_of(
    attributes: FairnessAttributes | None, data: LearningData, vocabulary: Vocabulary
) -> Groups | None:
    """Return the groups of the employees of `data`, and what their suggestions are worth.

    None where no attribute of anybody is known.
    """
    audited = for_audit(attributes, data) if attributes is not None else {}
    if not audited:
        return None
    catalogue = data.catalogue
    here = [catalogue.position[course_id] for course_id in vocabulary.courses]
    held_in = [primary_subtag(catalogue.languages[at]) for at in here]
    spoken = [primary_subtag(tag) for tag in data.employees["language"]]
    languages = sorted({*spoken})
    understood = [[not (own and of) or own == of for of in held_in] for own in languages]
    can_take = np.array(understood, dtype=bool).reshape(len(languages), len(here))
    hours = catalogue.hours[here]
    return Groups(
        values={attribute: one.values for attribute, one in audited.items()},
        member={attribute: one.member for attribute, one in audited.items()},
        language=np.searchsorted(languages, spoken).astype(np.intp),
        open_to=can_take & catalogue.active[here],
        hours=np.where(np.isnan(hours), data.settings.paths.course_hours, hours),
    )
