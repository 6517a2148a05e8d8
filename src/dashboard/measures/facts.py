"""Everything an answer rests on, and the two ways to it: printed figures and monthly series.

A figure is looked up by (indicator, unit, period). When several reports print the same one, they are all kept;
which of them speaks is decided in :func:`Facts.printed` and the others are listed beside it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from types import MappingProxyType
from typing import TypeVar

from dashboard.catalogue import Catalogue
from dashboard.domain.model import Origin, Report
from dashboard.domain.periods import Month, Period, PeriodKind
from dashboard.domain.series import Point, Points
from dashboard.measures.kept import Kept
from dashboard.notes import NO_NOTES, Notes
from dashboard.published import Contradiction, Figure, Published
from dashboard.warehouse import Warehouse

OUTCOME = ""  # the indicator's own value, whatever the column is called that prints it
TARGET = "mal"
# Figures that are about an indicator without being its value: a target, a change, others' values, a limit.
BESIDE = frozenset({TARGET, "forandring", "jamforelse", "grans"})
KEPT_SERIES = 5_000
_ORIGINS = {str(origin): origin for origin in Origin}
K = TypeVar("K")
V = TypeVar("V")
Series = Mapping[tuple[str, str], Points]


@dataclass(frozen=True, slots=True, eq=False)
class Facts:
    """Catalogue, published layer and serving file, with the published figures indexed once."""

    catalogue: Catalogue
    published: Published
    warehouse: Warehouse
    published_fingerprint: str = ""
    notices: tuple[str, ...] = ()  # what every page must say about the store, in Swedish
    moment: datetime | None = (
        None  # when the last delivery, report or note that is counted came; None when there is none
    )
    notes: Notes = NO_NOTES  # people's own words; no number rests on them
    hidden: frozenset[str] = frozenset()  # measures that only reports print which are not known yet
    by_series: Mapping[tuple[str, str, str], tuple[Figure, ...]] = field(init=False)
    flags_by_line: Mapping[tuple[str, int], tuple[Contradiction, ...]] = field(init=False)
    by_line: Mapping[tuple[str, int], tuple[Figure, ...]] = field(init=False)
    kept_series: Kept[Points] = field(init=False, default_factory=lambda: Kept(KEPT_SERIES))

    def __post_init__(self) -> None:
        figures: dict[tuple[str, str, str], list[Figure]] = defaultdict(list)
        lines: dict[tuple[str, int], list[Figure]] = defaultdict(list)
        for figure in self.published.figures:
            lines[(figure.source, figure.line)].append(figure)
            indicator = self.catalogue.indicators.get(figure.indicator)
            # Running text may give millions where the table gives thousands: a rounding of the same, not a value.
            if indicator is not None and figure.unit == indicator.unit:
                kind = figure.measure if figure.measure in BESIDE else OUTCOME
                figures[(figure.indicator, figure.org, kind)].append(figure)
        flags: dict[tuple[str, int], list[Contradiction]] = defaultdict(list)
        for flag in self.published.contradictions:
            flags[(flag.source, flag.line)].append(flag)
            if flag.other_source and flag.other_line:
                flags[(flag.other_source, flag.other_line)].append(flag)
        object.__setattr__(self, "by_series", _frozen(figures))
        object.__setattr__(self, "flags_by_line", _frozen(flags))
        object.__setattr__(self, "by_line", _frozen(lines))

    @property
    def fingerprint(self) -> str:
        """Changes with anything an answer rests on; the key of every kept answer."""
        rests_on = (self.warehouse.fingerprint, self.catalogue.fingerprint, self.published_fingerprint)
        return "-".join((*rests_on, self.notes.fingerprint) if self.notes.fingerprint else rests_on)

    def with_notes(self, notes: Notes) -> Facts:
        """The same facts with these notes beside them: what has been read of the months is kept."""
        known = [moment for moment in (self.moment, notes.moment) if moment]
        noted = replace(
            self, notes=notes, notices=(*self.notices, *notes.faults), moment=max(known, default=None)
        )
        object.__setattr__(noted, "kept_series", self.kept_series)
        return noted

    def figures(self, indicator: str, unit: str, measure: str = OUTCOME) -> tuple[Figure, ...]:
        """All printed figures of a series, in the order of the files: its values, or those ``measure`` names."""
        return self.by_series.get((indicator, unit, measure), ())

    def printed(
        self, indicator: str, unit: str, period: Period, *, measure: str = OUTCOME, prefer: str = ""
    ) -> tuple[Figure, ...]:
        """The figures that the reports print for exactly this period; the first is the one that speaks.

        ``prefer`` names the report whose word goes first (the one being read); then the report on that very
        period, then the newest. Within one report the later line is its final word.
        """
        found = [figure for figure in self.figures(indicator, unit, measure) if speaks_of(figure, period)]
        own = self.catalogue.report_for(period)
        newest = {report.id: number for number, report in enumerate(self.catalogue.reports.values())}

        def rank(figure: Figure) -> tuple[bool, bool, int, int]:
            is_own = own is not None and figure.source == own.id
            return (figure.source == prefer, is_own, newest[figure.source], figure.line)

        return tuple(sorted(found, key=rank, reverse=True))

    def series(self, indicators: Iterable[str], units: Iterable[str], first: Month, last: Month) -> Series:
        """Monthly points by (indicator, unit), months in order; series without a month in between are left out.

        At most one query: for the series that have not been asked for before, and then for all their months. A
        series is a few hundred numbers at most, and whoever looks at one period looks at the next one as well.
        """
        cut = {pair: _within(points, first, last) for pair, points in self.whole(indicators, units).items()}
        return {pair: points for pair, points in cut.items() if points}

    def whole(self, indicators: Iterable[str], units: Iterable[str]) -> Series:
        """Every month of the series, those without any left out. At most one query, as ``series``."""
        pairs = [(indicator, unit) for indicator in sorted(set(indicators)) for unit in sorted(set(units))]
        known = {pair: self.kept_series.get(pair) for pair in pairs}
        if missing := [pair for pair, points in known.items() if points is None]:
            read = self._read(missing)
            for pair in missing:
                known[pair] = read.get(pair, {})
                self.kept_series.put(pair, known[pair] or {})
        return {pair: points for pair, points in known.items() if points}

    def _read(self, pairs: Iterable[tuple[str, str]]) -> Series:
        wanted = set(pairs)
        rows = self.warehouse.run(
            "series",
            indicators=sorted({indicator for indicator, _ in wanted}),
            units=sorted({unit for _, unit in wanted}),
        )
        found: dict[tuple[str, str], dict[Month, Point]] = defaultdict(dict)
        for indicator, unit, day, num, den, origin in rows:
            month = Month.of(day)
            found[(indicator, unit)][month] = Point(month, num, den, _ORIGINS[origin])
        return found

    def span(self) -> tuple[Month, Month] | None:
        """First and last month of any series; None when no month is loaded."""
        ((first, last),) = self.warehouse.run("span")
        return (Month.of(first), Month.of(last)) if first and last else None

    def report_of(self, period: Period) -> Report | None:
        """The report on exactly this period."""
        return self.catalogue.report_for(period)


def _within(points: Points, first: Month, last: Month) -> Points:
    """The points of a window, which may be all time, or a year of ten: the shorter of the two is gone through."""
    start, end = first.index, last.index
    if end - start < len(points):
        return {month: points[month] for month in first.until(last) if month in points}
    return {month: point for month, point in points.items() if start <= month.index <= end}


def speaks_of(figure: Figure, period: Period) -> bool:
    """Whether a printed figure is about the period.

    R12 per December and the year are the same twelve months, and reports print either.
    """
    if figure.when == period:
        return True
    kinds = {figure.when.kind, period.kind}
    return kinds == {PeriodKind.R12, PeriodKind.YEAR} and figure.when.months == period.months


def _frozen(lists: Mapping[K, list[V]]) -> Mapping[K, tuple[V, ...]]:
    return MappingProxyType({key: tuple(values) for key, values in lists.items()})
