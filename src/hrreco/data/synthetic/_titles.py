"""Titles and descriptions of elective courses, in the words of the skill they teach."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from hrreco.data.synthetic._domain import Skill

AUDIENCES = (
    "new employees",
    "team leads",
    "shift work",
    "remote work",
    "small units",
    "project teams",
    "client meetings",
    "multilingual teams",
    "supervisors",
    "summer workers",
    "substitutes",
    "night shifts",
    "self-study groups",
    "experienced staff",
    "workplace instructors",
    "public services",
)
_STEPS = (
    ("{S} basics", 1, "Start here. You learn the basics of {s}: {words}."),
    ("{S} in practice", 2, "Exercises from everyday work in {s}: {words}."),
    ("Advanced {s}", 3, "Demanding cases and new guidance in {s}. Themes: {words}."),
)
_FORMS = (
    ("{S}: hands-on workshop", 2, "A day of exercises in small groups on {words}."),
    ("{S} refresher", 1, "A short review of {s} for those who have been away: {words}."),
    ("{S}: case clinic", 3, "Bring a case of your own from {s}. We look at {words} together."),
    ("Mentoring colleagues in {s}", 3, "Teach what you know of {s}: {words}."),
    ("{S}: questions and answers", 2, "An expert answers questions on {words}."),
)
_TRANSLATED = {
    "fi": ("{S}: perusteet", "Kurssilla opit perusasiat ja harjoittelet arjen esimerkeillä: {S}."),
    "sv": ("{S}: grunder", "Kursen ger grunderna med övningar ur vardagen: {S}."),
}
STEPS = len(_STEPS)


@dataclass(frozen=True, slots=True)
class Text:
    """The title, the description and the level of one course."""

    title: str
    description: str
    level: int


def texts(skill: Skill) -> Iterator[Text]:
    """Yield different texts on one skill: first its three steps, then other forms."""
    for title, level, description in _STEPS:
        yield _filled(skill, title, level, description)
    for at in range(len(AUDIENCES)):
        if at < len(_FORMS):
            yield _filled(skill, *_FORMS[at])
        yield _for(skill, AUDIENCES[at])
    for audience in AUDIENCES:
        for title, level, description in _FORMS:
            text = _filled(skill, title, level, description)
            yield Text(
                f"{text.title}, for {audience}", f"{text.description} For {audience}.", level
            )


def translated(skill: Skill, language: str) -> Text:
    """Return the basics of a skill in another language than English."""
    title, description = _TRANSLATED[language]
    name = skill.names[language]
    return Text(title.format(S=name), description.format(S=name), 1)


def _for(skill: Skill, audience: str) -> Text:
    description = "{S} from the point of view of " + audience + ": {words}."
    return _filled(skill, "{S} for " + audience, 2, description)


def _filled(skill: Skill, title: str, level: int, description: str) -> Text:
    name = skill.name
    words = {"s": name, "S": name[0].upper() + name[1:], "words": skill.words}
    return Text(title.format(**words), description.format(**words), level)
