"""Skills: what roles need, by the company's own tables or by ESCO."""

from hrreco.skills._company import held_roles
from hrreco.skills.coverage import Coverage, Uncovered
from hrreco.skills.esco import Esco
from hrreco.skills.findings import Finding
from hrreco.skills.framework import RoleNeed, SkillFramework
from hrreco.skills.mapping import SkillMapping
from hrreco.skills.matching import match_skills

__all__ = [
    "Coverage",
    "Esco",
    "Finding",
    "RoleNeed",
    "SkillFramework",
    "SkillMapping",
    "Uncovered",
    "held_roles",
    "match_skills",
]
