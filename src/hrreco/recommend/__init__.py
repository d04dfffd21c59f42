"""One employee's answer: eligibility, mandatory first, ranking, reasons and their texts."""

from hrreco.recommend.answer import Answer, Kind, Reason, Recommendation, WhyNot
from hrreco.recommend.everyone import Crowd, asked_for, suggest_to_all
from hrreco.recommend.suggester import Suggester, checked_k
from hrreco.recommend.table import table_of, with_answers
from hrreco.recommend.texts import LANGUAGES, Texts, texts_in

__all__ = [
    "LANGUAGES",
    "Answer",
    "Crowd",
    "Kind",
    "Reason",
    "Recommendation",
    "Suggester",
    "Texts",
    "WhyNot",
    "asked_for",
    "checked_k",
    "suggest_to_all",
    "table_of",
    "texts_in",
    "with_answers",
]
