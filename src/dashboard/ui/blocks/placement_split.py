"""What a change in the cost of placements comes from: more days, or dearer days. For any page with a selection."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from dashboard.charts import Chart, Kind, Point, category_axis
from dashboard.domain.model import Unit
from dashboard.domain.periods import Period
from dashboard.domain.selection import Compare, Selection
from dashboard.domain.text import millions, number
from dashboard.measures.placement_costs import CostChange, Spent, cost_changes, has_placements
from dashboard.ui.blocks import cards, origins
from dashboard.ui.blocks.cards import Cell, Table, Words, spreadsheet
from dashboard.ui.blocks.economy_views import whose
from dashboard.ui.blocks.economy_waterfall import step_series
from dashboard.ui.page import Page
from dashboard.ui.render import render

KEY = "volym-och-pris"
TITLE = "Placeringskostnaden delad i volym och pris"


@dataclass(frozen=True, slots=True)
class Row:
    one: CostChange
    name: str
    sentence: str
    whole: bool


def compared_with(selection: Selection) -> tuple[Period, str]:
    """The period to hold the cost against, and what to say when that is not what was asked for."""
    other = selection.other_period
    if selection.compare is Compare.TARGET or other is None:
        before = selection.period.year_before()
        return before, f"Placeringarna har ingen egen budget; jämför med {before.label}."
    return other, ""


def changes(page: Page, selection: Selection) -> tuple[CostChange, ...]:
    """The chosen unit first, then the parts of it whose placements are followed."""
    unit = page.facts.catalogue.unit(selection.unit)
    parts = [
        one
        for one in page.facts.catalogue.children(unit.id, selection.period.end)
        if has_placements(page.facts, one)
    ]
    other, _ = compared_with(selection)

    def make() -> tuple[CostChange, ...]:
        found = cost_changes(page.facts, [unit, *parts], selection.period, other)
        return (found[0], *(one for one in found[1:] if one.now is not None))

    return page.kept("cost_changes", make, selection)


def missing(page: Page, unit: Unit) -> str:
    """Why the unit has no placements to speak of, "" when it has."""
    if has_placements(page.facts, unit):
        return ""
    return f"Placeringarnas dygn och kostnad följs inte för {unit.name}, bara för avdelningarna och helheten."


def split_title(page: Page, selection: Selection) -> str:
    """The change and what it comes from, in a sentence for the top of a page."""
    unit = page.facts.catalogue.unit(selection.unit)
    if why := missing(page, unit):
        return why
    one = changes(page, selection)[0]
    who = "Placeringarna" if unit.parent is None else f"{unit.name}: placeringarna"
    if one.split is None:
        return f"{who} kan inte jämföras. {one.reason}"
    change = one.split.change
    if change == 0:
        return f"{who} kostar lika mycket som {one.other.short}."
    way = "mer" if change > 0 else "mindre"
    told = f"{_millions(one.split.volume)} av volym och {_millions(one.split.price)} av pris"
    return f"{who} kostar {_millions(abs(change), signed=False)} {way} än {one.other.short}: {told}."


def _millions(kronor: float, *, signed: bool = True) -> str:
    return millions(kronor / 1000, signed=signed)


def placement_split(page: Page, selection: Selection) -> Markup:
    """The chart card: cost then, what volume did, what price did, cost now; whole kronor behind every bar."""

    def make() -> cards.Card:
        unit = page.facts.catalogue.unit(selection.unit)
        if why := missing(page, unit):
            links = [(f"Visa {one.name}", _at(page, one)) for one in _followed(page, selection)]
            return cards.plain_card(KEY, TITLE, why, links=links)
        found = changes(page, selection)
        if found[0].split is None:
            links = [("Jämför med samma period förra året", _last_year(page))]
            return cards.plain_card(KEY, TITLE, found[0].reason, links=links)
        one = found[0]
        _, said = compared_with(selection)
        notes = ("Priset rymmer också att formerna av placering fördelas annorlunda.",)
        period = f"{one.period.label} mot {one.other.label}"
        words = Words(_says(one), period, _source(one), (said, *notes) if said else notes)
        return cards.chart_card(page, KEY, _chart(one), _table(found), words)

    return cards.kept(page, "placement_split", make, selection)


def _followed(page: Page, selection: Selection) -> list[Unit]:
    catalogue = page.facts.catalogue
    root = catalogue.unit(catalogue.root)
    above = catalogue.ancestors(selection.unit)
    return [one for one in above if has_placements(page.facts, one)] or [root]


def _at(page: Page, unit: Unit) -> str:
    return page.query.href(page.info.path, keep_own=True, enhet=unit.id)


def _last_year(page: Page) -> str:
    return page.query.href(page.info.path, keep_own=True, jamfor=Compare.LAST_YEAR.value)


def _chart(one: CostChange) -> Chart:
    split, now, then = one.split, one.now, one.then
    if split is None or now is None or then is None:
        raise ValueError(f"nothing to draw: {one.reason}")
    start, end = then.cost, now.cost
    middle = start + split.volume / 1000
    bars = [
        (f"Kostnad {one.other.short}", 0.0, start, number(start), "sum"),
        ("Volym: fler eller färre dygn", start, middle, _signed(split.volume), _way(split.volume)),
        ("Pris: kronor per dygn", middle, end, _signed(split.price), _way(split.price)),
        (f"Kostnad {one.period.short}", 0.0, end, number(end), "sum"),
    ]
    points = [
        (Point(at, to, f"{name}\n{label} tkr", label, base=since), meaning)
        for at, (name, since, to, label, meaning) in enumerate(bars)
    ]
    title = f"{TITLE}, {whose(one.unit)}"
    return Chart(
        kind=Kind.STEPS,
        title=title,
        unit="Tusen kronor (tkr)",
        decimals=0,
        axis=category_axis([bar[0] for bar in bars]),
        series=step_series(points, demo=one.origin.demo),
        summary=f"{title}. {_says(one)} Dygn och priser finns i tabellen.",
    )


def _way(kronor: int) -> str:
    return "worse" if kronor > 0 else "better"


def _signed(kronor: int) -> str:
    return number(kronor / 1000, signed=True)


def _says(one: CostChange) -> str:
    """The days and the price, then and now."""
    if one.now is None or one.then is None:
        return one.reason
    return (
        f"Dygnen gick från {number(one.then.volume)} till {number(one.now.volume)} och priset från "
        f"{number(one.then.price)} till {number(one.now.price)} kr per dygn."
    )


def _source(one: CostChange) -> str:
    return f"Källa: {origins.source(one.origin, 'verksamhetssystemet, placeringar')}"


HEADS = ("Del", "Dygn då", "Dygn nu", "Kr per dygn då", "Kr per dygn nu", "Kostnad då", "Kostnad nu")
SPLIT_HEADS = ("Volym, kr", "Pris, kr", "Ändring, kr")


def _table(found: Sequence[CostChange]) -> Table:
    """Costs in tkr, and the split in kronor so that a reader can add it up."""
    heads = tuple((head, head != "Del") for head in (*HEADS, *SPLIT_HEADS))
    return Table("Placeringskostnaden i volym och pris, del för del", heads, tuple(map(_cells, found)))


def _cells(one: CostChange) -> tuple[Cell, ...]:
    look = origins.look(one.origin)

    def cell(value: float | None, *, signed: bool = False) -> Cell:
        return Cell(number(value, signed=signed), spreadsheet(value), look)

    now, then = one.now or Spent(0.0, 0.0), one.then or Spent(0.0, 0.0)
    values = (then.volume, now.volume, then.price, now.price, then.cost, now.cost)
    parts = (None,) * 3 if one.split is None else (one.split.volume, one.split.price, one.split.change)
    return (Cell(one.unit.name), *(cell(value) for value in values), *(cell(p, signed=True) for p in parts))


def placement_split_parts(page: Page, selection: Selection) -> Markup:
    """Each part with its days, price and sentence; nothing when there is only the one."""

    def make() -> Markup:
        if missing(page, page.facts.catalogue.unit(selection.unit)):
            return Markup()
        found = [one for one in changes(page, selection) if one.split is not None]
        if len(found) < 2:
            return Markup()
        rows = [Row(one, whose(one.unit), _part_says(one), at == 0) for at, one in enumerate(found)]
        ordered = [*rows[1:], rows[0]]
        return render(
            "placement_split_parts.html",
            rows=ordered,
            period=found[0].period,
            other=found[0].other,
            source=_source(found[0]),
            origin=found[0].origin if found[0].origin.demo else None,
            stamp=page.facts.warehouse.fingerprint[:8],
            file=cards.file_name(KEY, selection.unit, str(selection.period)),
        )

    return page.kept("placement_split_parts", make, selection)


def _part_says(one: CostChange) -> str:
    """What weighs most: days or price."""
    split = one.split
    if split is None or split.change == 0:
        return "Kostnaden är oförändrad."
    if (split.volume >= 0) != (split.price >= 0):
        more, less = ("dygnen", "priset") if split.volume > 0 else ("priset", "dygnen")
        return f"{more.capitalize()} drar upp kostnaden och {less} drar ned den."
    way = "Ökningen" if split.change > 0 else "Minskningen"
    share = 100 * split.volume / split.change
    if round(share) == 50:
        return f"{way} är hälften volym och hälften pris."
    return f"{way} är mest {'volym' if share > 50 else 'pris'}: {number(max(share, 100 - share))} procent."
