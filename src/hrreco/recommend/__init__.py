"""One employee's answer: eligibility, mandatory first, ranking, reasons and their texts."""

from hrreco.recommend.answer import Answer, Kind, Reason, Recommendation, WhyNot
from hrreco.recommend.codes import Codes, LeftOut
from hrreco.recommend.everyone import Crowd, asked_for, suggest_to_all
from hrreco.recommend.mandatory import Duties, Duty
from hrreco.recommend.ranking import Elective
from hrreco.recommend.reasons import of_choice, of_duty
from hrreco.recommend.suggester import Judged, Suggester, checked_k
from hrreco.recommend.table import by_employee, table_of, table_of_answers, with_answers
from hrreco.recommend.taken import Taken
from hrreco.recommend.texts import texts_in

__all__ = [
    "Answer",
    "Codes",
    "Crowd",
    "Duties",
    "Duty",
    "Elective",
    "Judged",
    "Kind",
    "LeftOut",
    "Reason",
    "Recommendation",
    "Suggester",
    "Taken",
    "WhyNot",
    "asked_for",
    "by_employee",
    "checked_k",
    "of_choice",
    "of_duty",
    "suggest_to_all",
    "table_of",
    "table_of_answers",
    "texts_in",
    "with_answers",
]
