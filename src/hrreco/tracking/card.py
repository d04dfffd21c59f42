"""The model card: what a model is, what it was learned from, how good it is, and its limits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from hrreco.tracking.runs import Metric


class Standing(NamedTuple):
    """How one recipe did in one window: its measure, and that less the rules' own."""

    recipe: str
    window: str
    measure: Metric
    against_rules: Metric | None


@dataclass(frozen=True)
class CardFacts:
    """The plain facts of a model card.

    Attributes
    ----------
    recipe
        The name of the recipe that won.
    challenger
        The name of the best learned recipe that lost, if one did.
    people, courses, events
        Counts of what was learned from; people and events rounded down, and None where
        they would stand for too few people.
    windows
        The day on which each window begins and that before which it ends, by what it was for;
        None where it is open.
    metric
        The name of the measure that the models are compared by.
    compared
        How each recipe did in each window, the rules among them.
    verdict, reason
        What the gate decided, and why.
    trust
        What audits found of the model, Markdown by title of the section.
    """

    recipe: str
    challenger: str | None
    people: int | None
    courses: int | None
    events: int | None
    windows: Mapping[str, tuple[date | None, date | None]]
    metric: str
    compared: tuple[Standing, ...]
    verdict: str
    reason: str
    trust: Mapping[str, str] = field(default_factory=dict)


_WHAT_IT_IS = """\
Suggests courses to employees from the courses they completed, their role and what the courses
are about. hrreco suggests; people decide."""

_LIMITS = """\
- It knows the courses, roles and dates it was trained on; newer ones need a new training.
- The numbers are from past behaviour: they say how well it foresees what people took, not how
  much they learned.
- Mandatory training is left out of learning and of the numbers.
- It holds no identifier of a person. Its counts are still derived from people: it is not
  anonymous data."""

_NOT_FOR = """\
- It does not rank, score or compare people.
- It does not decide who may take a course, and is no ground for a decision about employment.
- It does not use health, family, origin, age, gender, pay or performance. Age and gender may be
  known to the audit of fairness alone."""

_OPT_OUTS = """\
Whoever had opted out of training by then is absent from the data of this model. Whoever opts
out of profiling still gets mandatory training and the role's standard path."""


def model_card(facts: CardFacts) -> str:
    """Return the card as Markdown, one short section for each question."""
    sections = {
        "What it is": f"{_WHAT_IT_IS}\n\n{_recipe(facts)}",
        "Data": _data(facts),
        "Windows": _windows(facts),
        "Models compared": _compared(facts),
        "Verdict": f"**{facts.verdict}**: {facts.reason}",
        **facts.trust,
        "Limits": _LIMITS,
        "What it does not do": _NOT_FOR,
        "Opt-outs": _OPT_OUTS,
    }
    body = "\n\n".join(f"## {title}\n{text}" for title, text in sections.items())
    return f"# hrreco model card\n\n{body}\n"


def forgetting_card(before: str, exact: Mapping[str, bool]) -> str:
    """Return the card of a model that people were taken out of.

    Parameters
    ----------
    before
        What it was made from, such as ``version 3``.
    exact
        By model that it is made of: whether they were taken out exactly, or it was fitted again.
    """
    how = "\n".join(
        f"- {model}: {'taken out exactly' if kept else 'fitted again without them'}"
        for model, kept in exact.items()
    )
    text = f"This is {before} with people forgotten; its card holds what was compared.\n\n{how}"
    sections = {"What it is": _WHAT_IT_IS, "Forgetting": text, "Limits": _LIMITS}
    body = "\n\n".join(f"## {title}\n{text}" for title, text in sections.items())
    return f"# hrreco model card\n\n{body}\n"


def _recipe(facts: CardFacts) -> str:
    rival = f" Kept as its challenger: {facts.challenger}." if facts.challenger else ""
    return f"Recipe: {facts.recipe}.{rival}"


def _data(facts: CardFacts) -> str:
    if facts.people is None:
        return f"Too few people to tell of; {facts.courses} courses."
    counted = f"At least {facts.people} people, {facts.courses} courses"
    return f"{counted}, at least {facts.events or 0} events."


def _windows(facts: CardFacts) -> str:
    lines = (
        f"- {what}: {f'from {first} ' if first else ''}{f'until {end}' if end else ''}".rstrip()
        for what, (first, end) in facts.windows.items()
    )
    return "\n".join(lines)


def _compared(facts: CardFacts) -> str:
    rows = (
        f"| {one.window} | {one.recipe} | {_interval(one.measure, '')} | "
        f"{_interval(one.against_rules, '+') if one.against_rules else ''} |"
        for one in facts.compared
    )
    head = f"| window | model | {facts.metric} | against the rules |"
    return "\n".join((head, "| --- | --- | --- | --- |", *rows))


def _interval(metric: Metric, sign: str) -> str:
    if metric.low is None or metric.high is None:
        return f"{metric.value:{sign}.3f}"
    return f"{metric.value:{sign}.3f} ({metric.low:{sign}.3f} to {metric.high:{sign}.3f})"
