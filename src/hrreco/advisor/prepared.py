"""One model over one catalogue, ready to be asked."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import polars as pl

from hrreco.advisor.company import CompanyData
from hrreco.data import Catalogue
from hrreco.paths import Offers
from hrreco.privacy import Rulings, Served
from hrreco.recommend import Suggester
from hrreco.settings import Settings
from hrreco.skills import SkillFramework
from hrreco.training import TrainedModel


@dataclass(frozen=True, eq=False)
class Prepared:
    """What answers are looked up in; nothing of it depends on who asks.

    Attributes
    ----------
    personal, rules
        What suggests to those who may be profiled, and to all others.
    """

    model: TrainedModel
    catalogue: Catalogue
    framework: SkillFramework
    personal: Suggester
    rules: Suggester
    settings: Settings
    role_skills: pl.DataFrame
    sessions: pl.DataFrame

    @classmethod
    def of(cls, model: TrainedModel, catalogue: Catalogue, data: CompanyData) -> Prepared:
        """Prepare a model and a catalogue of the company."""
        role_skills = data.role_skills
        return cls(
            model,
            catalogue,
            SkillFramework.of(role_skills),
            personal=Suggester(model.recommender, catalogue, data.settings),
            rules=Suggester(model.rules, catalogue, data.settings),
            settings=data.settings,
            role_skills=role_skills,
            sessions=data.sessions,
        )

    def suggester(self, served: Served, rulings: Rulings) -> Suggester:
        """Return what suggests to an employee, under what people decided."""
        return (self.personal if served.personal else self.rules).under(rulings)

    @cached_property
    def offers(self) -> Offers:
        """What plans ask of the courses; only who asks for one waits for it."""
        return Offers.of(self.catalogue, self.sessions, self.settings)
