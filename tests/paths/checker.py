"""An independent check of learning paths: raw tables and plain dates, and no rule of hrreco's."""

from __future__ import annotations

from calendar import monthrange
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from hrreco.data import LearningData
from hrreco.paths import LearningPath, Step

_WORKING_DAY = 7.5
_MINUTE = 1 / 60
_ALMOST = 1e-6


class Checker:
    """Knows the tables of one company; says what is wrong with a path."""

    def __init__(self, data: LearningData) -> None:
        settings = data.settings
        self.zone = ZoneInfo(settings.timezone)
        self.course_hours = settings.paths.course_hours
        self.renew_before = settings.eligibility.renew_before_days
        self.in_progress_days = settings.eligibility.in_progress_days
        self.dismissed_days = settings.eligibility.dismissed_days
        self.status = {kind: meaning.status for kind, meaning in settings.events.items()}
        self.courses = {row["course_id"]: row for row in data.courses.to_dicts()}
        self.employees = {row["employee_id"]: row for row in data.employees.to_dicts()}
        self.needs = {(row["role"], row["skill"]): row for row in data.role_skills.to_dicts()}
        self.events = _by(data.events.to_dicts(), "employee_id")
        self.sessions = _by(data.sessions.to_dicts(), "course_id")
        self.equivalents: dict[str, set[str]] = {course_id: set() for course_id in self.courses}
        for one, row in self.courses.items():
            for other in row["equivalent_to"] or ():
                if other in self.courses and other != one:
                    self.equivalents[one].add(other)
                    self.equivalents[other].add(one)

    def problems(self, path: LearningPath) -> list[str]:
        """Return what is wrong with a path, a line each; each begins with the rule's name."""
        return list(_Check(self, path).all())

    def day(self, moment: datetime) -> date:
        """Return the company's own day of a moment."""
        return moment.astimezone(self.zone).date()

    def same(self, course_id: str) -> set[str]:
        """Return a course and its equivalents."""
        return {course_id, *self.equivalents[course_id]}

    def hours(self, course_id: str) -> float:
        """Return how long a course takes."""
        hours = self.courses[course_id]["hours"]
        return self.course_hours if hours is None else float(hours)

    def prerequisites(self, course_id: str) -> list[str]:
        """Return what must be taken before a course."""
        named = self.courses[course_id]["prerequisites"] or ()
        return [one for one in named if one in self.courses]


class _Check:
    """One path under the eyes of the checker."""

    def __init__(self, company: Checker, path: LearningPath) -> None:
        self.company, self.path = company, path
        self.steps = path.steps
        self.person = company.employees[path.employee_id]
        self.last = _last_day(path.start, path.months)
        self.left_out = {omission.course_id for omission in path.left_out} - {None}
        self.taken: dict[str, list[date]] = defaultdict(list)
        self.latest: dict[tuple[str, str], date] = {}
        for event in company.events.get(path.employee_id, ()):
            day, status = company.day(event["occurred_at"]), company.status[event["kind"]]
            if day > path.as_of:
                continue
            self.latest[event["course_id"], status] = day
            if status == "taken":
                self.taken[event["course_id"]].append(day)

    def all(self) -> Iterator[str]:
        if unknown := {step.course_id for step in self.steps} - set(self.company.courses):
            yield f"catalogue: {unknown} is not in it"
            return
        for step in self.steps:
            for problem in self._of_step(step):
                name, _, what = problem.partition(": ")
                yield f"{name}: {step.course_id} on {step.starts_on}: {what}"
        yield from self._months()
        yield from self._overlaps()
        yield from self._days()
        yield from self._mandatory()
        yield from self._mandatory_first()
        yield from self._gap()
        yield from self._omissions()
        order = [step.starts_on for step in self.steps]
        if order != sorted(order):
            yield "sorted: steps are not in the order of their dates"
        if not 0 <= self.path.optimality_gap <= 1:
            yield f"optimality: the gap is {self.path.optimality_gap}"

    def _of_step(self, step: Step) -> Iterator[str]:
        course = self.company.courses[step.course_id]
        if not course["active"]:
            yield "catalogue: is not active"
        if not step.reasons or not all(reason.code and reason.text for reason in step.reasons):
            yield "reasons: has none, or an empty one"
        hours = self.company.hours(step.course_id)
        if not hours - _ALMOST <= step.hours <= max(hours, 0) + _MINUTE + _ALMOST:
            yield f"hours: takes {hours} hours, not {step.hours}"
        yield from self._dates(step)
        yield from self._prerequisites(step)
        if step.kind == "elective":
            yield from self._elective(step, course)
        elif not self._is_called_for(step):
            yield "mandatory: is neither mandatory nor a prerequisite of what is"

    def _dates(self, step: Step) -> Iterator[str]:
        if step.ends_on < step.starts_on:
            yield "dates: ends before it starts"
        if not self.path.start <= step.starts_on <= self.last:
            yield f"horizon: is not within {self.path.start} and {self.last}"
        held = self.company.sessions.get(step.course_id)
        if held:
            yield from self._session(step, held)
            return
        if step.session is not None:
            yield "session: the course has none"
        if step.ends_on > self.last:
            yield f"horizon: ends after {self.last}"
        if step.starts_on.weekday() > 4 or step.ends_on.weekday() > 4:
            yield "weekdays: is on a weekend"
        days = -(-round(step.hours * 60) // round(_WORKING_DAY * 60))
        if _weekdays(step.starts_on, step.ends_on) < days:
            yield f"weekdays: is to be learned in less than {days} days"

    def _session(self, step: Step, held: list[dict[str, Any]]) -> Iterator[str]:
        attended = [
            row
            for row in held
            if step.session is not None
            and row["session_id"] == step.session.session_id
            and row["starts_at"] == step.session.starts_at
        ]
        if not attended:
            yield "session: is on the days of none of its sessions"
            return
        starts_at, ends_at = self._times(attended[0])
        if (self.company.day(starts_at), self.company.day(ends_at)) != (
            step.starts_on,
            step.ends_on,
        ):
            yield "session: is not on the days of its session"
        if step.kind == "elective" and step.ends_on > self.last:
            yield f"horizon: ends after {self.last}"
        if attended[0]["seats"] is not None and attended[0]["seats"] < 1:
            yield "seats: the session is full"

    def _times(self, row: dict[str, Any]) -> tuple[datetime, datetime]:
        length = timedelta(hours=self.company.hours(row["course_id"]))
        return row["starts_at"], row["ends_at"] or row["starts_at"] + length

    def _attended(self) -> Iterator[tuple[Step, datetime, datetime]]:
        for step in self.steps:
            for row in self.company.sessions.get(step.course_id, ()):
                if step.session and row["session_id"] == step.session.session_id:
                    yield step, *self._times(row)

    def _overlaps(self) -> Iterator[str]:
        attended = list(self._attended())
        for at, (one, starts_at, ends_at) in enumerate(attended):
            for other, other_starts, other_ends in attended[at + 1 :]:
                if starts_at < other_ends and other_starts < ends_at:
                    yield f"overlap: {one.course_id} and {other.course_id} on {one.starts_on}"

    def _prerequisites(self, step: Step) -> Iterator[str]:
        for needed in self.company.prerequisites(step.course_id):
            meeting = self.company.same(needed)
            if meeting & self.taken.keys():
                continue
            if not any(
                other.course_id in meeting and other is not step and _follows(step, other)
                for other in self.steps
            ):
                yield f"prerequisite: {needed} is not taken before"

    def _months(self) -> Iterator[str]:
        hours: dict[tuple[int, int], float] = defaultdict(float)
        for step in self.steps:
            hours[step.starts_on.year, step.starts_on.month] += step.hours
        for month, sum_ in hours.items():
            if sum_ > self.path.hours_per_month + _ALMOST:
                yield f"budget: {sum_} hours in {month}, of {self.path.hours_per_month}"

    def _days(self) -> Iterator[str]:
        """Courses without dates that begin and end within some days must fit into them."""
        undated = [step for step in self.steps if step.session is None]
        for first in {step.starts_on for step in undated}:
            for last in {step.ends_on for step in undated}:
                within = (s for s in undated if first <= s.starts_on and s.ends_on <= last)
                hours = sum(step.hours for step in within)
                if hours > _WORKING_DAY * _weekdays(first, last) + _ALMOST:
                    yield f"days: {hours} hours from {first} to {last}"

    def _elective(self, step: Step, course: dict[str, Any]) -> Iterator[str]:
        own, spoken = _subtag(self.person["language"]), _subtag(course["language"])
        if own and spoken and own != spoken:
            yield f"language: is in {spoken}"
        if course["sensitive"]:
            yield "sensitive: is an elective"
        if self._is_mandatory(step.course_id):
            yield "mandatory: is an elective, but mandatory for the person"
        meeting = self.company.same(step.course_id)
        days = [day for one in meeting for day in self.taken.get(one, ())]
        valid = course["valid_for_days"]
        if days and (valid is None or max(days) + timedelta(valid) >= self.path.as_of):
            yield "taken: it, or an equivalent, is and still counts"
        if sum(other.course_id in meeting for other in self.steps) > 1:
            yield "equivalent: it, or an equivalent, is planned besides"
        for status, days_ in (
            ("in_progress", self.company.in_progress_days),
            ("dismissed", self.company.dismissed_days),
            ("wrong_level", 10**6),
        ):
            day = self.latest.get((step.course_id, status))
            if day is not None and (self.path.as_of - day).days < days_:
                yield f"held back: is {status}"

    def _is_mandatory(self, course_id: str) -> bool:
        rules = self.company.courses[course_id]["mandatory_for"] or ()
        department = self.person["department"]
        wanted = {"*", f"role:{self.person['role']}"}
        return not (wanted | ({f"department:{department}"} if department else set())).isdisjoint(
            rules
        )

    def _is_called_for(self, step: Step) -> bool:
        """Return whether a course is mandatory, or some way leads from it to one that is."""
        reached = {step.course_id}
        while True:
            if any(map(self._is_mandatory, reached)):
                return True
            more = {
                other.course_id
                for other in self.steps
                if other.kind == "mandatory"
                for needed in self.company.prerequisites(other.course_id)
                if self.company.same(needed) & reached
            }
            if more <= reached:
                return False
            reached |= more

    def _due(self, course_id: str, before: Iterable[Step]) -> tuple[bool, date | None]:
        """Return whether a course is due, and by when, after some steps.

        An elective that counts as it begins no new time.
        """
        meeting = self.company.same(course_id)
        days = [day for one in meeting for day in self.taken.get(one, ())]
        days += [s.ends_on for s in before if s.kind == "mandatory" and s.course_id in meeting]
        course = self.company.courses[course_id]
        valid, within = course["valid_for_days"], course["due_within_days"]
        if days:
            again = valid is not None and (valid > 0 or max(days) < self.path.start)
            return again, max(days) + timedelta(valid) if again else None
        started = self.person["started_on"]
        return True, None if started is None or within is None else started + timedelta(within)

    def _mandatory(self) -> Iterator[str]:
        for course_id, course in self.company.courses.items():
            if not (course["active"] and self._is_mandatory(course_id)):
                continue
            # What is not due at all within the plan may still be in it, as a prerequisite.
            open_ = [self._due(course_id, steps) for steps in ((), self.steps)]
            in_time = [due and (by is None or by <= self.last) for due, by in open_]
            if all(in_time) and course_id not in self.left_out:
                yield f"mandatory: {course_id}, due {open_[1][1]}, is not planned or left out"
        for step in self.steps:
            if step.kind == "mandatory" and self._is_mandatory(step.course_id):
                yield from self._labels(step)

    def _labels(self, step: Step) -> Iterator[str]:
        due, by = self._due(step.course_id, self.steps[: self.steps.index(step)])
        codes = {reason.code for reason in step.reasons}
        wanted = None
        if due and by is not None and step.ends_on > by:
            wanted = "overdue" if by < self.path.start else "late"
        elif due and by is not None and by < self.path.start:
            wanted = "overdue"
        if wanted and wanted not in codes:
            yield f"{wanted}: {step.course_id}, due {by}, ends {step.ends_on} and does not say so"
        alone = not self.company.equivalents[step.course_id]  # else what counts may be another's
        if alone and (surplus := (codes & {"overdue", "late"}) - {wanted}):
            yield f"labels: {step.course_id}, due {by}, ends {step.ends_on}, is called {surplus}"
        if alone and due and "prerequisite" not in codes and step.due_on != by:
            yield f"labels: {step.course_id} is due {by}, not {step.due_on}"

    def _mandatory_first(self) -> Iterator[str]:
        """Within a month, what is mandatory comes first: on each day on which it could be.

        Courses of one day only; a longer one needs days in a row, and there may be none.
        """
        undated = [step for step in self.steps if step.session is None]
        for late in undated:
            if late.kind != "mandatory" or late.hours > _WORKING_DAY:
                continue
            for early in undated:
                if (
                    early.kind == "elective"
                    and early.starts_on < late.starts_on
                    and _month(early) == _month(late)
                    and self._could_be(late, early.starts_on)
                ):
                    yield f"first: {late.course_id} is mandatory, and after {early.course_id}"

    def _could_be(self, step: Step, day: date) -> bool:
        if any(other.starts_on <= day <= other.ends_on for other in self._placed_first()):
            return False
        for needed in self.company.prerequisites(step.course_id):
            meeting = self.company.same(needed)
            ends = [other.ends_on for other in self.steps if other.course_id in meeting]
            if not meeting & self.taken.keys() and min(ends, default=date.max) > day:
                return False
        due, by = self._due(step.course_id, self.steps[: self.steps.index(step)])
        taken_before = any(
            other is not step
            and other.kind == "mandatory"
            and other.course_id in self.company.same(step.course_id)
            for other in self.steps
        ) or bool(self.company.same(step.course_id) & self.taken.keys())
        if not (due and by is not None and taken_before):
            return True
        valid = self.company.courses[step.course_id]["valid_for_days"]
        return by - timedelta(min(self.company.renew_before, valid // 2)) <= day

    def _placed_first(self) -> Iterator[Step]:
        return (step for step in self.steps if step.kind == "mandatory" or step.session)

    def _gap(self) -> Iterator[str]:
        before, after = self.path.gap_before, self.path.gap_after
        closed = [skill for step in self.steps for skill in step.closes]
        twice = [skill for skill, n in Counter(closed).items() if n > 1]
        if twice:
            yield f"closes: {twice} more than once"
        if set(closed) != set(before) - set(after):
            yield f"closes: {closed} are not the gap before without the gap after"
        for step in self.steps:
            if step.closes and step.ends_on > self.last:
                yield f"closes: {step.course_id} ends after {self.last}"
            for skill in step.closes:
                if not self._teaches(step.course_id, skill):
                    yield f"closes: {step.course_id} does not lead to {skill}"
        for skill in before:
            if (self.path.target_role, skill) not in self.company.needs:
                yield f"gap: {self.path.target_role} does not need {skill}"
        for skill in after:
            in_time = (step for step in self.steps if step.ends_on <= self.last)
            if any(self._teaches(step.course_id, skill) for step in in_time):
                yield f"gap: {skill} is closed, but said to be left"

    def _teaches(self, course_id: str, skill: str) -> bool:
        course = self.company.courses[course_id]
        need = self.company.needs.get((self.path.target_role, skill))
        return (
            need is not None
            and not course["sensitive"]
            and any(
                taught["skill"] == skill
                and (
                    need["level"] is None
                    or taught["level"] is None
                    or taught["level"] >= need["level"]
                )
                for taught in course["skills"] or ()
            )
        )

    def _omissions(self) -> Iterator[str]:
        for omission in self.path.left_out:
            if not (omission.code and omission.text):
                yield f"left out: {omission.course_id or omission.skill} without a reason"
            if (omission.course_id is None) == (omission.skill is None):
                yield "left out: neither or both of a course and a skill"
        skills = {omission.skill for omission in self.path.left_out} - {None}
        if skills != set(self.path.gap_after):
            yield f"left out: {skills}, where the gap after is {self.path.gap_after}"


def _by(rows: Iterable[dict[str, Any]], column: str) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        found.setdefault(row[column], []).append(row)
    return found


def _follows(step: Step, before: Step) -> bool:
    """Return whether a step starts when another has ended; to the minute where both have times."""
    if step.session is not None and before.session is not None:
        return step.session.starts_at >= before.session.ends_at
    if step.session is not None:
        return step.starts_on > before.ends_on
    return step.starts_on >= before.ends_on


def _last_day(start: date, months: int) -> date:
    years, month = divmod(start.month - 1 + months - 1, 12)
    year = start.year + years
    return date(year, month + 1, monthrange(year, month + 1)[1])


def _month(step: Step) -> tuple[int, int]:
    return step.starts_on.year, step.starts_on.month


def _weekdays(first: date, last: date) -> int:
    days = (first + timedelta(i) for i in range((last - first).days + 1))
    return sum(day.weekday() < 5 for day in days)


def _subtag(tag: str | None) -> str:
    return (tag or "").replace("_", "-").split("-")[0].strip().lower()
