"""What a measure consists of as a table: a row for each form, kind or reason, a column for each measure of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from dashboard import insights
from dashboard.domain.model import Indicator, Nature
from dashboard.domain.origins import combined
from dashboard.domain.text import MISSING, listing, number, quantity
from dashboard.insights.words import inside
from dashboard.measures.readings import Reading, readings
from dashboard.ui.blocks import origins
from dashboard.ui.blocks.cards import file_name, plain_card, spreadsheet
from dashboard.ui.blocks.topic_cards import Block, ways
from dashboard.ui.blocks.topic_choice import shown_value
from dashboard.ui.blocks.trend_chart import unit_words
from dashboard.ui.page import Page
from dashboard.ui.render import render


@dataclass(frozen=True, slots=True)
class Column:
    """``share``: the rows add up to the whole, so that each is a share of it."""

    indicator: Indicator
    head: str
    share: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """One value with its change, as texts and as a spreadsheet gets them. ``width`` is the share in per cent."""

    one: Reading
    value: str
    change: str
    exact: tuple[str | None, str | None]
    href: str
    width: str


@dataclass(frozen=True, slots=True)
class Line:
    name: str
    entries: tuple[Entry | None, ...]


def breakdown(
    key: str, title: str, head: str, whole: Sequence[str], rows: Sequence[tuple[str, Sequence[str]]]
) -> Block:
    """``rows`` are (name, measures): as many as the ``whole`` has, in its order; "" where the rows make no whole.

    ``head`` names the rows. Those that the unit has nothing of are left out and named below the table.
    """

    def make(page: Page) -> Markup:
        names = [name for name in (*whole, *(name for _, those in rows for name in those)) if name]
        found = {one.indicator.id: one for one in readings(page.facts, names, page.selection, spark=False)}
        if not any(found[name].value.number is not None for name in whole if name):
            return plain_card(key, title, found[whole[0]].value.reason, links=ways(page)).html
        own = [
            (name, those) for name, those in rows if any(found[one].value.number is not None for one in those)
        ]
        top = [found[name] if name else None for name in whole]
        columns = [
            _column(found[name or first].indicator) for name, first in zip(whole, rows[0][1], strict=True)
        ]
        lines = [Line(name, _entries(page, [found[one] for one in those], top)) for name, those in own]
        without = [name for name, _ in rows if name not in {one for one, _ in own}]
        return render(
            "topic_breakdown.html",
            key=key,
            title=title,
            head=head,
            columns=columns,
            lines=lines,
            whole=Line("Alla", tuple(_entry(page, one, one) if one else None for one in top)),
            period=page.selection.period,
            other=next((one.against.period for one in top if one and one.against), None),
            sentence=_says(columns, lines, top),
            note=f"Inget i {listing([inside(name) for name in without])}." if without else "",
            source=origins.source(
                combined(one.value.origin for one in found.values()), columns[0].indicator.source
            ),
            file=file_name(key, page.selection.unit, str(page.selection.period)),
        )

    return lambda page: page.kept(f"breakdown-{key}", lambda: make(page))


def _column(indicator: Indicator) -> Column:
    unit = unit_words(indicator)
    head = indicator.short if unit == "Antal" else f"{indicator.short}, {inside(unit)}"
    return Column(indicator, head, indicator.nature is not Nature.RATIO)


def _entries(page: Page, found: Sequence[Reading], top: Sequence[Reading | None]) -> tuple[Entry, ...]:
    return tuple(_entry(page, one, whole) for one, whole in zip(found, top, strict=True))


def _entry(page: Page, one: Reading, whole: Reading | None) -> Entry:
    decimals = one.indicator.decimals
    share = _share(one, whole)
    return Entry(
        one,
        shown_value(one.value, one.indicator),
        number(one.change, decimals, signed=True),
        (spreadsheet(one.value.number, decimals), spreadsheet(one.change, decimals)),
        page.href("trender", matt=one.indicator.id),
        "" if share is None else f"{100 * share:.1f}",
    )


def _share(one: Reading, whole: Reading | None) -> float | None:
    if (
        whole is None
        or whole.indicator.nature is Nature.RATIO
        or one.value.number is None
        or not whole.value.number
    ):
        return None
    return float(one.value.number) / float(whole.value.number)


def _says(columns: Sequence[Column], lines: Sequence[Line], top: Sequence[Reading | None]) -> str:
    """For each measure the row that has most of it, with its share where the rows add up."""
    told = []
    for at, column in enumerate(columns):
        known = [
            (line, entry.one) for line in lines if (entry := line.entries[at]) and entry.value != MISSING
        ]
        if len(known) < 2:
            continue
        most, one = max(known, key=lambda pair: float(pair[1].value.number or 0))
        share = _share(one, top[at])
        part = f" ({quantity(100 * share, 'procent')})" if share is not None else ""
        amount = insights.amount(one.value.number, one.indicator)
        word = "mest" if column.share else "högst"
        told.append(f"{column.indicator.short}: {word} {inside(most.name)}, {amount}{part}.")
    return " ".join(told)
