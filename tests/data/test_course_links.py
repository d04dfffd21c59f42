from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from hrreco.data import LearningData
from hrreco.data.course_links import find_cycles

Read = Callable[..., LearningData]


def found(
    read: Read, *rows: str
) -> tuple[dict[str, tuple[int, str]], dict[str, list[str] | None]]:
    """Return what was found by rule, and the prerequisites that were kept."""
    header = "course_id,title,prerequisites,equivalent_to,active\n"
    courses = header + "".join(f"{row}\n" for row in rows)
    data = read(courses=courses, events="employee_id,course_id,kind,occurred_at\n")
    assert data.report is not None
    findings = {f.rule: (f.count, f.example) for f in data.report.findings}
    assert not any(f.removes_rows for f in data.report.findings)
    assert len(data.courses) == len(rows)
    return findings, dict(data.courses.select("course_id", "prerequisites").rows())


def test_a_cycle_is_shown_exactly_and_can_no_longer_loop(read: Read) -> None:
    findings, kept = found(read, "A,a,B|D,,", "B,b,C,,", "C,c,A,,", "D,d,,,", "E,e,A,,")
    assert findings["prerequisite_cycle"] == (1, "A -> B -> C -> A")
    assert "nobody_can_take" not in findings
    assert kept == {"A": ["D"], "B": None, "C": None, "D": None, "E": ["A"]}


def test_a_course_that_needs_itself_is_a_cycle(read: Read) -> None:
    findings, kept = found(read, "A,a,A,,")
    assert findings["prerequisite_cycle"] == (1, "A -> A")
    assert kept == {"A": None}


def test_links_to_unknown_courses_are_left_out(read: Read) -> None:
    findings, kept = found(read, "A,a,B|X,Y,", "B,b,,,")
    assert findings["unknown_prerequisite"] == (1, "'A' names 'X', which is no course")
    assert findings["unknown_equivalent"] == (1, "'A' names 'Y', which is no course")
    assert "nobody_can_take" not in findings
    assert kept == {"A": ["B"], "B": None}


def test_an_inactive_prerequisite_blocks_unless_something_stands_in(read: Read) -> None:
    findings, kept = found(read, "A,a,C,,", "B,b,,,no", "C,c,B,,", "D,d,,,")
    example = "'C' needs 'B', which is inactive and has no active equivalent"
    assert findings == {"nobody_can_take": (2, example)}
    assert kept == {"A": ["C"], "B": None, "C": ["B"], "D": None}
    assert found(read, "A,a,B,,", "B,b,,,no", "C,c,A,,", "D,d,,B,")[0] == {}
    assert found(read, "A,a,B,,", "B,b,,D,no", "C,c,A,,", "D,d,,,")[0] == {}


NAMES = st.sampled_from("ABCDEFG")


@given(needs=st.dictionaries(NAMES, st.lists(NAMES, max_size=4, unique=True), max_size=7))
def test_cycles_are_real_and_none_is_missed(needs: dict[str, list[str]]) -> None:
    cycles = find_cycles(needs, needs)
    for cycle in cycles:
        assert cycle[0] == cycle[-1]
        assert all(b in needs[a] for a, b in pairwise(cycle))
    in_reach = {a: _reach(needs, a) for a in needs}
    looped = {a for a in needs if a in in_reach[a]}
    groups = {
        frozenset(b for b in looped if b in in_reach[a] and a in in_reach[b]) for a in looped
    }
    assert len(cycles) == len(groups)
    assert all(any(cycle[0] == min(group) for group in groups) for cycle in cycles)


def _reach(needs: dict[str, list[str]], start: str) -> set[str]:
    seen: set[str] = set()
    waiting = list(needs[start])
    while waiting:
        here = waiting.pop()
        if here not in seen:
            seen.add(here)
            waiting += needs.get(here, [])
    return seen
