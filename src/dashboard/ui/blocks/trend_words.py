"""A trend in words and as a table: what the chart shows, for those who read and those who count."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dashboard.domain.model import Indicator, Nature, Origin, Unit
from dashboard.domain.periods import Month
from dashboard.domain.text import listing, number, quantity
from dashboard.measures.trend import Dot, Printed, Trend, TrendLine
from dashboard.ui.blocks import origins
from dashboard.ui.blocks.cards import Cell, Table, spreadsheet
from dashboard.ui.page import Page

NAMED = 4  # more units than this are not told one by one
SHORT = 5  # letters of a unit that may be said again for every one


def sentence(found: Trend) -> str:
    """From where to where the first line has gone, and whether reports print different values for one
    month.
    """
    line = next(line for line in found.lines if line.drawn)
    whose = "" if line.unit.parent is None and len(found.lines) == 1 else f"{line.unit.short}: "
    start_word = "från" if whose else "Från"
    known = [dot for dot in line.dots if dot.number is not None]
    clash = _clash(found, line)
    if not known:
        drawn = [point for point in line.printed if point.drawn]
        first, last = drawn[0], drawn[-1]
        text = f"{amount_of(float(last.number), found.indicator)} ({last.span or last.figure.when.label})"
        if first is last:
            return f"{whose}Rapporterna trycker ett värde: {text}.{clash}"
        before = (
            f"{amount_of(float(first.number), found.indicator)} ({first.span or first.figure.when.label})"
        )
        return f"{whose}{start_word} {before} till {text}, {len(drawn)} tryckta värden.{clash}"
    first_dot, last_dot = known[0], known[-1]
    counted = ""
    if found.indicator.nature is Nature.ACCUMULATED:
        # One month of a year says nothing beside eight of another.
        first_dot = next(dot for dot in known if dot.month.number == last_dot.month.number)
        counted = ", räknat från januari"
    start, end = (amount_of(dot.number or 0.0, found.indicator) for dot in (first_dot, last_dot))
    beside = _beside(found)
    if first_dot is last_dot:
        return f"{whose}{end} i {last_dot.month.name}{counted}.{clash}{beside}"
    if (
        len(known) > 2
        and start == end
        and len({amount_of(dot.number or 0.0, found.indicator) for dot in known}) == 1
    ):
        same = f"{end} alla månader från {first_dot.month.name} till {last_dot.month.name}"
        return f"{whose}{same}, utan någon förändring.{clash}{beside}"
    few = " Två månader räcker inte för att säga vart måttet är på väg." if len(known) == 2 else ""
    counted += " varje år" if counted else ""
    way = f"{start_word} {start} i {first_dot.month.name} till {end} i {last_dot.month.name}{counted}"
    return f"{whose}{way}.{few}{clash}{beside}"


def _beside(found: Trend) -> str:
    """Where several units stand in the last month that they all have: each of a few, the ends of many."""
    lines = [line for line in found.lines if line.dots]
    if len(lines) < 2:
        return ""
    for place in range(len(found.months) - 1, -1, -1):
        at = [(line, value) for line in lines if (value := line.dots[place].number) is not None]
        if len(at) == len(lines):
            return f" I {found.months[place].name}: {compared(at, found.indicator)}."
    return ""


def standing_of_many(found: Trend) -> str:
    """The highest and the lowest of many units in the last month that they all have; else what the first line does."""
    return _beside(found).strip() or sentence(found)


def compared(at: Sequence[tuple[TrendLine, float]], indicator: Indicator) -> str:
    """*Vuxen (5,06) och Hela förvaltningen (4,98)*; of more than four only the highest and the lowest."""
    behind = indicator.unit if len(indicator.unit) <= SHORT or indicator.unit == "procent" else "antal"
    told = [
        f"{line_name(line.unit, True)} ({quantity(value, behind, indicator.decimals)})" for line, value in at
    ]
    if len(told) <= NAMED:
        return listing(told)
    order = sorted(range(len(at)), key=lambda one: at[one][1])
    return f"högst {told[order[-1]]}, lägst {told[order[0]]} av {len(told)} enheter"


def _clash(found: Trend, line: TrendLine) -> str:
    """The latest month for which reports print different values of the same thing, in words."""
    by_month: dict[tuple[Month, Month | None], list[Printed]] = {}
    for point in line.printed:
        by_month.setdefault((point.month, point.since), []).append(point)
    several = [points for points in by_month.values() if len(points) > 1]
    if not several:
        return ""
    values = [_as_printed(point) for point in several[-1]]
    return f" Rapporterna trycker både {listing(values)} för {several[-1][0].month.name}."


def _as_printed(point: Printed) -> str:
    """With the decimals and the hedge that the report has: *knappt 7 %*."""
    decimals = max(0, -int(point.number.as_tuple().exponent))
    return f"{point.figure.qualifier} {quantity(point.number, point.figure.unit, decimals)}".strip()


def summary(found: Trend) -> str:
    """The chart in words, for those who cannot see it."""
    parts = [sentence(found)]
    for line in found.lines:
        known = [dot for dot in line.dots if dot.number is not None]
        if known:
            least = min(known, key=lambda dot: dot.number or 0.0)
            most = max(known, key=lambda dot: dot.number or 0.0)
            low, high = (
                amount_of(least.number or 0.0, found.indicator),
                amount_of(most.number or 0.0, found.indicator),
            )
            parts.append(
                f"{line.unit.short}: lägst {low} i {least.month.name}, högst {high} i {most.month.name}."
            )
            parts += [f"{line.unit.short}: {line.what_is_what}."] if line.what_is_what else []
        elif line.reason:
            parts.append(line.reason)
    parts.append("Alla värden finns i tabellen.")
    return " ".join(parts)


def trend_table(page: Page, found: Trend, *, last_year: bool, before: bool = False) -> Table:
    """The newest month first. Printed values have a column of their own, so that origins never mix."""
    heads = [("Månad", False)]
    for line in found.lines:
        name = line_name(line.unit, len(found.lines) > 1)
        if line.dots:
            heads += value_heads(name, line.origin)
            heads += [(f"{name}, året före", True)] if last_year else []
            heads += [(f"{name}, perioden före", True)] if before else []
        if line.printed:
            heads += [(f"{name}, tryckt", True), ("Rapport", False)]
    rows = []
    for place in range(len(found.months) - 1, -1, -1):
        month = found.months[place]
        cells = [Cell(month.name, str(month))]
        for line in found.lines:
            cells += _computed(found.indicator, line, place, month, last_year=last_year, before=before)
            cells += _printed(page, line, month)
        rows.append(tuple(cells))
    return Table(f"{found.indicator.name}, månad för månad", tuple(heads), tuple(rows))


def _computed(
    indicator: Indicator, line: TrendLine, place: int, month: Month, *, last_year: bool, before: bool
) -> list[Cell]:
    if not line.dots:
        return []
    dot = line.dots[place]
    cells = [value_cell(dot.number, indicator, dot.origin), *origin_cells(line.origin, dot.origin)]
    if last_year:
        cells.append(value_cell(line.last_year[place].number, indicator, line.last_year[place].origin))
    if before:
        earlier = next((dot for dot in line.before if dot.month == month), Dot(month, None))
        cells.append(value_cell(earlier.number, indicator, earlier.origin))
    return cells


def _printed(page: Page, line: TrendLine, month: Month) -> list[Cell]:
    """The printed values of the month and where they stand; a single one is a number in a spreadsheet too."""
    if not line.printed:
        return []
    reports = page.facts.catalogue.reports
    here = [point for point in line.printed if point.month == month]
    values = [number(point.number, -int(point.number.as_tuple().exponent)) for point in here]
    spans = [f"{v} ({point.span})" if point.span else v for v, point in zip(values, here, strict=True)]
    alone = here[0].number if len(here) == 1 and not here[0].span else None
    exact = None if alone is None else spreadsheet(alone, -int(alone.as_tuple().exponent))
    flagged = "n flagged" if any(point.flags for point in here) else "n"
    places = {f"{reports[f.source].short} rad {f.line}": page.point(f) for p in here for f in p.figures}
    value = Cell(" / ".join(spans), exact, flagged)
    if len(here) == 1:
        value = replace(value, links=((spans[0], page.point(here[0].figure)),))
    return [value, Cell("; ".join(places), look="place", links=tuple(places.items()))]


def value_cell(value: float | None, indicator: Indicator, origin: Origin | None = None) -> Cell:
    """A number of the indicator; what is synthetic looks it."""
    digits = indicator.decimals
    return Cell(number(value, digits), spreadsheet(value, digits), origins.look(origin))


def value_heads(name: str, origin: Origin | None) -> list[tuple[str, bool]]:
    """The head of a column of values, with what they are; where they differ a column of its own says it row by row."""
    if origin is Origin.MIXED:
        return [(name, True), (f"{name}, ursprung", False)]
    return [(f"{name}, {origins.word(origin)}", True)]


def origin_cells(whole: Origin | None, one: Origin | None) -> list[Cell]:
    """The cell under the second of ``value_heads``, where there is one."""
    return [Cell(origins.word(one))] if whole is Origin.MIXED else []


def line_name(unit: Unit, several: bool) -> str:
    """Rows of the accounts may share a name from one year to the next: the years tell them apart."""
    if not several or unit.valid_to is None:
        return unit.short
    first, last = unit.valid_from.year, unit.valid_to.year
    return f"{unit.short} {first}" if first == last else f"{unit.short} {first}–{last}"


def span(first: Month, last: Month) -> str:
    """*jan–mars 2024*, *jan 2022–aug 2025*, *aug 2025*."""
    if first == last:
        return last.short
    return f"{first.short.split()[0] if first.year == last.year else first.short}–{last.short}"


def amount_of(value: float, indicator: Indicator) -> str:
    return quantity(value, indicator.unit, indicator.decimals)
