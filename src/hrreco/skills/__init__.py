"""Skills: what roles need."""

from hrreco.skills.framework import RoleNeed, SkillFramework

__all__ = ["RoleNeed", "SkillFramework"]
