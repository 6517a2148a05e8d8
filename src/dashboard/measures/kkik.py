"""KKiK as the reports print it, and the comparisons with others that the reports make in their text."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.domain.model import Colour, Indicator
from dashboard.domain.periods import Period, PeriodKind
from dashboard.domain.status import Verdict, verdict
from dashboard.measures.facts import Facts
from dashboard.published import Assessment, Figure

BESIDE_OTHERS = "jamforelse"  # the measure of a figure that gives the others' value


@dataclass(frozen=True, slots=True)
class Cell:
    """A year of a row. ``figures`` are the printings, the one that speaks first; none where no value is printed.

    ``judged`` is the printed colour, which is relative to other municipalities; None where the text has lost it.
    """

    year: int
    figures: tuple[Figure, ...]
    judged: Assessment | None

    @property
    def figure(self) -> Figure | None:
        return self.figures[0] if self.figures else None


@dataclass(frozen=True, slots=True)
class Row:
    """``verdict`` compares the last printed value with the one before; None with fewer than two."""

    indicator: Indicator
    cells: tuple[Cell, ...]
    caveats: tuple[str, ...]
    verdict: Verdict | None

    @property
    def known(self) -> tuple[Cell, ...]:
        return tuple(cell for cell in self.cells if cell.figure is not None)


@dataclass(frozen=True, slots=True)
class Table:
    """``shared`` are the caveats that every row has: said once. ``reports`` are the ids of those that print it."""

    years: tuple[int, ...]
    rows: tuple[Row, ...]
    shared: tuple[str, ...]
    reports: tuple[str, ...]

    @property
    def coloured(self) -> bool:
        lost = {Colour.UNKNOWN, Colour.NOT_ASSESSED}
        return any(cell.judged and cell.judged.colour not in lost for row in self.rows for cell in row.cells)


@dataclass(frozen=True, slots=True)
class BesideOthers:
    """A comparison that a report makes: its own value and the others', on the same line and for the same period."""

    indicator: Indicator
    own: Figure
    others: Figure


def kkik(facts: Facts) -> Table:
    """The indicators that the catalogue names, by every year from the first to the last that is printed."""
    root = facts.catalogue.root
    indicators = [facts.catalogue.indicator(one) for one in facts.catalogue.comparisons.kkik]
    printed = [figure for one in indicators for figure in facts.figures(one.id, root) if _yearly(figure.when)]
    if not printed:
        return Table((), (), (), ())
    first, last = (edge(figure.when.end.year for figure in printed) for edge in (min, max))
    years = tuple(range(first, last + 1))
    shared = [text for text in indicators[0].caveats if all(text in one.caveats for one in indicators)]
    reports = tuple(one for one in facts.catalogue.reports if any(figure.source == one for figure in printed))
    rows = tuple(_row(facts, one, years, shared) for one in indicators)
    return Table(years, rows, tuple(shared), reports)


def beside_others(facts: Facts) -> tuple[BesideOthers, ...]:
    """The reports' own comparisons, the latest first; one without a value of our own on its line is left out."""
    found = []
    for others in facts.published.figures:
        indicator = facts.catalogue.indicators.get(others.indicator)
        if others.measure != BESIDE_OTHERS or indicator is None:
            continue
        same = (
            figure
            for figure in facts.figures(indicator.id, facts.catalogue.root)
            if (figure.source, figure.line, figure.when) == (others.source, others.line, others.when)
        )
        own = next(same, None)
        if own is not None:
            found.append(BesideOthers(indicator, own, others))
    return tuple(sorted(found, key=lambda one: one.own.when.end, reverse=True))


def _yearly(when: Period) -> bool:
    return when.kind is PeriodKind.YEAR


def _row(facts: Facts, indicator: Indicator, years: tuple[int, ...], shared: list[str]) -> Row:
    cells = tuple(_cell(facts, indicator.id, year) for year in years)
    values = [cell.figure.value for cell in cells if cell.figure is not None]
    change = values[-1] - values[-2] if len(values) > 1 else None
    own = tuple(text for text in indicator.caveats if text not in shared)
    return Row(indicator, cells, own, verdict(change, indicator.direction))


def _cell(facts: Facts, indicator: str, year: int) -> Cell:
    period = Period.year(year)
    judged = [one for one in facts.published.assessments if (one.subject, one.when) == (indicator, period)]
    return Cell(year, facts.printed(indicator, facts.catalogue.root, period), judged[-1] if judged else None)
