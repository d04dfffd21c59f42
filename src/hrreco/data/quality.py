"""Rules that look at several rows or tables: who and what is known, when, and how linked."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import polars as pl

from hrreco.data.attributes import ATTRIBUTES
from hrreco.data.course_links import check_links
from hrreco.data.known import COURSE_COLUMNS, EMPLOYEE_COLUMNS, Known
from hrreco.data.language_gaps import check_gaps
from hrreco.data.languages import check_languages
from hrreco.data.moments import MOMENT, local_days
from hrreco.data.readers import ROW
from hrreco.data.report import Finding
from hrreco.data.retention import Retention, proven_by
from hrreco.data.role_links import check_roles
from hrreco.data.sheet import Sheet
from hrreco.data.wide import unaudited
from hrreco.errors import close_match
from hrreco.settings import Moment, Settings

Sheets = Mapping[str, Sheet]

NOTHING_KNOWN = Known(
    employees=pl.DataFrame(schema=EMPLOYEE_COLUMNS),
    courses=pl.DataFrame(schema=COURSE_COLUMNS),
    erased=lambda _: {},
)

UNKNOWN_EMPLOYEE = "is no employee, or one whose own row is in quarantine"

_HINTS = 3
"""For how many unknown ids the close match is looked up: it takes long in large catalogues."""


def check_tables(
    sheets: Sheets, settings: Settings, now: Moment, known: Known = NOTHING_KNOWN
) -> list[Finding]:
    """Take out of all `sheets` what must not go on; return what else was found.

    What is erased is refused before anything else is said about it. Of what is sound, rows go that
    are past the time for which they may be kept. Repeated rows are left to the caller, but for
    those of courses and employees, which others refer to.
    """
    erased = _erased(sheets, known)
    links = _check_courses(sheets, known)
    _check_employees(sheets, settings, known, erased)
    retention = Retention(settings, now, _people(sheets, known), _proven(sheets, known))
    check_roles(sheets)
    gaps = check_gaps(sheets, settings, now, known)
    course_ids = {*known.courses["course_id"], *_ids(sheets, "courses", "course_id")}
    if "events" in sheets:
        _check_events(sheets["events"], retention.people, course_ids, erased, settings, now)
    if "employee_skills" in sheets:
        _check_skills(sheets["employee_skills"], retention.people, erased)
    if "sessions" in sheets:
        _check_known_course(sheets["sessions"], course_ids)
    if ATTRIBUTES in sheets:
        _check_attributes(sheets[ATTRIBUTES], retention.people, erased, settings)
    for sheet in sheets.values():
        sheet.drop_faulty()
        if sheet.table in settings.kept:
            _let_go(sheet, retention)
    return [*links, *gaps]


def _erased(sheets: Sheets, known: Known) -> pl.DataFrame:
    """Return the moment of erasure of all people in the sheets that were erased."""
    ids: set[str] = set()
    for table in ("employees", "events", "employee_skills", ATTRIBUTES):
        ids.update(_ids(sheets, table, "employee_id"))
    ids.update(_ids(sheets, "employees", "manager_id"))
    moments: dict[str, datetime] = dict(known.erased(ids)) if ids else {}
    return pl.DataFrame(
        {"employee_id": list(moments), "erased_at": list(moments.values())},
        schema={"employee_id": pl.String, "erased_at": MOMENT},
    )


def _ids(sheets: Sheets, table: str, column: str) -> list[str]:
    return sheets[table].rows[column].drop_nulls().unique().to_list() if table in sheets else []


def _check_courses(sheets: Sheets, known: Known) -> list[Finding]:
    if "courses" not in sheets:
        return []
    sheet = sheets["courses"]
    sheet.drop_faulty()
    sheet.drop_duplicates()
    check_languages(sheet)
    linked, findings = check_links(sheet.rows.sort("course_id"), known.courses)
    sheet.rows = linked.sort(ROW)
    return findings


def _check_employees(
    sheets: Sheets, settings: Settings, known: Known, erased: pl.DataFrame
) -> None:
    if "employees" not in sheets:
        return
    sheet = sheets["employees"]
    erased_at = sheet.rows.join(erased, on="employee_id", how="left", maintain_order="left")
    erased_on = local_days(erased_at["erased_at"], settings.timezone)
    hired_after = (sheet.rows["started_on"] > erased_on).fill_null(False)
    sheet.refuse(erased_on.is_not_null() & ~hired_after)
    sheet.drop_faulty()
    sheet.drop_duplicates()
    _check_managers(
        sheet, {*_ids(sheets, "employees", "employee_id"), *known.employees["employee_id"]}, erased
    )
    check_languages(sheet)
    never = sheet.rows["left_on"] > settings.quality.latest
    sheet.note("never_left", never, "left_on is too late to be meant, read as not left")
    sheet.rows = sheet.rows.with_columns(sheet.rows["left_on"].set(never.fill_null(False), None))


def _check_managers(sheet: Sheet, people: set[str], erased: pl.DataFrame) -> None:
    """Note managers nobody knows; the id of an erased one is forgotten here as well."""
    manager = sheet.rows["manager_id"]
    unknown = ~manager.is_in(list(people))
    sheet.note("unknown_manager", unknown, "its manager_id is no employee")
    gone = unknown & manager.is_in(erased["employee_id"].implode())
    sheet.rows = sheet.rows.with_columns(manager.set(gone.fill_null(False), None))


def _people(sheets: Sheets, known: Known) -> pl.DataFrame:
    """Return the `EMPLOYEE_COLUMNS` of everyone who is known, the newest reading first."""
    return _with_read(sheets, "employees", known.employees.select(*EMPLOYEE_COLUMNS))


def _proven(sheets: Sheets, known: Known) -> dict[str, int]:
    """Return for how many days it must be proven that a course was taken, where it must."""
    return proven_by(_with_read(sheets, "courses", known.courses.select(*COURSE_COLUMNS)))


def _with_read(sheets: Sheets, table: str, stored: pl.DataFrame) -> pl.DataFrame:
    """Return what is stored of a table, with what is read in its place."""
    if table not in sheets:
        return stored
    read = sheets[table].rows.select(stored.columns)
    return pl.concat([read, stored.join(read, on=stored.columns[0], how="anti")])


def _let_go(sheet: Sheet, retention: Retention) -> None:
    """Leave out rows that are past their time, and empty such values of the others."""
    sheet.let_go(retention.rows(sheet.table, sheet.rows))
    for column, past in retention.values(sheet.table, sheet.rows).items():
        sheet.empty(column, past)


def _check_events(
    sheet: Sheet,
    people: pl.DataFrame,
    course_ids: set[str],
    erased: pl.DataFrame,
    settings: Settings,
    now: Moment,
) -> None:
    moment = sheet.rows.join(erased, on="employee_id", how="left", maintain_order="left")
    is_employee = sheet.rows["employee_id"].is_in(people["employee_id"].implode())
    later = (moment["occurred_at"] > moment["erased_at"]).fill_null(False)
    sheet.refuse(moment["erased_at"].is_not_null() & ~(later & is_employee))
    sheet.drop_faulty()
    _check_known_employee(sheet, people)
    _check_known_course(sheet, course_ids)
    future = sheet.rows["occurred_at"] > now.at
    message = f"is after {now.at:%Y-%m-%d %H:%M} UTC"
    sheet.quarantine(future, column="occurred_at", rule="future", message=message)
    hired = sheet.rows.join(people, on="employee_id", how="left", maintain_order="left")
    early = local_days(sheet.rows["occurred_at"], settings.timezone) < hired["started_on"]
    message = "is before the employee was hired"
    sheet.quarantine(early, column="occurred_at", rule="before_hiring", message=message)


def _check_skills(sheet: Sheet, people: pl.DataFrame, erased: pl.DataFrame) -> None:
    sheet.refuse(sheet.rows["employee_id"].is_in(erased["employee_id"].implode()))
    sheet.drop_faulty()
    _check_known_employee(sheet, people)


def _check_attributes(
    sheet: Sheet, people: pl.DataFrame, erased: pl.DataFrame, settings: Settings
) -> None:
    sheet.refuse(sheet.rows["employee_id"].is_in(erased["employee_id"].implode()))
    sheet.drop_faulty()
    _check_known_employee(sheet, people)
    given = sheet.rows["attribute"]
    why = {name: why for name in given.unique() if (why := unaudited(name, settings)) is not None}
    message = given.replace_strict(why, default=None, return_dtype=pl.String)
    rule = "unregistered_attribute"
    sheet.quarantine(given.is_in(list(why)), column="attribute", rule=rule, message=message)


def _check_known_employee(sheet: Sheet, people: pl.DataFrame) -> None:
    unknown = ~sheet.rows["employee_id"].is_in(people["employee_id"].implode())
    rule = "unknown_employee"
    sheet.quarantine(unknown, column="employee_id", rule=rule, message=UNKNOWN_EMPLOYEE)


def _check_known_course(sheet: Sheet, course_ids: set[str]) -> None:
    given = sheet.rows["course_id"]
    unknown = ~given.is_in(list(course_ids))
    values = given.filter(unknown.fill_null(False)).unique(maintain_order=True).to_list()
    words = "is no course, or one whose own row is in quarantine"
    in_order = sorted(course_ids) if values else ()
    hints = {value: f"{words}{close_match(value, in_order)}" for value in values[:_HINTS]}
    message = given.replace_strict(hints, default=words, return_dtype=pl.String)
    sheet.quarantine(unknown, column="course_id", rule="unknown_course", message=message)
