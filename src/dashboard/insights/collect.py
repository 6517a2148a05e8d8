"""Everything that could be said of a selection, and the few sentences that are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from dashboard.domain import series
from dashboard.domain.model import Direction, Indicator, Nature, Origin, OverPeriod
from dashboard.domain.periods import Month, Period, PeriodKind
from dashboard.domain.selection import Compare, Selection
from dashboard.domain.spc_data import raw_monthly
from dashboard.domain.text import millions_apart
from dashboard.insights import judged, numbers
from dashboard.insights.months import month_insight
from dashboard.insights.ranking import MOST_SHOWN, Insight, chosen
from dashboard.insights.standing import Still, still
from dashboard.measures import economy, goals, risks
from dashboard.measures.changes import changes, monthly_changes
from dashboard.measures.disagreements import disagreements, statuses
from dashboard.measures.facts import Facts
from dashboard.measures.flags import in_doubt
from dashboard.measures.readings import Reading, readings
from dashboard.measures.spc_latest import Months, known_months, latest_known, raw_of
from dashboard.measures.values import DECEMBER, Value

# Their size is told by the forecast and the parts; as accumulated amounts they only ever grow.
TOLD_ELSEWHERE = frozenset({Nature.ACCUMULATED, Nature.FULL_YEAR})
NOTHING = Still((), 0)


@dataclass(frozen=True, slots=True)
class Found:
    """The sentences, the heaviest first. ``anything`` is False when there was nothing to look at.

    Without sentences: ``still`` is what is out of the ordinary all the same, and ``light`` whether something is new
    that weighs too little to be said.
    """

    insights: tuple[Insight, ...]
    anything: bool
    still: Still = NOTHING
    light: bool = False


@lru_cache(maxsize=8)
def followed(facts: Facts) -> tuple[str, ...]:
    """The monthly measures that the first page watches: those with a good direction."""
    every = facts.catalogue.indicators.values()
    return tuple(one.id for one in every if one.monthly and one.direction is not Direction.NEUTRAL)


def needed(facts: Facts) -> tuple[str, ...]:
    """Every series that the sentences of the first page rest on, to be read in one query."""
    accounts = facts.catalogue.roles.accounts
    return (*followed(facts), accounts.forecast_deviation, accounts.deviation, accounts.year_budget)


def insights(
    facts: Facts, selection: Selection, indicators: Sequence[str] | None = None, most: int = MOST_SHOWN
) -> Found:
    """What matters now: of everything, or of the given measures alone. No query when their series are read.

    Raises KeyError for an unknown measure.
    """
    about = None if indicators is None else frozenset(indicators)
    names = followed(facts) if indicators is None else indicators
    whole = selection.unit == facts.catalogue.root
    found = [*_months(facts, selection, names), *_changed(facts, selection, indicators)]
    found += _goals(facts, selection, about) if whole else ()
    if about is None:
        found += [*_economy(facts, selection), *(_risks(facts, selection) if whole else ())]
    order = {name: place for place, name in enumerate(facts.catalogue.indicators)}
    ranked = [
        replace(one, order=order.get(_first(one), one.order), subjects=_same(facts, one)) for one in found
    ]
    shown = chosen(ranked, most)
    if shown:
        return Found(shown, anything=True)
    # Also the key figures that no way is good for: their cards stand on the same page.
    watched = names if indicators is not None else dict.fromkeys([*facts.catalogue.board.key_figures, *names])
    signals = still(facts, selection, watched)
    return Found((), _anything(facts, selection, names), signals, bool(found))


def _same(facts: Facts, one: Insight) -> frozenset[str]:
    """The sentence's subjects, with the single months behind a rolling measure: they are one subject."""
    raw = {name: behind for name, behind in _rolled(facts) if f"mått:{name}" in one.subjects}
    return one.subjects | {f"mått:{behind}" for behind in raw.values()}


@lru_cache(maxsize=8)
def _rolled(facts: Facts) -> tuple[tuple[str, str], ...]:
    """(rolling measure, the measure of its single months), where the catalogue has both."""
    rolling = (one for one in facts.catalogue.indicators.values() if one.over_period is OverPeriod.R12)
    pairs = ((one.id, raw_of(facts.catalogue, one)) for one in rolling)
    return tuple((name, raw.id) for name, raw in pairs if raw is not None)


def _first(one: Insight) -> str:
    names = sorted(name.removeprefix("mått:") for name in one.subjects if name.startswith("mått:"))
    return names[0] if len(names) == len(one.subjects) else ""


def _anything(facts: Facts, selection: Selection, names: Sequence[str]) -> bool:
    """Whether there was a number or a judgement to look at in the period."""
    if statuses(facts, selection.period):
        return True
    last = selection.period.end
    series_known = (known_months(facts, name, selection.unit) for name in names)
    return any(one is not None and one.at(last) is not None for one in series_known)


def _months(facts: Facts, selection: Selection, names: Sequence[str]) -> Iterator[Insight]:
    last = selection.period.end
    for name in names:
        indicator = facts.catalogue.indicator(name)
        months = known_months(facts, name, selection.unit)
        if months is None:
            continue
        now = latest_known(facts, name, selection.unit, last)
        if now is None or now.sign is None:
            continue
        before = latest_known(facts, name, selection.unit, last.shift(-1))
        rolled = None if raw_monthly(indicator) else _rolling(facts, name, selection.unit)
        found = month_insight(indicator, months, now, before, rolled)
        if found:
            yield found


@lru_cache(maxsize=1_000)
def _rolling(facts: Facts, name: str, unit: str) -> Months | None:
    """A rolling measure's own values, month by month."""
    indicator = facts.catalogue.indicator(name)
    months = known_months(facts, name, unit)
    points = facts.whole([name], [unit]).get((name, unit), {})
    if months is None or indicator.over_period is not OverPeriod.R12:
        return None
    every = months.first.until(max(points))
    values = tuple(series.rolling(indicator, points, month) for month in every)
    return Months(indicator, unit, months.first, values, months.origin)


def _changed(facts: Facts, selection: Selection, indicators: Sequence[str] | None) -> Iterator[Insight]:
    """Numbers that have moved since the period compared with; a target has no before, so then since the one before."""
    asked = selection
    if asked.compare is Compare.TARGET:
        asked = replace(asked, compare=Compare.PREVIOUS)
    newness = numbers.ANOTHER_YEAR if asked.compare is Compare.LAST_YEAR else 1.0
    printed = changes(facts, asked) if asked.unit == facts.catalogue.root else ()
    if printed:
        mine = [one for one in printed if _mine(one.indicator, indicators)]
        yield from numbers.change_insights(mine, asked.unit, newness)
        return
    if indicators is None:
        moved: Sequence[Reading] = monthly_changes(facts, asked)
    else:
        moved = readings(facts, indicators, asked, spark=False)
    for one in moved:
        if _mine(one.indicator, indicators) and _unusual(facts, one, asked):
            found = numbers.reading_insight(one, newness, _doubted(facts, one))
            if found:
                yield found


def _mine(indicator: Indicator, indicators: Sequence[str] | None) -> bool:
    return indicator.nature not in TOLD_ELSEWHERE and (indicators is None or indicator.id in indicators)


def _unusual(facts: Facts, one: Reading, selection: Selection) -> bool:
    """Whether the measure's last month is a signal the way it has moved.

    A difference between two periods is no news as long as the months stay within their common variation.
    """
    now = latest_known(facts, one.indicator.id, one.unit.id, selection.period.end)
    return bool(now and now.sign and one.change and now.sign.upward is (one.change > 0))


def _goals(facts: Facts, selection: Selection, about: frozenset[str] | None) -> Iterator[Insight]:
    every = tuple(facts.catalogue.goals.values())
    tiles = goals.compared(facts, selection)
    differing = disagreements(facts, selection.period)
    held = {one.indicator.id: one for status in statuses(facts, selection.period) for one in status.held}
    if about is not None:
        tiles = tuple(one for one in tiles if judged.about(one.goal, every) & about)
        differing = tuple(one for one in differing if about & {held.indicator.id for held in one.missed})
        held = {name: one for name, one in held.items() if name in about}
    yield from judged.status_insights(tiles)
    yield from judged.disagreement_insights(differing)
    yield from numbers.missed_insights(held.values(), selection.unit)


def _economy(facts: Facts, selection: Selection) -> Iterator[Insight]:
    part = numbers.part_insight(economy.deviations(facts, selection), selection.period)
    forecast = _forecast(facts, selection)
    yield from (one for one in (part, forecast) if one)


def _forecast(facts: Facts, selection: Selection) -> Insight | None:
    """The report's own change since its last forecast, else the months' since the forecast delivered before."""
    period, unit = selection.period, selection.unit
    if period.end.number == DECEMBER:  # the year has closed: an outcome, told by its own measure
        return None
    year, report = Period.year(period.end.year), facts.report_of(period)
    accounts = facts.catalogue.roles.accounts
    about = accounts.forecast_deviation
    known = facts.whole([about, accounts.year_budget], [unit])
    budgets = known.get((accounts.year_budget, unit), {})
    budget = budgets[period.end].num if period.end in budgets else None
    for figure in facts.figures(accounts.since_last_forecast, unit, "forandring"):
        if report and (figure.source, figure.when) == (report.id, year):
            every = facts.figures(accounts.year_budget, unit)
            printed = [f for f in every if (f.source, f.when) == (report.id, year)]
            against = float(printed[-1].value) if printed else budget
            return numbers.forecast_insight(
                float(figure.value), against, year.end.year, None, Origin.PUBLISHED, unit, about
            )
    points, since = known.get((about, unit), {}), delivered_before(period)
    if since is None or since not in points or period.end not in points:
        return None
    change = float(millions_apart(points[period.end].num, points[since].num))  # as the card says it
    return numbers.forecast_insight(
        change, budget, year.end.year, since, points[period.end].origin, unit, about
    )


def delivered_before(period: Period) -> Month | None:
    """The end of the period that the forecast before this one was made at, within the same year."""
    step = 4 if period.kind in {PeriodKind.YTD, PeriodKind.TERTIAL} else 1
    before = period.end.shift(-step)
    return before if before.year == period.end.year else None


def _risks(facts: Facts, selection: Selection) -> Iterator[Insight]:
    board = risks.board(facts, selection)
    if board.report is not None and board.report.period == selection.period:
        yield from judged.risk_insights(board, facts.catalogue.thresholds.risk_reported)


def _doubted(facts: Facts, one: Reading) -> tuple[Value, ...]:
    """Which of a reading's two values rest on a printed number that another one contradicts."""
    both = [value for value in (one.against, one.value) if value is not None and value.figures]
    return tuple(value for value in both if in_doubt(facts, value.figures[0]))
