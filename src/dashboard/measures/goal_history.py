"""What became of each goal from report to report: kept, reworded, split, merged, ended, new.

Whether a goal was kept or reworded is read from its wording as the two reports print it. That a goal was split or
merged is no report's word: it is the catalogue's ``successors``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from dashboard.domain.model import Goal, Relation, Report
from dashboard.measures import goals
from dashboard.measures.facts import Facts
from dashboard.measures.goal_units import Judged
from dashboard.measures.wording import Words, compared, same
from dashboard.published import GoalRow


class Fate(StrEnum):
    KEPT = "kept"
    REWORDED = "reworded"
    SPLIT = "split"
    MERGED = "merged"


@dataclass(frozen=True, slots=True)
class Stop:
    """A goal in a report. ``rows`` are where it is printed, in the order of the report.

    ``judged`` holds its colour in each period that was judged since the report before, oldest first.
    """

    goal: Goal
    report: Report
    rows: tuple[GoalRow, ...]
    judged: tuple[Judged, ...]

    @property
    def wording(self) -> str:
        """As printed; the catalogue's name where the report prints none."""
        return " ".join(row.label for row in self.rows) or self.goal.name


@dataclass(frozen=True, slots=True)
class Step:
    """From a goal in one report to what it was in the next. ``words`` are set where it was reworded."""

    before: Stop
    after: Stop
    fate: Fate
    words: tuple[Words, ...] = ()


@dataclass(frozen=True, slots=True)
class Strand:
    """Goals that became each other. ``columns`` holds one tuple of stops per report, each near what it came from."""

    columns: tuple[tuple[Stop, ...], ...]
    steps: tuple[Step, ...]

    def origins(self, stop: Stop) -> tuple[Step, ...]:
        return tuple(step for step in self.steps if step.after is stop)

    def outcomes(self, stop: Stop) -> tuple[Step, ...]:
        return tuple(step for step in self.steps if step.before is stop)

    def is_new(self, stop: Stop) -> bool:
        """Nothing in the report before became this goal; in the first report nothing is known of that."""
        return stop not in self.columns[0] and not self.origins(stop)

    def ended(self, stop: Stop) -> bool:
        """Nothing in the next report came from this goal; after the last report nothing is known of that."""
        return stop not in self.columns[-1] and not self.outcomes(stop)


@dataclass(frozen=True, slots=True)
class History:
    """``top``: kommunmål and målområden; ``own``: the board's goals under them."""

    reports: tuple[Report, ...]
    top: tuple[Strand, ...]
    own: tuple[Strand, ...]


def goal_history(facts: Facts) -> History:
    """Every goal in every report that carries goals, oldest report first, and what became of it."""
    carrying = {row.source for row in facts.published.goals}
    reports = [report for report in facts.catalogue.reports.values() if report.id in carrying]
    reports.sort(key=lambda report: report.period.end)
    stops = [_stops(facts, report, reports[:number]) for number, report in enumerate(reports)]
    top = [[stop for stop in column if stop.goal.kind in goals.TOP_KINDS] for column in stops]
    own = [[stop for stop in column if stop.goal.kind not in goals.TOP_KINDS] for column in stops]
    return History(tuple(reports), _strands(facts, top), _strands(facts, own))


def _stops(facts: Facts, report: Report, earlier: Sequence[Report]) -> list[Stop]:
    """The goals that held at the end of the report's period, those under the first kommunmål first."""
    known = facts.catalogue.goals
    held = [goal for goal in known.values() if goal.existed(report.period.end)]
    held.sort(key=lambda goal: (known[goal.parent].order if goal.parent else 0, goal.order))
    since = earlier[-1].period.end if earlier else None
    periods = [
        period
        for period in goals.report_periods(facts)
        if period.end <= report.period.end and (since is None or period.end > since)
    ]
    return [
        Stop(
            goal=goal,
            report=report,
            rows=tuple(r for r in facts.published.goals if (r.source, r.goal) == (report.id, goal.id)),
            judged=tuple(j for j in (goals.judged(facts, goal, period) for period in periods) if j.row),
        )
        for goal in held
    ]


def _strands(facts: Facts, columns: Sequence[Sequence[Stop]]) -> tuple[Strand, ...]:
    """The goals in groups that no step leads out of, in the order of their first goal."""
    steps = [
        step for before, after in pairwise(columns) for stop in before for step in _steps(facts, stop, after)
    ]
    left = [stop for column in columns for stop in column]
    strands = []
    while left:
        group = _group(left[0], steps)
        left = [stop for stop in left if stop not in group]
        strands.append(
            Strand(
                _ordered([[stop for stop in column if stop in group] for column in columns], steps),
                tuple(step for step in steps if step.before in group),
            )
        )
    return tuple(strands)


def _ordered(columns: Sequence[Sequence[Stop]], steps: Sequence[Step]) -> tuple[tuple[Stop, ...], ...]:
    """The board's order in the first report, then the mean place of what each came from: so lines seldom cross."""
    found: list[tuple[Stop, ...]] = []
    for column in columns:
        above = found[-1] if found else ()
        places = {id(stop): [above.index(s.before) for s in steps if s.after is stop] for stop in column}
        fallback = float(len(above))  # what came from nothing stands last
        mean = {key: sum(at) / len(at) if at else fallback for key, at in places.items()}
        found.append(tuple(sorted(column, key=lambda stop: mean[id(stop)])))
    return tuple(found)


def _group(first: Stop, steps: Sequence[Step]) -> list[Stop]:
    """The goal and all that it is tied to, forwards and backwards."""
    found = [first]
    for stop in found:  # grows while it is gone through
        for step in steps:
            if stop in (step.before, step.after):
                found += [one for one in (step.before, step.after) if one not in found]
    return found


def _steps(facts: Facts, stop: Stop, later: Sequence[Stop]) -> Iterator[Step]:
    by_id = {one.goal.id: one for one in later}
    for goal, relation in _heirs(facts, stop.goal, set(by_id), Relation.SAME):
        after = by_id[goal]
        if relation in {Relation.SPLIT, Relation.MERGED}:
            yield Step(stop, after, Fate(relation.value))
        elif same(stop.wording, after.wording):
            yield Step(stop, after, Fate.KEPT)
        else:
            yield Step(stop, after, Fate.REWORDED, compared(stop.wording, after.wording))


def _heirs(facts: Facts, goal: Goal, held: set[str], relation: Relation) -> Iterator[tuple[str, Relation]]:
    """What the goal is in the next report, also when a version in between is in no report.

    A link is as close as its loosest part: split once is split.
    """
    if goal.id in held:
        yield goal.id, relation
        return
    for link in goal.successors:
        later = facts.catalogue.goals[link.id]
        if link.relation is Relation.NONE or later.valid_from <= goal.valid_from:
            continue
        loosest = relation if relation in {Relation.SPLIT, Relation.MERGED} else link.relation
        yield from _heirs(facts, later, held, loosest)
