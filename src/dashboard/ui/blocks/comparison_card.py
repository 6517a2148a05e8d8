"""One key figure: in the whole field, in the county and among alike, and year by year."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from dashboard.charts import Axis, Chart, Kind, Point, Series, Stroke
from dashboard.domain.comparison import Kpi
from dashboard.domain.model import Direction
from dashboard.domain.text import number, quantity
from dashboard.measures.comparisons import Compared, Lane, YearRow, history
from dashboard.ui.blocks import cards
from dashboard.ui.blocks.cards import Card, Cell, Table, Words, spreadsheet
from dashboard.ui.blocks.comparison_source import (
    amount,
    fetched_on,
    kept,
    place_words,
    short_unit,
    unit_words,
    view,
    wanted,
)
from dashboard.ui.blocks.comparisons import COUNTED, GOOD, QUARTERS
from dashboard.ui.blocks.strips import Strip, strip
from dashboard.ui.page import Page
from dashboard.ui.render import render


@dataclass(frozen=True, slots=True)
class LaneRow:
    """A lane on screen. ``country`` is marked in the whole field only, where it belongs."""

    lane: Lane
    name: str
    middle: str
    place: str
    marks: Strip


def comparison_card(page: Page) -> Markup:
    """The chosen key figure's distributions; nothing before the first fetch."""

    def make() -> Markup:
        found = view(page)
        one = found.chosen
        if one is None or found.snapshot is None:
            return Markup()
        low, high = one.bounds
        indicators = page.facts.catalogue.indicators
        return render(
            "comparison_card.html",
            one=one,
            own=wanted(page).municipality.name,
            value=amount(one.own, one),
            country=amount(one.country, one) if one.country is not None else "",
            unit=unit_words(one.kpi.unit),
            rows=[_row(one, at) for at in range(len(one.lanes))],
            low=amount(low, one),
            high=amount(high, one),
            sentence=_sentence(page, one),
            good=GOOD[one.kpi.direction],
            counted=COUNTED[one.kpi.direction],
            on=fetched_on(found.snapshot),
            ours=[(indicators[name].name, page.href("trender", matt=name)) for name in one.kpi.indicators],
            table=_field(page, one),
            file=cards.file_name("jamforelse", one.kpi.id.lower(), str(one.year)),
            note="\n".join(
                [
                    f"{one.kpi.name}, {one.year}",
                    f"Värden: Källa: Kolada, hämtat {fetched_on(found.snapshot)}",
                    "Medianer och platser: egen beräkning",
                ]
            ),
        )

    return kept(page, "comparison_card", make)


def _row(one: Compared, at: int) -> LaneRow:
    lane = one.lanes[at]
    country = one.country if at == 0 else None
    marks = strip(lane.values, one.bounds, own=one.own, country=country, middle=lane.middle)
    return LaneRow(
        lane, f"{lane.name[:1].upper()}{lane.name[1:]}", amount(lane.middle, one), place_words(one, at), marks
    )


def _field(page: Page, one: Compared) -> Table:
    """Every municipality with a value, the best first (the highest when neither way is good)."""
    everyone, *narrower = one.lanes or (None,)
    if everyone is None:
        return Table(one.kpi.name, (), ())
    turned = sorted(
        everyone.members, key=lambda each: each[1], reverse=one.kpi.direction is not Direction.LOWER
    )
    order = [value for _, value in turned]
    own = wanted(page).municipality.name
    inside = [(lane.name, {name for name, _ in lane.members}) for lane in narrower]
    rows = []
    for name, value in turned:
        tags = [tag for tag, names in inside if name in names and name != own]
        look = "own" if name == own else ""
        rows.append(
            (
                Cell(name, look=look, head=True),
                Cell(number(order.index(value) + 1), look="n"),
                Cell(number(value, one.kpi.decimals), spreadsheet(value, one.kpi.decimals), "n"),
                Cell(", ".join(tags)),
            )
        )
    caption = f"{one.kpi.name} {one.year}, {unit_words(one.kpi.unit)}, {COUNTED[one.kpi.direction]}"
    return Table(
        caption, (("Kommun", False), ("Plats", True), ("Värde", True), ("Jämförs som", False)), tuple(rows)
    )


def _sentence(page: Page, one: Compared) -> str:
    """Our value, our place in the whole field, and where the country is."""
    own = f"{wanted(page).municipality.name} hade {amount(one.own, one)} {one.year}"
    if one.lanes:
        quarter = f", {QUARTERS[one.quarter][0]}" if one.quarter else ""
        own += f": {place_words(one)}{quarter}"
    if one.country is None:
        return f"{own}."
    return f"{own}. {wanted(page).country.name} hade {amount(one.country, one)}."


def comparison_years(page: Page) -> Markup:
    """The chosen key figure year by year beside the country and the medians."""

    def make() -> Card:
        found = view(page)
        one = found.chosen
        if one is None or found.snapshot is None:
            return Card(Markup())
        rows = history(found.snapshot, wanted(page), one.kpi)
        if sum(1 for row in rows if row.own is not None) < 2:
            said = f"{one.kpi.short} har bara ett år i hämtningen, så det finns ingen utveckling att visa."
            return cards.plain_card("ar", f"{one.kpi.name}, år för år", said)
        return _years(page, one, rows, fetched_on(found.snapshot))

    card = kept(page, "comparison_years", make)
    page.charts.update(card.charts)
    return card.html


def _years(page: Page, one: Compared, rows: tuple[YearRow, ...], on: str) -> Card:
    known = wanted(page)
    peers = next((lane.name for lane in one.lanes[2:]), "liknande kommuner")
    names = (
        known.municipality.name,
        known.country.name,
        f"{known.county.name}, median",
        f"{peers[:1].upper()}{peers[1:]}, median",
    )
    ends = (known.municipality.name, known.country.name, "Länet", "Liknande")
    columns = (
        [row.own for row in rows],
        [row.country for row in rows],
        [row.county for row in rows],
        [row.peers for row in rows],
    )
    series = tuple(
        _series(one.kpi, at, names[at], ends[at], column, rows)
        for at, column in enumerate(columns)
        if any(value is not None for value in column)
    )
    years = [str(row.year) for row in rows]
    title = f"{one.kpi.name}, år för år"
    chart = Chart(
        kind=Kind.LINE,
        title=title,
        unit=unit_words(one.kpi.unit),
        decimals=one.kpi.decimals,
        axis=_axis(years),
        series=series,
        summary=f"Linjediagram. {title}, {years[0]}–{years[-1]}, för {', '.join(one.name for one in series)}.",
    )
    notes = [f"{row.year} är preliminärt." for row in rows if row.preliminary]
    if one.kpi.ended:
        notes.append(f"Nyckeltalet upphörde {one.kpi.ended}.")
    source = f"{names[0]} och {names[1].lower()}: Källa: Kolada, hämtat {on}. Medianerna är egna beräkningar"
    words = Words(_moved(one, rows), f"{years[0]}–{years[-1]}", source, tuple(notes))
    return cards.chart_card(page, "ar", chart, _table(one.kpi, title, names, columns, rows), words)


def _axis(years: list[str]) -> Axis:
    """A label for each year, or for every other when they would not fit side by side on a small screen."""
    step = 2 if len(years) > 5 else 1
    ticks = tuple(range((len(years) - 1) % step, len(years), step))  # the last year always has its label
    return Axis(tuple(years), ticks, tuple(years[at] for at in ticks))


def _series(
    kpi: Kpi, at: int, name: str, end: str, values: list[float | None], rows: tuple[YearRow, ...]
) -> Series:
    """Our own as a line with its points; those it is compared with are dotted."""
    points = tuple(
        Point(place, value, f"{name} {row.year}: {_amount(kpi, value)}" if value is not None else "")
        for place, (row, value) in enumerate(zip(rows, values, strict=True))
    )
    stroke = Stroke.SOLID if at == 0 else Stroke.DOTTED
    return Series(name, (1, 9, 2, 3)[at], points, stroke, end_label=end, symbol="circle" if at == 0 else "")


def _moved(one: Compared, rows: tuple[YearRow, ...]) -> str:
    """From the first year to the last, for us and for the country."""
    known = [row for row in rows if row.own is not None]
    first, last = known[0], known[-1]
    said = f"Från {_amount(one.kpi, first.own)} {first.year} till {_amount(one.kpi, last.own)} {last.year}"
    if first.country is None or last.country is None:
        return f"{said}."
    return f"{said}. Riket gick från {_amount(one.kpi, first.country)} till {_amount(one.kpi, last.country)}."


def _amount(kpi: Kpi, value: float | None) -> str:
    return quantity(value, short_unit(kpi.unit), kpi.decimals)


def _table(
    kpi: Kpi,
    title: str,
    names: tuple[str, ...],
    columns: tuple[list[float | None], ...],
    rows: tuple[YearRow, ...],
) -> Table:
    lines = tuple(
        (
            Cell(f"{row.year}{' (preliminärt)' if row.preliminary else ''}", head=True),
            *(
                Cell(number(column[at], kpi.decimals), spreadsheet(column[at], kpi.decimals), "n")
                for column in columns
            ),
        )
        for at, row in enumerate(rows)
    )
    return Table(
        f"{title}, {unit_words(kpi.unit)}", (("År", False), *((name, True) for name in names)), lines
    )
