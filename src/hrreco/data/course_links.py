"""What courses say of each other: prerequisites and equivalents, and where they go wrong."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Mapping

import polars as pl
from scipy.sparse import coo_array

from hrreco.data.known import LINK_COLUMNS
from hrreco.data.report import Finding

Links = dict[str, list[str]]
"""Other courses by course id."""

_CYCLES_SHOWN = 5


def check_links(courses: pl.DataFrame, stored: pl.DataFrame) -> tuple[pl.DataFrame, list[Finding]]:
    """Return the courses with only those links that can be kept, and what was found.

    A link to an unknown course is left out. So are the prerequisites that lie on a cycle: nobody
    could ever meet them, and what follows prerequisites further on would never end. The courses
    themselves stay. On a cycle with stored courses it is enough to leave out the links of those
    read now, as it passes through one of them; what is stored is not changed here.

    Parameters
    ----------
    stored
        The courses that a store holds, with the columns of `LINK_COLUMNS`; one that is read again
        counts as it is read.
    """
    read = courses["course_id"].to_list()
    rest = stored.join(courses, on="course_id", how="anti")
    everything = pl.concat([frame.select(*LINK_COLUMNS) for frame in (courses, rest)])
    known = set(everything["course_id"])
    needs, equal = _links(everything, "prerequisites"), _links(everything, "equivalent_to")
    findings = _unknown("unknown_prerequisite", _of(read, needs), known)
    findings += _unknown("unknown_equivalent", _of(read, equal), known)
    needs, equal = _known_only(needs, known), _known_only(equal, known)
    findings += _of_cycles(find_cycles(needs, read), set(read))
    needs.update(_of(read, _without_cycles(needs)))
    findings += _of_blocked(_blocked(everything, needs, equal), everything)
    return _with_links(courses, needs, equal), findings


def find_cycles(needs: Mapping[str, list[str]], read: Collection[str]) -> list[tuple[str, ...]]:
    """Return a shortest cycle of each group of courses that need each other and hold one `read`.

    Each starts and ends with the first id of its group that was read; an arrow between two ids
    would read "needs".
    """
    groups: dict[int, list[str]] = {}
    for course, group in _groups(needs).items():
        groups.setdefault(group, []).append(course)
    looped = [g for g in groups.values() if len(g) > 1 or g[0] in needs[g[0]]]
    starts = {min(ours): group for group in looped if (ours := set(group).intersection(read))}
    return [_shortest_cycle(start, set(starts[start]), needs) for start in sorted(starts)]


def _shortest_cycle(
    start: str, group: set[str], needs: Mapping[str, list[str]]
) -> tuple[str, ...]:
    came_from: dict[str, str] = {}
    queue = deque([start])
    while queue:
        here = queue.popleft()
        for there in needs[here]:
            if there == start:
                return _path(start, here, came_from)
            if there in group and there not in came_from:
                came_from[there] = here
                queue.append(there)
    raise AssertionError(f"{start} is on no cycle")


def _path(start: str, last: str, came_from: Mapping[str, str]) -> tuple[str, ...]:
    path = [start]
    while last != start:
        path.append(last)
        last = came_from[last]
    return (*[start], *reversed(path[1:]), start)


def _groups(needs: Mapping[str, list[str]]) -> dict[str, int]:
    """Return the strongly connected component of each course that has links of its own."""
    if not needs:
        return {}
    from scipy.sparse.csgraph import connected_components  # brings all solvers along

    position = {course: i for i, course in enumerate(needs)}
    pairs = [
        (position[a], position[b]) for a, others in needs.items() for b in others if b in position
    ]
    rows, columns = zip(*pairs, strict=True) if pairs else ((), ())
    graph = coo_array(([True] * len(pairs), (rows, columns)), shape=(len(needs), len(needs)))
    labels = connected_components(graph, connection="strong")[1]
    return dict(zip(needs, map(int, labels), strict=True))


def _blocked(courses: pl.DataFrame, needs: Links, equal: Links) -> dict[str, set[str]]:
    """Return what active courses need that nobody can come to take, starting with none taken.

    An equivalent course, in either direction, meets a prerequisite as well. Cycles, which older
    versions stored, are left out: they are another finding.
    """
    needs = _without_cycles(needs)
    active = courses.filter("active")["course_id"].to_list()
    unmet = {course: set(needs.get(course, ())) for course in active}
    waiting = _reversed({course: sorted(missing) for course, missing in unmet.items()})
    stand_ins = _both_ways(equal)
    opened = {course for course, missing in unmet.items() if not missing}
    queue = deque(opened)
    while queue:
        course = queue.popleft()
        for met in {course, *stand_ins.get(course, ())}:
            for next_one in waiting.get(met, ()):
                unmet[next_one].discard(met)
                if not unmet[next_one] and next_one not in opened:
                    opened.add(next_one)
                    queue.append(next_one)
    return {course: missing for course, missing in unmet.items() if missing}


def _reversed(links: Links) -> Links:
    turned: Links = {}
    for course, others in links.items():
        for other in others:
            turned.setdefault(other, []).append(course)
    return turned


def _both_ways(links: Links) -> Links:
    turned = _reversed(links)
    return {i: [*links.get(i, ()), *turned.get(i, ())] for i in {*links, *turned}}


def _links(courses: pl.DataFrame, column: str) -> Links:
    rows = courses.select("course_id", column).drop_nulls().rows()
    return {course: others for course, others in rows if others}


def _known_only(links: Links, known: set[str]) -> Links:
    return {course: [o for o in others if o in known] for course, others in links.items()}


def _of(courses: Collection[str], links: Links) -> Links:
    return {course: links[course] for course in courses if course in links}


def _without_cycles(needs: Links) -> Links:
    group = _groups(needs)
    return {
        course: [o for o in others if group.get(o) != group[course]]
        for course, others in needs.items()
    }


def _with_links(courses: pl.DataFrame, needs: Links, equal: Links) -> pl.DataFrame:
    ids = courses["course_id"].to_list()
    return courses.with_columns(
        pl.Series(name, [links.get(i) or None for i in ids], dtype=pl.List(pl.String))
        for name, links in (("prerequisites", needs), ("equivalent_to", equal))
    )


def _unknown(rule: str, links: Links, known: set[str]) -> list[Finding]:
    broken = [(course, o) for course, others in links.items() for o in others if o not in known]
    if not broken:
        return []
    course, other = broken[0]
    return [_finding(rule, len(broken), f"{course!r} names {other!r}, which is no course")]


def _of_cycles(cycles: list[tuple[str, ...]], read: Collection[str]) -> list[Finding]:
    if not cycles:
        return []
    shown = "; ".join(_shown(cycle, read) for cycle in cycles[:_CYCLES_SHOWN])
    return [_finding("prerequisite_cycle", len(cycles), shown)]


def _shown(cycle: tuple[str, ...], read: Collection[str]) -> str:
    stored = ", ".join(repr(course) for course in cycle if course not in read)
    stays = f" (the links of {stored} are stored and stay; those of the others are dropped)"
    return f"{' -> '.join(cycle)}{stays if stored else ''}"


def _of_blocked(blocked: Mapping[str, set[str]], courses: pl.DataFrame) -> list[Finding]:
    """Show a course that needs an inactive one itself: without cycles, every chain ends in one."""
    if not blocked:
        return []
    inactive = set(courses.filter(~pl.col("active"))["course_id"])
    course, needed = next((a, min(b & inactive)) for a, b in blocked.items() if b & inactive)
    example = f"{course!r} needs {needed!r}, which is inactive and has no active equivalent"
    return [_finding("nobody_can_take", len(blocked), example)]


def _finding(rule: str, count: int, example: str) -> Finding:
    return Finding(rule, "courses", count, example, removes_rows=False)
