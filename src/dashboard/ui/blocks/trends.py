"""Trender: one indicator over the months, for one or several units, with everything that is printed about
it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from dashboard import insights
from dashboard.charts import unit_colour
from dashboard.domain.model import Indicator, Unit
from dashboard.measures import trend as trends
from dashboard.measures.flags import flags_of
from dashboard.measures.readings import Reading, readings
from dashboard.measures.trend import Trend
from dashboard.published import Contradiction, Figure
from dashboard.ui.blocks import cards, spc, trend_chart
from dashboard.ui.blocks.trend_choice import SPC, Choice, choice, standing
from dashboard.ui.page import Page
from dashboard.ui.render import render


@dataclass(frozen=True, slots=True)
class Option:
    value: str
    label: str
    selected: bool
    colour: int = 0


@dataclass(frozen=True, slots=True)
class Group:
    label: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class PrintedRow:
    """A printed figure with its place and what is wrong with it."""

    figure: Figure
    unit: str
    place: str
    href: str
    measure: str
    flags: tuple[Contradiction, ...]


MEASURES = {
    "utfall": "",
    "mal": "mål",
    "forandring": "förändring",
    "jamforelse": "andras värde",
    "grans": "gräns i skalan",
}


def _trend(page: Page, chosen: Choice) -> Trend:
    def make() -> Trend:
        return trends.trend(
            page.facts,
            chosen.indicator.id,
            chosen.units,
            page.selection,
            basis=chosen.wanted,
            first=None if chosen.spc else chosen.first,  # limits rest on the whole series
        )

    return page.kept("trend", make)


def _readings(page: Page, chosen: Choice) -> tuple[Reading, ...]:
    def make() -> tuple[Reading, ...]:
        return tuple(
            one
            for unit in chosen.units
            for one in readings(page.facts, [chosen.indicator.id], replace(page.selection, unit=unit))
        )

    return page.kept("readings", make)


def trend_headline(page: Page) -> None:
    """Set the page's title to where the measure stands for the chosen unit."""
    chosen = choice(page)
    now = _readings(page, chosen)[0]
    page.title = standing(now, page.selection)
    page.lead = chosen.indicator.question


def trend_controls(page: Page) -> Markup:
    """Which indicator, which units, which view."""

    def make() -> Markup:
        chosen = choice(page)
        last = page.selection.period.end
        starts = [
            ("", "Hela serien"),
            (str(last.shift(-23)), "24 månader"),
            (str(last.shift(-11)), "12 månader"),
        ]
        given = str(chosen.first or "")
        if given not in [value for value, _ in starts] and chosen.first:
            starts.append((given, f"Från {chosen.first.name}"))
        extra = len(chosen.units) - 1
        view = SPC if chosen.spc else chosen.wanted
        return render(
            "trend_controls.html",
            indicators=_indicators(page, chosen.indicator),
            units=_units(page, chosen),
            unit=page.facts.catalogue.unit(page.selection.unit),
            colour=unit_colour(page.facts.catalogue.units, page.selection.unit),
            extra=extra,
            views=[
                Option(trends.MONTHLY, "Månad för månad", view == trends.MONTHLY),
                Option(trends.R12, "Rullande tolv månader (R12)", view == trends.R12),
                Option(SPC, "Signal eller slump", view == SPC),
            ],
            starts=[Option(value, label, value == given) for value, label in starts],
            last_year=None if chosen.spc else chosen.last_year,
            said=chosen.said,
        )

    return page.kept("controls", make)


def _indicators(page: Page, chosen: Indicator) -> list[Group]:
    """Indicators with numbers, by theme; a chosen one without numbers stays in the list."""
    catalogue = page.facts.catalogue
    printed = {indicator for indicator, _, _ in page.facts.by_series}
    groups = []
    for theme, name in catalogue.board.themes.items():
        inside = [one for one in catalogue.indicators.values() if one.theme == theme]
        shown = [one for one in inside if one.monthly or one.id in printed or one.id == chosen.id]
        options = [
            Option(
                one.id, one.short if one.monthly else f"{one.short} (bara tryckta tal)", one.id == chosen.id
            )
            for one in shown
        ]
        if options:
            groups.append(Group(name, tuple(options)))
    return groups


def _units(page: Page, chosen: Choice) -> list[Group]:
    """The units that have the measure, by kind and, for the accounts, by the years they were divided so."""
    catalogue = page.facts.catalogue
    known = {unit for indicator, unit, _ in page.facts.by_series if indicator == chosen.indicator.id}
    groups: dict[str, list[Option]] = {}
    for unit in catalogue.units.values():
        can = unit.kind in chosen.indicator.levels if chosen.indicator.monthly else unit.id in known
        if unit.id == page.selection.unit or not (can or unit.id in chosen.units):
            continue
        label = catalogue.board.kinds[unit.kind]
        if unit.kind in {"verksamhet", "varav", "buffert"}:
            label = f"{label} {_years(unit)}"
        option = Option(unit.id, unit.name, unit.id in chosen.units, unit_colour(catalogue.units, unit.id))
        groups.setdefault(label, []).append(option)
    return [Group(label, tuple(options)) for label, options in groups.items()]


def _years(unit: Unit) -> str:
    if unit.valid_to is None:
        return f"från {unit.valid_from.year}"
    same = unit.valid_to.year == unit.valid_from.year
    return f"{unit.valid_from.year}" if same else f"{unit.valid_from.year}–{unit.valid_to.year}"


def trend_card(page: Page) -> Markup:
    """The chart with its table, or the reason why there is nothing to draw."""

    def make() -> cards.Card:
        chosen = choice(page)
        if chosen.refused:
            return spc.refused_card(page, chosen.indicator.id, chosen.refused)
        found = _trend(page, chosen)
        if chosen.spc:
            return spc.card(page, found, chosen.first)
        if not any(line.drawn for line in found.lines):
            return _nothing(page, chosen, found)
        return trend_chart.card(page, found, last_year=chosen.last_year)

    return cards.kept(page, "chart", make)


def _nothing(page: Page, chosen: Choice, found: Trend) -> cards.Card:
    catalogue = page.facts.catalogue
    sentence = " ".join(dict.fromkeys(line.reason for line in found.lines if line.reason))
    if chosen.indicator.unit == "text":
        sentence = "Måttet är en bedömning i ord, utan tal. Bedömningarna står på sidan Mål."
    links = []
    everywhere = {key: value or None for key, value in page.query.own.items()}
    if chosen.first:
        links.append(("Visa hela serien", page.href("trender", **{**everywhere, "fran": None})))
    default = page.query.default.period
    if page.selection.period != default:
        links.append(
            (f"Visa {default.label}", page.href("trender", **{**everywhere, "period": str(default)}))
        )
    if page.selection.unit != catalogue.root:
        whole = catalogue.unit(catalogue.root)
        links.append(
            (f"Visa {whole.short.lower()}", page.href("trender", **{**everywhere, "enhet": whole.id}))
        )
    if chosen.indicator.unit == "text":
        links = [("Till sidan Mål", page.href("mal"))]
    return cards.plain_card("trend", chosen.indicator.name, sentence, links=links)


def trend_standing(page: Page) -> Markup:
    """Where each chosen unit stands in the period, and against what is compared with."""

    def make() -> Markup:
        chosen = choice(page)
        rows = [
            (one, unit_colour(page.facts.catalogue.units, one.unit.id), insights.change_text(one))
            for one in _readings(page, chosen)
        ]
        return render(
            "trend_standing.html",
            point=page.point,
            rows=rows,
            indicator=chosen.indicator,
            period=page.selection.period,
            reports=page.facts.catalogue.reports,
        )

    return page.kept("standing", make)


def trend_about(page: Page) -> Markup:
    """What the measure is: question, rule, target, owner, source and what to be careful with."""

    def make() -> Markup:
        chosen = choice(page)
        one = chosen.indicator
        catalogue = page.facts.catalogue
        levels = [catalogue.board.kinds[level].lower() for level in one.levels]
        return render(
            "trend_about.html", indicator=one, levels=levels, texts=catalogue.texts, basis=chosen.wanted
        )

    return page.kept("about", make)


def trend_printed(page: Page) -> Markup:
    """Every printed figure of the measure with its place in the source."""

    def make() -> Markup:
        chosen = choice(page)
        figures = trends.all_printed(page.facts, chosen.indicator, chosen.units)
        empty = "Ingen av rapporterna trycker något tal för måttet. "
        empty += "Månadsvärdena är därför inte knutna till någon tryckt uppgift."
        return render(
            "trend_printed.html",
            title="Tryckta uppgifter i rapporterna",
            about=chosen.indicator.name,
            key=chosen.indicator.id,
            rows=printed_rows(page, figures),
            empty=empty,
        )

    return page.kept("printed", make)


def printed_rows(page: Page, figures: Sequence[Figure]) -> list[PrintedRow]:
    """The figures ready to be listed, each with the way to its place in the report."""
    catalogue = page.facts.catalogue
    return [
        PrintedRow(
            figure,
            catalogue.units[figure.org].short if figure.org else "–",
            f"{catalogue.reports[figure.source].short}, {figure.section}, rad {figure.line}",
            page.point(figure),
            MEASURES.get(figure.measure, ""),
            flags_of(page.facts, figure),
        )
        for figure in figures
    ]
