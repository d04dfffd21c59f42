"""One employee's answer: eligibility, mandatory first, ranking, reasons and their texts."""

from hrreco.recommend.answer import Answer, Kind, Reason, Recommendation, WhyNot
from hrreco.recommend.suggester import Suggester
from hrreco.recommend.texts import LANGUAGES, Texts, texts_in

__all__ = [
    "LANGUAGES",
    "Answer",
    "Kind",
    "Reason",
    "Recommendation",
    "Suggester",
    "Texts",
    "WhyNot",
    "texts_in",
]
