"""What happened, what was decided and which laws came: events in order of time, as exactly as the reports date them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dashboard.domain.model import Indicator, Report
from dashboard.domain.periods import Month
from dashboard.domain.selection import Selection
from dashboard.measures.facts import Facts
from dashboard.measures.goals import reading_report
from dashboard.published import Event

KINDS = ("handelse", "beslut", "lag")


@dataclass(frozen=True, slots=True)
class Happening:
    """An event with its span: a day has one month, a year twelve, and what is not dated none.

    ``ahead``: it lies after the period that is looked at. ``indicators``: what it may explain.
    """

    event: Event
    report: Report
    start: Month | None
    end: Month | None
    day: date | None
    ahead: bool
    indicators: tuple[Indicator, ...]

    @property
    def whole_year(self) -> bool:
        return self.start is not None and self.start != self.end


@dataclass(frozen=True, slots=True)
class Year:
    """``dated``: known to the month or the day, newest first; ``spans``: known only to the year."""

    number: int
    dated: tuple[Happening, ...]
    spans: tuple[Happening, ...]


@dataclass(frozen=True, slots=True)
class Timeline:
    """The years that have events, newest first. ``later``: how many events only later reports tell of."""

    report: Report | None
    years: tuple[Year, ...]
    undated: tuple[Happening, ...]
    later: int

    @property
    def everything(self) -> tuple[Happening, ...]:
        return (*(one for year in self.years for one in (*year.dated, *year.spans)), *self.undated)


def timeline(facts: Facts, selection: Selection, kind: str = "") -> Timeline:
    """The events that the report on the period and those before it tell of; of one ``kind`` or of all.

    What later reports tell is left out, so that a board sees what it knew then. The unit has no effect.
    """
    report = reading_report(facts, selection.period)
    known = [row for row in facts.published.events if kind in {"", row.kind}]
    told = [row for row in known if report and _told(facts, row, report)]
    found = [_happening(facts, row, selection) for row in told]
    dated = [one for one in found if one.start]
    years = sorted({one.start.year for one in dated if one.start}, reverse=True)
    return Timeline(
        report,
        tuple(_year(number, dated) for number in years),
        tuple(one for one in found if one.start is None),
        len(known) - len(told),
    )


def _told(facts: Facts, row: Event, report: Report) -> bool:
    return facts.catalogue.reports[row.source].period.end <= report.period.end


def _happening(facts: Facts, row: Event, selection: Selection) -> Happening:
    start = end = day = None
    match row.date_precision:
        case "day":
            day = date.fromisoformat(row.date)
            start = end = Month.of(day)
        case "month":
            start = end = Month.parse(row.date)
        case "year":
            start, end = Month(int(row.date), 1), Month(int(row.date), 12)
    ahead = start is not None and start > selection.period.end
    indicators = facts.catalogue.indicators
    found = tuple(indicators[one] for one in row.indicators if one in indicators)
    return Happening(row, facts.catalogue.reports[row.source], start, end, day, ahead, found)


def _year(number: int, dated: list[Happening]) -> Year:
    here = [one for one in dated if one.start and one.start.year == number]
    exact = [one for one in here if not one.whole_year]
    exact.sort(key=lambda one: (one.event.date[:7], one.event.date), reverse=True)
    spans = sorted((one for one in here if one.whole_year), key=lambda one: KINDS[::-1].index(one.event.kind))
    return Year(number, tuple(exact), tuple(spans))
