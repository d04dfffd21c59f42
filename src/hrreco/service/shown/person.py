"""What an employee is shown of themself, and what becomes of what they say."""

from __future__ import annotations

from typing import Any, Literal

from hrreco.service.shown.base import Shown, example

PurposeShown = Literal["training", "profiling", "group_reports"]


class Recorded(Shown):
    """Feedback that is stored, and in force from the next call on."""

    model_config = example({"event_id": "0d7c6a55-9d31-4f42-8df4-6a2f6a1c8d0e"})

    event_id: str


class OptedOut(Shown):
    """All purposes that are refused."""

    model_config = example({"opted_out": ["profiling"]})

    opted_out: list[PurposeShown]


class EventShown(Shown):
    """Something that was done with a course; a course that is gone has no title."""

    course_id: str
    title: str | None
    kind: str
    on: str
    rating: float | None


class SkillShown(Shown):
    """A skill; inferred ones follow from courses that were taken."""

    skill: str
    level: int | None
    source: Literal["declared", "assessed", "inferred"]


class ServedBy(Shown):
    """What suggests; `bundle_id` names the model."""

    kind: Literal["model", "rules"]
    bundle_id: str | None


class Profile(Shown):
    """What is known of an employee; what was done last comes first."""

    model_config = example(
        {
            "employee_id": "E000123",
            "role": "Nurse",
            "department": "Care",
            "location": "Oulu",
            "grade": None,
            "language": "fi",
            "hours_per_month": 4.0,
            "started_on": "2021-05-03",
            "left_on": None,
            "preferred_formats": ["online"],
            "preferred_times": ["morning"],
            "history": [
                {
                    "course_id": "C00007",
                    "title": "Hand hygiene",
                    "kind": "completed",
                    "on": "2026-02-11",
                    "rating": None,
                }
            ],
            "skills": [{"skill": "hygiene", "level": 2, "source": "assessed"}],
            "opted_out": [],
            "served_by": {"kind": "model", "bundle_id": "5f2c" * 16},
        }
    )

    employee_id: str
    role: str
    department: str | None
    location: str | None
    grade: str | None
    language: str | None
    hours_per_month: float | None
    started_on: str | None
    left_on: str | None
    preferred_formats: list[str]
    preferred_times: list[str]
    history: list[EventShown]
    skills: list[SkillShown]
    opted_out: list[PurposeShown]
    served_by: ServedBy


class Export(Shown):
    """Every row about a person, in every store; the forms are those of ``hrreco export``."""

    model_config = example(
        {
            "employee_id": "E000123",
            "exported_at": "2026-03-31T09:00:00+00:00",
            "tables": {"employees": [{"employee_id": "E000123", "role": "Nurse"}]},
            "log": [{"line": 7, "at": "2026-03-30T09:00:00+00:00", "kind": "export", "about": {}}],
            "manager_of": 0,
            "quarantine": [],
        }
    )

    employee_id: str
    exported_at: str
    tables: dict[str, list[dict[str, Any]]]
    log: list[dict[str, Any]]
    manager_of: int
    quarantine: list[dict[str, Any]]


class CertificateShown(Shown):
    """What was removed where, signed; it names the person by a keyed pseudonym only."""

    format: str
    erased: dict[str, Any]
    audit_line: dict[str, Any]
    searched: dict[str, Any]
    public_key: str
    signature: str


class Erased(Shown):
    """What an erasure came to; `before` says that nothing was left to erase."""

    model_config = example(
        {
            "before": False,
            "certificate": {
                "format": "hrreco certificate of erasure 1",
                "erased": {"removed": {"employees": 1, "events": 12}},
                "audit_line": {"seq": 42, "hash": "9c1f", "at": "2026-03-31T09:00:00+00:00"},
                "searched": {"files": 31, "found": []},
                "public_key": "a1b2",
                "signature": "c3d4",
            },
        }
    )

    before: bool
    certificate: CertificateShown
