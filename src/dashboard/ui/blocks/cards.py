"""The chart card: what every chart stands in, with its table, events, source and downloads."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from markupsafe import Markup

from dashboard.charts import Chart, Kind, Marker, Stroke, figure, labels_at_ends
from dashboard.domain.text import Number, number, rounded
from dashboard.published import Figure
from dashboard.ui.page import Page
from dashboard.ui.render import render

TEXT, PROJECTOR_TEXT = 13, 22


@dataclass(frozen=True, slots=True)
class Cell:
    """``value`` is what a spreadsheet gets when it differs from the text; ``look`` adds classes to the
    cell. ``links`` stand in the place of the text, as (text, address).
    """

    text: str
    value: str | None = None
    look: str = ""
    title: str = ""
    head: bool = False
    links: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A real table: ``heads`` are (text, is a number); the first cell of a row is its head."""

    caption: str
    heads: tuple[tuple[str, bool], ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class ListedEvent:
    """``number`` is None for an event that no month can be given."""

    number: int | None
    when: str
    title: str
    comment: str
    source: str


@dataclass(frozen=True, slots=True)
class ListedNote:
    """Somebody's own words. ``letter`` is empty for a note that the chart does not place; ``about`` names the unit."""

    number: int
    letter: str
    when: str
    text: str
    about: str
    signed: str


@dataclass(frozen=True, slots=True)
class LegendItem:
    """``look`` is the class of the line's colour."""

    name: str
    look: str


@dataclass(frozen=True, slots=True)
class Card:
    """Finished HTML and the figures that belong to it, kept together: the one is nothing without
    the other.
    """

    html: Markup
    charts: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))


def kept(page: Page, what: str, make: Callable[[], Card], *more: object) -> Markup:
    """The card, kept by the page's question, with its figures added to the page."""
    card = page.kept(what, make, *more)
    page.charts.update(card.charts)
    return card.html


@dataclass(frozen=True, slots=True)
class Words:
    """What a card says: ``sentence`` what the chart shows (computed), ``period`` beside the unit,
    ``source`` below.

    ``notes`` are conditions for reading the chart; ``events`` the list that the numbered markers stand for;
    ``marks`` stand under the sentence; ``links`` are ways on as (text, address); ``own`` are people's own notes, where
    they are not listed beside the card; ``figures`` are printed numbers that the sentence speaks of.
    """

    sentence: str
    period: str
    source: str
    notes: tuple[str, ...] = ()
    events: tuple[ListedEvent, ...] = ()
    event_intro: str = ""
    marks: Markup | None = None
    links: tuple[tuple[str, str], ...] = ()
    own: tuple[ListedNote, ...] = ()
    figures: tuple[Figure, ...] = ()


def chart_card(
    page: Page, key: str, chart: Chart, table: Table, words: Words, *, size: str = "", file: str = ""
) -> Card:
    """A card with the chart and its table. ``key`` names the chart on the page; the file that is saved has the name
    ``file``, or that of the key. ``size`` is "" or "small".
    """
    text = PROJECTOR_TEXT if page.query.projector else TEXT
    stamp = f"Ögonblicksbild {page.facts.warehouse.fingerprint[:8]}"
    several = sum(1 for one in chart.series if one.end_label) > 1
    legend = () if not several or labels_at_ends(chart, text) else _legend(chart)
    html = render(
        "chart_card.html",
        key=key,
        chart=chart,
        table=table,
        words=words,
        stamp=stamp,
        legend=legend,
        size=size,
        file=file_name(file or key, page.selection.unit, str(page.selection.period)),
        export_note="\n".join([chart.title, f"{chart.unit}. {words.period}", words.source, stamp]),
        kinds=_kinds(chart),
        reports=page.facts.catalogue.reports,
        point=page.point,
    )
    return Card(html, MappingProxyType({key: figure(chart, size=text)}))


def plain_card(
    key: str, title: str, sentence: str, *, links: Sequence[tuple[str, str]] = (), more: str = ""
) -> Card:
    """A card for what cannot be drawn: the reason, and where to go instead as (text, address)."""
    return Card(
        render("chart_card_empty.html", key=key, title=title, sentence=sentence, links=links, more=more)
    )


def file_name(*parts: str) -> str:
    """A file name of plain characters."""
    return "-".join(part.replace("..", "--") for part in parts if part)


def spreadsheet(value: Number | None, decimals: int = 0) -> str | None:
    """A number as a Swedish spreadsheet reads it: decimal comma, hyphen as minus, no thousands mark."""
    if value is None:
        return ""
    return f"{rounded(value, decimals):f}".replace(".", ",")


def difference_cell(value: Number, decimals: int) -> Cell:
    """A change, with its sign."""
    return Cell(number(value, decimals, signed=True), spreadsheet(value, decimals), "n")


def _legend(chart: Chart) -> tuple[LegendItem, ...]:
    return tuple(
        LegendItem(one.name, (one.token or f"c{one.colour}") + (" faint" if one.faint else ""))
        for one in chart.series
        if one.end_label
    )


def _kinds(chart: Chart) -> tuple[tuple[str, str], ...]:
    """The marks that occur in the chart, as (class, meaning)."""
    found = []
    points = [point for one in chart.series for point in one.points if one.marker is Marker.SOLID]
    if any(not point.flagged for point in points):
        found.append(("solid", "tryckt i en rapport"))
    if any(point.flagged for point in points):
        found.append(("flagged", "tryckt, men motsagt av en annan uppgift"))
    if any(one.marker is Marker.HOLLOW or one.stroke is Stroke.DASHED for one in chart.series):
        # Where points stand for signals, the dashed line alone says that they are synthetic.
        bars = chart.kind is not Kind.LINE
        signals = any(one.symbol and one.marker is not Marker.HOLLOW for one in chart.series)
        look = "hatched" if bars else "dashed" if signals else "hollow"
        found.append((look, "demo: påhittat månadsvärde"))
        if any(point.solid and point.value is not None for one in chart.series for point in one.points):
            found.append(("loaded bar" if bars else "loaded", "inläst"))
    if any(one.faint and one.stroke is not Stroke.BROKEN for one in chart.series):
        found.append(("faint", "året före"))
    if any(one.faint and one.stroke is Stroke.BROKEN for one in chart.series):
        found.append(("before", "perioden före"))
    # Colours of signals have names of their own, so that a mark looks as its points do.
    found += [(one.token, one.name) for one in chart.series if one.token and one.symbol]
    if chart.limits:
        found.append(("centre", "medel"))
        loose = chart.limits[-1].provisional
        found.append(("limits provisional" if loose else "limits", "gränser för vanlig variation"))
    if chart.target:
        found.append(("target", chart.target.name))
    if chart.band:
        found.append(("band", "vald period"))
    if chart.notes:
        found.append(("own-note", "egen anteckning"))
    return tuple(found)
