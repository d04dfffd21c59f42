"""The picture of a path: what is drawn, in which words, and as which files."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from hrreco.errors import WorkspaceError
from hrreco.paths import LearningPath
from hrreco.recommend import texts_in
from hrreco.settings import LANGUAGES, Language
from tests.paths.build import HELD, LONG, MANDATORY, missing, path, step

PNG = b"\x89PNG\r\n\x1a\n"


def panels(made: LearningPath) -> list[dict[str, Any]]:
    """Return each panel with its rows, as they are drawn."""
    spec = made.chart().to_dict()
    found = []
    for panel in spec["vconcat"]:
        parts = [panel, *panel.get("layer", ())]
        named = [part["data"]["name"] for part in parts if "data" in part]
        rows = [row for name in dict.fromkeys(named) for row in spec["datasets"][name]]
        found.append({"title": panel.get("title"), "rows": rows, "parts": parts})
    return found


def test_each_step_has_a_row_with_its_days_and_its_due_date() -> None:
    steps, *_ = panels(path(MANDATORY, LONG))
    drawn = [(row["title"], row["what"], row["at"], row["until"]) for row in steps["rows"]]
    assert drawn == [
        ("Fire safety", "Mandatory", "2026-04-07", "2026-04-08"),
        ("Fire safety", "Due date", "2026-05-14", "2026-05-14"),
        ("A long one", "Suggested", "2026-04-07", "2026-04-10"),
    ]
    assert [row["hours"] for row in steps["rows"]] == ["3", "3", "20.5"]


def test_what_was_due_before_the_start_stands_before_it() -> None:
    steps, *_ = panels(path(step(kind="mandatory", due_on=date(2025, 1, 1))))
    _, due = steps["rows"]
    assert due["what"] == "Was due before"
    assert "2026-03-01" < due["at"] < "2026-03-31"


def test_two_steps_of_one_title_have_a_row_each() -> None:
    steps, *_ = panels(path(*[step("C1", title="Same")] * 12))
    rows = [row["row"] for row in steps["rows"]]
    assert rows == sorted(set(rows))
    assert {row[4:] for row in rows} == {"Same"}


def test_kinds_differ_by_shape_and_not_by_colour_alone() -> None:
    steps, *_ = panels(path(MANDATORY, LONG))
    points = steps["parts"][-1]["encoding"]
    assert points["shape"]["field"] == points["color"]["field"] == "what"
    shapes = dict(
        zip(*(points["shape"]["scale"][key] for key in ("domain", "range")), strict=True)
    )
    assert list(shapes) == ["Mandatory", "Suggested", "Due date"]
    assert len(set(shapes.values())) == 3


def test_hours_are_summed_by_the_month_in_which_a_step_starts() -> None:
    made = path(MANDATORY, LONG, step(hours=0.5), HELD, hours_per_month=30.0)
    _, hours, *_ = panels(made)
    spent = {
        (row["at"], row["what"]): (row["low"], row["high"])
        for row in hours["rows"]
        if row.get("high")
    }
    assert spent == {
        ("2026-04-01", "Mandatory"): (0.0, 3.0),
        ("2026-04-01", "Suggested"): (3.0, 24.0),
        ("2026-05-01", "Suggested"): (0.0, 2.0),
    }
    assert {row["at"] for row in hours["rows"] if "at" in row} >= {"2026-03-31", "2027-02-01"}
    assert hours["rows"][-1] == {"hours": 30.0, "text": "Budget: 30 h"}


def test_the_gap_is_shown_before_and_after_with_what_closes_it() -> None:
    *_, essential, optional = panels(path(HELD))
    assert essential["title"] == "Essential skills, before and after"
    assert [(row["skill"], row["when"], row["state"]) for row in essential["rows"]][:2] == [
        ("speaking", "Before", "Missing or too low"),
        ("speaking", "After", "Gained on the path"),
    ]
    assert essential["rows"][1]["why"] == "May 5, 2026: Public speaking"
    assert [row["state"] for row in optional["rows"]][:2] == ["Missing or too low"] * 2
    assert optional["rows"][1]["why"] == "No course teaches it."


@pytest.mark.parametrize(
    ("needed", "said"),
    [
        (5, "No skill is missing for the role Speaker"),
        (0, "No skills are known of the role Speaker"),
    ],
)
def test_where_there_is_nothing_to_draw_it_says_so(needed: int, said: str) -> None:
    made = path()
    gap = type(made.gap)(made.employee_id, made.target_role, (), needed)
    nothing, empty = panels(path(gap=gap))
    assert nothing["rows"] == [{"text": "No courses are planned"}]
    assert empty["rows"] == [{"text": said}]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_word_is_in_the_path_s_language(lang: Language) -> None:
    texts = texts_in(lang)
    made = path(MANDATORY, HELD, lang=lang)
    steps, hours, *gaps = panels(made)
    assert [steps["title"], hours["title"], *(gap["title"] for gap in gaps)] == [
        texts.say(f"chart.{key}") for key in ("steps", "hours", "essential", "optional")
    ]
    spec = str(made.chart().to_dict())
    assert texts.months()[3] in spec
    assert texts.say("chart.title", role="Speaker") in spec
    other = texts_in("sv" if lang != "sv" else "fi")
    for key in ("kind.mandatory", "kind.elective", "chart.due", "chart.before", "chart.why"):
        assert texts.say(key) in spec
        assert f"'{other.say(key)}'" not in spec


@pytest.mark.parametrize(
    ("months", "start", "named"),
    [
        (12, date(2026, 4, 1), 12),
        (12, date(2026, 3, 31), 11),  # of March there is one day
        (1, date(2026, 3, 31), 1),
        (36, date(2026, 1, 1), 12),
        (60, date(2026, 1, 1), 10),
    ],
)
def test_months_are_named_where_there_is_room(months: int, start: date, named: int) -> None:
    steps, *_ = panels(path(step(starts_on=start, ends_on=start), start=start, months=months))
    axis = steps["parts"][1]["encoding"]["x"]["axis"]
    assert len(axis["values"]) == named


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_picture_is_a_png(lang: Language, tmp_path: Path) -> None:
    file = tmp_path / "path.PNG"
    path(MANDATORY, HELD, LONG, lang=lang).save_chart(file)
    content = file.read_bytes()
    assert content.startswith(PNG)
    width, height = (int.from_bytes(content[at : at + 4]) for at in (16, 20))
    assert width > 1_600  # twice the pixels that it is drawn with
    assert height > 400


@pytest.mark.parametrize("steps", [(), (MANDATORY,), (LONG,) * 60])
def test_any_number_of_steps_and_skills_is_drawn(steps: tuple[Any, ...], tmp_path: Path) -> None:
    made = path(*steps, months=60)
    for skills in ((), tuple(missing(f"skill {n} " + "x" * n * 9) for n in range(25))):
        gap = type(made.gap)(made.employee_id, made.target_role, skills, len(skills))
        path(*steps, months=60, gap=gap).save_chart(tmp_path / "path.png")


def test_a_page_needs_no_network(tmp_path: Path) -> None:
    path(MANDATORY, HELD).save_chart(str(tmp_path / "path.html"))
    page = (tmp_path / "path.html").read_text(encoding="utf-8")
    assert page.startswith('<!DOCTYPE html>\n<html lang="en">')
    assert "<title>Learning path: Speaker</title>" in page
    tags = re.findall(r"<(?:script|link|img|iframe|style)\b[^>]*>", re.sub(r"`[^`]*`", "", page))
    assert tags == ["<script>", "<script>"]
    assert "window.vegaEmbed=" in page
    assert "Fire safety" in page
    assert "@import" not in page
    assert "cdn." not in page


def test_no_title_breaks_out_of_the_page(tmp_path: Path) -> None:
    title = '</script><script>alert("1")</script>'
    path(step(title=title), target_role="<b>&Chief").save_chart(tmp_path / "path.html")
    page = (tmp_path / "path.html").read_text(encoding="utf-8")
    assert "alert(" in page
    assert page.count("</script>") == 2
    assert "<title>Learning path: &lt;b&gt;&amp;Chief</title>" in page


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("path.svg", "name it path.html or path.png"),
        ("path", "name it path.html or path.png"),
        ("nowhere/path.png", "name a file in a folder that exists"),
    ],
)
def test_a_wrong_file_is_refused_and_nothing_is_written(
    name: str, said: str, tmp_path: Path
) -> None:
    with pytest.raises(WorkspaceError, match=said):
        path(MANDATORY).save_chart(tmp_path / name)
    assert list(tmp_path.iterdir()) == []
