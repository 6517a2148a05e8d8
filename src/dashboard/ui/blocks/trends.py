"""Trender: one indicator over the months, for one or several units, with everything that is printed about
it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from dashboard import insights
from dashboard.charts import unit_colour
from dashboard.measures import trend as trends
from dashboard.measures import views
from dashboard.measures.flags import flags_of
from dashboard.measures.rates import rated_reading
from dashboard.measures.readings import Reading, readings
from dashboard.measures.trend import Trend
from dashboard.published import Contradiction, Figure
from dashboard.ui.blocks import cards, spc, trend_chart, trend_index, trend_many, trend_years
from dashboard.ui.blocks.note_marks import with_notes
from dashboard.ui.blocks.trend_choice import INDEX, MOST_IN_ONE, SPC, YEARS, Choice, choice, standing
from dashboard.ui.blocks.trend_words import standing_of_many, trend_table
from dashboard.ui.page import Page
from dashboard.ui.render import render


@dataclass(frozen=True, slots=True)
class PrintedRow:
    """A printed figure with its place and what is wrong with it."""

    figure: Figure
    unit: str
    place: str
    href: str
    measure: str
    flags: tuple[Contradiction, ...]


AS_A_LINE = "Visa månad för månad"
MEASURES = {
    "utfall": "",
    "mal": "mål",
    "forandring": "förändring",
    "jamforelse": "andras värde",
    "grans": "gräns i skalan",
}


def trend_of(page: Page, chosen: Choice) -> Trend:
    """The series that the page's choices ask for."""

    def make() -> Trend:
        return trends.trend(
            page.facts,
            chosen.indicator.id,
            chosen.units,
            page.selection,
            basis=chosen.wanted,
            # Limits rest on the whole series, and the years are laid on each other from their Januaries.
            first=None if chosen.view in {SPC, YEARS} else chosen.first,
            per=chosen.per,
        )

    return page.kept("trend", make)


def _readings(page: Page, chosen: Choice) -> tuple[Reading, ...]:
    def make() -> tuple[Reading, ...]:
        asked = [replace(page.selection, unit=unit) for unit in chosen.units]
        page.facts.series([chosen.indicator.id], chosen.units, trends.FIRST, trends.LAST)  # one query for all
        if chosen.per:
            return tuple(rated_reading(page.facts, chosen.indicator, chosen.per, one) for one in asked)
        return tuple(readings(page.facts, [chosen.indicator.id], one)[0] for one in asked)

    return page.kept("readings", make)


def trend_headline(page: Page) -> None:
    """Set the page's title to where the measure stands for the chosen unit."""
    chosen = choice(page)
    now = _readings(page, chosen)[0]
    page.title = standing(now, page.selection)
    page.rest_on(now)
    page.lead = chosen.indicator.question


def trend_card(page: Page) -> Markup:
    """The chart with its table, or the reason why there is nothing to draw."""

    def make() -> cards.Card:
        chosen = choice(page)
        if chosen.refused:
            return spc.refused_card(page, chosen.indicator.id, chosen.refused, chosen.view)
        found = trend_of(page, chosen)
        if chosen.spc:
            return spc.card(page, found, chosen.first)
        if not any(line.drawn for line in found.lines):
            return _nothing(page, chosen, found)
        if chosen.view == YEARS:
            ways = ((AS_A_LINE, _own_href(page, vy=None)),)
            return trend_years.card(page, trend_chart.without_printed(found), ways)
        draw = _index if chosen.view == INDEX else _lines
        return draw(page, chosen, found)

    return cards.kept(page, "chart", make)


def _lines(page: Page, chosen: Choice, found: Trend) -> cards.Card:
    """Values as they are: in one chart, or a small one each."""
    if len(chosen.units) <= MOST_IN_ONE or not any(line.dots for line in found.lines):
        return trend_chart.card(page, found, last_year=chosen.last_year, before=chosen.before)
    table = with_notes(
        page, trend_table(page, found, last_year=chosen.last_year, before=chosen.before), found
    )
    many = trend_many.levels(found, table, standing_of_many(found))
    return trend_many.card(page, found, _readings(page, chosen), many)


def _index(page: Page, chosen: Choice, found: Trend) -> cards.Card:
    found = trend_chart.without_printed(found)
    asked = views.index(found, chosen.base)
    drawn = [one for one in asked.lines if one.values]
    if asked.base is None or not drawn or len(chosen.units) <= MOST_IN_ONE:
        links = [(AS_A_LINE, _own_href(page, vy=None))]
        if chosen.base is not None:
            links.insert(0, ("Räkna från den första gemensamma månaden", _own_href(page, bas=None)))
        return trend_index.card(page, found, asked, tuple(links))
    many = trend_many.Many(
        {one.line.unit.id: one.values for one in drawn},
        f"Index, {asked.base.name} = 100",
        trend_index.DECIMALS,
        with_notes(page, trend_index.table(found, asked.base, drawn), found),
        " ".join(filter(None, (trend_index.sentence(found, asked, drawn), asked.moved))),
        INDEX,
        ends=True,
    )
    return trend_many.card(page, found, _readings(page, chosen), many)


def _own_href(page: Page, **changes: str | None) -> str:
    """This page as it is asked for, with some choices changed."""
    return page.query.href(page.info.path, keep_own=True, **changes)


def _nothing(page: Page, chosen: Choice, found: Trend) -> cards.Card:
    catalogue = page.facts.catalogue
    sentence = " ".join(dict.fromkeys(line.reason for line in found.lines if line.reason))
    if chosen.indicator.unit == "text":
        sentence = "Måttet är en bedömning i ord, utan tal. Bedömningarna står på sidan Mål."
    links = []
    if chosen.per:
        links.append(("Visa måttet som det är", _own_href(page, per=None)))
    if chosen.first:
        links.append(("Visa hela serien", _own_href(page, fran=None)))
    default = page.query.default.period
    if page.selection.period != default:
        links.append((f"Visa {default.label}", _own_href(page, period=str(default))))
    if page.selection.unit != catalogue.root:
        whole = catalogue.unit(catalogue.root)
        links.append((f"Visa {whole.short.lower()}", _own_href(page, enhet=whole.id)))
    if chosen.indicator.unit == "text":
        links = [("Till sidan Mål", page.href("mal"))]
    return cards.plain_card("trend", chosen.shown.name, sentence, links=links)


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
            indicator=chosen.shown,
            period=page.selection.period,
            reports=page.facts.catalogue.reports,
        )

    return page.kept("standing", make)


def trend_about(page: Page) -> Markup:
    """What the measure is: question, rule, target, owner, source and what to be careful with."""

    def make() -> Markup:
        chosen = choice(page)
        one = chosen.shown
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
