"""The colour that was judged beside the colour that the rule gives, for goals and indicators of a report.

The rule holds what a report prints against what is asked for: the target it prints, else the catalogue's standing one,
or the same period a year before, or the scales of the economy and the pulse (``Yardstick``). Months never
contradict a report's judgement: the demo's are made up, and a report may know more than a month says.

A goal's rule colour is that of its worst indicator. No report says how many of its indicators a goal may miss; the
worst is the strictest reading, and the sentence says how many there are.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from dashboard.domain import status
from dashboard.domain.model import KNOWN_COLOURS, Colour, Goal, Indicator, Origin, Report, Yardstick
from dashboard.domain.periods import Period
from dashboard.measures import goals
from dashboard.measures.facts import TARGET, Facts
from dashboard.measures.flags import flags_of_all, in_doubt
from dashboard.measures.footing import at_odds, same_footing
from dashboard.measures.goal_units import Judged, children
from dashboard.measures.values import Value, value_of
from dashboard.published import Assessment, Contradiction, Figure

WORST_FIRST = (Colour.RED, Colour.YELLOW, Colour.GREEN)
REASON = "motivering:"


@dataclass(frozen=True, slots=True)
class Held:
    """An indicator's printed value held against ``asked``; ``colour`` is the rule's. ``flags`` touch either number."""

    indicator: Indicator
    colour: Colour
    value: Value
    asked: Value
    flags: tuple[Contradiction, ...] = ()
    doubted: tuple[Value, ...] = ()  # of the two numbers, those that some other number contradicts

    @property
    def gap(self) -> float:
        """What is missing, as a share of what is asked for; 0 when it is reached."""
        if self.colour is Colour.GREEN or self.value.number is None or self.asked.number is None:
            return 0.0
        value, asked = float(self.value.number), float(self.asked.number)
        missing = value if self.indicator.yardstick is Yardstick.ECONOMY else value - asked
        return abs(missing / asked) if asked else 1.0


@dataclass(frozen=True, slots=True)
class Status:
    """A goal or an indicator (then ``indicator``, under ``goal`` if any) judged and by rule, side by side.

    ``held`` are the indicators with something to be held against, the worst first. ``reason`` is why it was judged
    so, as the report says; "" when it says nothing.
    """

    goal: Goal | None
    indicator: Indicator | None
    report: Report
    judged: Judged
    rule: Colour
    held: tuple[Held, ...]
    reason: str

    @property
    def differs(self) -> bool:
        return {self.judged.colour, self.rule} <= KNOWN_COLOURS and self.judged.colour is not self.rule

    @property
    def missed(self) -> tuple[Held, ...]:
        return tuple(one for one in self.held if one.colour is not Colour.GREEN)

    @property
    def unexplained(self) -> bool:
        """Judged otherwise than the rule says, and nobody has written why."""
        return self.differs and not self.reason

    @property
    def flags(self) -> tuple[Contradiction, ...]:
        return tuple({flag.id: flag for one in self.held for flag in one.flags}.values())


@lru_cache(maxsize=64)
def statuses(facts: Facts, period: Period) -> tuple[Status, ...]:
    """Goals in the board's order, each before its nämndmål, then the indicators that the report judges.

    Shape: one per goal with a judged colour or anything to hold against, one per judged indicator. Empty when no
    report is on exactly this period. No query.
    """
    report = facts.report_of(period)
    if report is None:
        return ()
    return (*_goals(facts, report), *_indicators(facts, report))


def disagreements(facts: Facts, period: Period) -> tuple[Status, ...]:
    """Those whose two colours differ, in the same order."""
    return tuple(one for one in statuses(facts, period) if one.differs)


def by_rule(facts: Facts, indicator: Indicator, period: Period) -> Held | None:
    """The indicator of the whole organisation by the rule; None where nothing is printed or nothing is asked."""
    unit = facts.catalogue.unit(facts.catalogue.root)
    value = value_of(facts, indicator, unit, period, {})
    if value.number is None:
        return None
    asked = _asked(facts, indicator, value, period)
    if asked is None or asked.number is None:
        return None
    colour = _colour(facts, indicator, value, asked)
    if colour not in KNOWN_COLOURS:
        return None
    flags = flags_of_all(facts, [*value.figures[:1], *asked.figures[:1]])
    doubted = tuple(one for one in (value, asked) if one.figures and in_doubt(facts, one.figures[0]))
    return Held(indicator, colour, value, asked, flags, doubted)


def _asked(facts: Facts, indicator: Indicator, value: Value, period: Period) -> Value | None:
    unit = facts.catalogue.unit(facts.catalogue.root)
    match indicator.yardstick:
        case Yardstick.YEAR_BEFORE:
            prefer = value.figures[0].source
            before = value_of(facts, indicator, unit, value.period.year_before(), {}, prefer=prefer)
            odd = before.figures and at_odds(facts, indicator, unit, prefer, before.figures[0].source)
            return None if odd or not same_footing(indicator, value.period, before.period) else before
        case Yardstick.ECONOMY:
            budget = _budget(facts, value)
            return Value(budget.value, budget.when, Origin.PUBLISHED, (budget,), "budget") if budget else None
        case Yardstick.PULSE:
            return Value(facts.catalogue.thresholds.pulse_green, period, None, how="skalan")
        case Yardstick.TARGET:
            whole_year = Period.year(period.end.year)
            for when in (value.period, whole_year):
                if figures := facts.printed(indicator.id, unit.id, when, measure=TARGET):
                    return Value(figures[0].value, when, Origin.PUBLISHED, figures, "mål")
            if indicator.target is None:
                return None
            return Value(indicator.target, period, None, how="mål")


def _budget(facts: Facts, value: Value) -> Figure | None:
    """The budget on the same line of the same table as the deviation."""
    one = value.figures[0]
    accounts = facts.catalogue.roles.accounts
    found = (f for name in (accounts.year_budget, accounts.budget) for f in facts.figures(name, one.org))
    return next((f for f in found if (f.source, f.line, f.when) == (one.source, one.line, one.when)), None)


def _colour(facts: Facts, indicator: Indicator, value: Value, asked: Value) -> Colour:
    limits = facts.catalogue.thresholds
    if value.number is None or asked.number is None:
        return Colour.NOT_ASSESSED
    match indicator.yardstick:
        case Yardstick.ECONOMY:
            result = float(asked.number) + float(value.number)
            return status.economy(result, asked.number, limits.economy_yellow)
        case Yardstick.PULSE:
            return status.pulse(value.number, limits.pulse_green, limits.pulse_yellow)
        case _:
            return status.against_target(value.number, asked.number, indicator.direction)


def _goals(facts: Facts, report: Report) -> Iterator[Status]:
    for top in goals.top_goals(facts, report.period):
        below = [one for one in children(facts, top) if one.existed(report.period.end)]
        judged = [(one, goals.judged(facts, one, report.period)) for one in below]
        own = [(one, colour) for one, colour in judged if colour.colour in KNOWN_COLOURS]
        # A nämndmål that is not judged for itself is judged by the goal above it, and its indicators speak there.
        silent = [one for one in below if one not in {judged for judged, _ in own}]
        names = dict.fromkeys(name for one in (top, *silent) for name in (*one.measured_by, *one.indicators))
        yield from _goal(facts, report, top, goals.judged(facts, top, report.period), tuple(names))
        for one, colour in own:
            yield from _goal(facts, report, one, colour, (*one.measured_by, *one.indicators))


def _goal(
    facts: Facts, report: Report, goal: Goal, judged: Judged, names: tuple[str, ...]
) -> Iterator[Status]:
    tried = (by_rule(facts, facts.catalogue.indicator(name), report.period) for name in names)
    held = sorted((one for one in tried if one), key=lambda one: (WORST_FIRST.index(one.colour), -one.gap))
    rule = held[0].colour if held else Colour.NOT_ASSESSED
    if judged.colour in KNOWN_COLOURS or held:
        yield Status(goal, None, report, judged, rule, tuple(held), _reason(judged.row))


def _indicators(facts: Facts, report: Report) -> Iterator[Status]:
    """Indicators with a known colour of their own in the report, for its period or the last month of it."""
    for row in facts.published.assessments:
        mine = row.source == report.id and row.subject_kind == "indicator" and row.colour in KNOWN_COLOURS
        if not mine or row.when.end != report.period.end:
            continue
        indicator = facts.catalogue.indicator(row.subject)
        held = by_rule(facts, indicator, row.when)
        judged = Judged(row.colour, row.when, Origin.PUBLISHED, row)
        rule = held.colour if held else Colour.NOT_ASSESSED
        yield Status(None, indicator, report, judged, rule, (held,) if held else (), _reason(row))


def _reason(row: Assessment | None) -> str:
    """Why it was judged so: what the row's note says after *motivering:*; the rest is about how the text was read."""
    parts = [part.strip() for part in row.note.split(";")] if row else []
    return next((part.removeprefix(REASON).strip() for part in parts if part.startswith(REASON)), "")
