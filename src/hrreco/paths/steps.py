"""The steps of a filled agenda, each with its reasons."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from hrreco.paths.agenda import Placement
from hrreco.paths.duties import Fulfilled
from hrreco.paths.path import Step, StepReason
from hrreco.paths.planner import Asker, Planned
from hrreco.recommend import Kind, of_duty
from hrreco.skills import RoleNeed


class Steps:
    """Turns placements into steps, for one employee and one target role.

    Parameters
    ----------
    notes
        What else there is to say of a course, by position.
    """

    def __init__(
        self,
        asker: Asker,
        planned: Planned,
        role: str,
        gap: Sequence[RoleNeed],
        notes: Mapping[int, StepReason] | None = None,
    ) -> None:
        chosen = StepReason("chosen", asker.texts.say("reason.chosen"))
        self._notes = {**dict.fromkeys(asker.chosen, chosen), **(notes or {})}
        self._asker = asker
        self._planned = planned
        self._role = role
        self._catalogue = asker.offers.catalogue
        self._texts = asker.texts
        self._start = planned.obligations.agenda.periods[0].first
        end = planned.obligations.agenda.periods[-1].last
        placements = [*(one.placement for one in planned.obligations.fulfilled), *planned.chosen]
        in_time = [placement for placement in placements if placement.ends_on <= end]
        self._closes = _first_to_close(in_time, gap, asker)
        self._suits = _suiting(asker, planned)

    def all(self) -> tuple[Step, ...]:
        """Return all steps, in the order in which they start."""
        # Both are in the order of what builds on what, and so they stay within a day.
        steps = [
            *map(self._mandatory, self._planned.obligations.fulfilled),
            *map(self._elective, self._planned.chosen),
        ]
        return tuple(sorted(steps, key=lambda step: step.starts_on))

    def _mandatory(self, one: Fulfilled) -> Step:
        duty, placement = one
        if one.is_prerequisite:
            return self._step(placement, "mandatory", [self._before([duty.position])], None)
        (required,) = of_duty(duty, self._start, self._texts)
        overdue = duty.due_on is not None and duty.due_on < self._start
        reasons = [StepReason("overdue" if overdue else "required", required.text)]
        if duty.due_on is not None and not overdue and placement.ends_on > duty.due_on:
            reasons.append(StepReason("late", self._texts.say("step.late")))
        return self._step(placement, "mandatory", reasons, duty.due_on)

    def _elective(self, placement: Placement) -> Step:
        waiting = [
            other.position
            for other in self._planned.chosen
            if any(
                placement.position in group
                for group in self._planned.problem.option[other.position].after
            )
        ]
        reasons = [self._before(waiting)] if waiting else []
        return self._step(placement, "elective", reasons, None)

    def _step(
        self, placement: Placement, kind: Kind, reasons: list[StepReason], due_on: date | None
    ) -> Step:
        position, session = placement.position, placement.session
        closes = self._closes.get(placement, ())
        noted = [self._notes[position]] if position in self._notes else []
        return Step(
            course_id=self._catalogue.course_ids[position],
            title=self._catalogue.titles[position],
            kind=kind,
            starts_on=placement.starts_on,
            ends_on=placement.ends_on,
            hours=self._asker.offers.hours(position),
            closes=closes,
            reasons=(
                *reasons,
                *noted,
                *map(self._closing, closes),
                *self._suits.get(position, ()),
            ),
            due_on=due_on,
            session=session,
            url=self._catalogue.urls[position],
        )

    def _before(self, positions: Iterable[int]) -> StepReason:
        """Return the reason of a prerequisite; a sensitive course that needs it is not named."""
        named = [p for p in positions if not self._catalogue.sensitive[p]]
        if not named:
            return StepReason("prerequisite", self._texts.say("step.prerequisite_other"))
        courses = self._texts.listed([self._catalogue.titles[p] for p in named])
        text = self._texts.say("step.prerequisite", courses=courses)
        return StepReason("prerequisite", text, self._catalogue.course_ids[named[0]])

    def _closing(self, skill: str) -> StepReason:
        own = self._role == self._asker.profile.role
        key = "step.closes_own" if own else "step.closes_target"
        text = self._texts.say(key, skill=skill, role=self._role)
        return StepReason("closes_skill", text, skill)


def _first_to_close(
    placements: Sequence[Placement], gap: Sequence[RoleNeed], asker: Asker
) -> dict[Placement, tuple[str, ...]]:
    """Return the skills of the gap that each placement is the first to close."""
    found: dict[Placement, tuple[str, ...]] = {}
    for need in gap:
        closing = frozenset(asker.offers.closing(need))
        teaching = [placement for placement in placements if placement.position in closing]
        if teaching:
            first = min(teaching, key=lambda p: (p.ends_on, p.starts_on, p.position))
            found[first] = (*found.get(first, ()), need.skill)
    return found


def _suiting(asker: Asker, planned: Planned) -> dict[int, tuple[StepReason, ...]]:
    """Return what speaks for the chosen courses by themselves: the model, and the format."""
    texts, catalogue = asker.texts, asker.offers.catalogue
    electives = [
        planned.electives[placement.position]
        for placement in planned.chosen
        if placement.position in planned.electives
    ]
    evidence = [elective.evidence for elective in electives]
    found = {}
    for elective, (best, *_) in zip(
        electives,
        asker.suggester.reasons.of_electives(evidence, asker.profile, texts),
        strict=True,
    ):
        reasons = [StepReason("suits", texts.say("step.suits", why=best.text), best.subject)]
        held = catalogue.formats[elective.position]
        if held in asker.profile.preferred_formats:
            reasons.append(StepReason("format", texts.say("step.format", format=held), held))
        found[elective.position] = tuple(reasons)
    return found
