"""Ekonomi: who deviates from the year's budget, the worst first, and how it was in the period compared
with.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from dashboard import insights
from dashboard.domain.model import Origin
from dashboard.domain.origins import combined
from dashboard.domain.selection import Compare
from dashboard.domain.text import number, quantity
from dashboard.measures import accounts, economy
from dashboard.measures.economy import Deviation
from dashboard.measures.readings import readings
from dashboard.published import Figure
from dashboard.ui.blocks import cards, origins
from dashboard.ui.blocks.economy import against_budget
from dashboard.ui.blocks.economy_subject import Subject, parts_of, subject
from dashboard.ui.page import Page
from dashboard.ui.render import render


@dataclass(frozen=True, slots=True)
class BarRow:
    """``x`` and ``width`` in per cent; ``ghost`` is where the compared value ends, None without one."""

    one: Deviation
    x: str
    width: str
    ghost: str | None
    other: str
    chosen: bool
    before: Figure | None = None  # the printed number held against


@dataclass(frozen=True, slots=True)
class Other:
    """What a part is held against: in words, in tkr for the mark, and as printed."""

    text: str
    value: float | None = None
    figure: Figure | None = None


def economy_deviations(page: Page) -> Markup:
    """The parts by deviation, each against the comparison; the chosen one is marked."""

    def make() -> Markup:
        about, found = subject(page), parts_of(page)
        others = _others(page, about, found)
        printed = bool(found) and found[0].figure is not None
        table = economy.printed_table(page.facts, about.reading.period) if printed else None
        ids = {one.unit.id for one in found}
        aside = not about.whole and about.unit.id not in ids and not about.reason
        origin = combined(one.origin for one in found)
        closed = bool(found and found[0].figure and found[0].figure.measure == "avvikelse")
        return render(
            "economy_deviations.html",
            point=page.point,
            printed_as=lambda value: economy.printed_as(table, value),
            rows=_bars(found, others, about.unit.id),
            sentence=_deviation_sentence(about, found),
            head=_other_head(about),
            title=f"Avvikelse mot helårsbudget {about.reading.period.end.year}",
            unit=f"Tusen kronor (tkr) · {'utfall' if closed else 'prognos'} minus budget, sämst först",
            aside=about.unit.name if aside else "",
            total=sum(one.value for one in found),
            extra=_buffer(page, about) if found and not closed else None,
            source=_source(page, about, origin),
            file=cards.file_name("avvikelser", str(about.reading.period)),
            has_other=any(one.value is not None for one in others.values()),
        )

    return page.kept("deviations", make)


def _buffer(page: Page, about: Subject) -> float | None:
    """The buffer in the year's forecast, in tkr; None for a year without one."""
    catalogue = page.facts.catalogue
    parts = catalogue.children(catalogue.root, about.reading.period.end)
    unit = next((one for one in parts if one.kind == "buffert"), None)
    if unit is None:
        return None
    forecast = catalogue.roles.accounts.forecast
    value = readings(page.facts, [forecast], replace(about.selection, unit=unit.id))[0].value.number
    return None if value is None else float(value)


def _source(page: Page, about: Subject, origin: Origin | None) -> str:
    if origin is None:
        return "Källa: ingen, för varken rapport eller månader finns för perioden"
    if origin is Origin.PUBLISHED and about.reading.report:
        return f"Källa: {about.reading.report.short}"
    stamp = f"Ögonblicksbild {page.facts.warehouse.fingerprint[:8]}"
    return f"Källa: {origins.source(origin, 'Ekonomisystemet')} · {stamp}"


def _deviation_sentence(about: Subject, found: Sequence[Deviation]) -> str:
    place = next((at for at, one in enumerate(found, start=1) if one.unit.id == about.unit.id), 0)
    if not place or about.whole:
        return insights.deviation_sentence(found) if found else "Ingen del har en budget att hålla mot."
    one = found[place - 1]
    return f"{one.label.strip('* ')} är nummer {place} av {len(found)}: {against_budget(one.value)}."


def _other_head(about: Subject) -> str:
    if about.selection.compare is Compare.TARGET:
        return "Andel av budget"
    other = about.selection.other_period
    return f"Avvikelse {other.short}" if other else ""


def _others(page: Page, about: Subject, found: Sequence[Deviation]) -> dict[str, Other]:
    """By unit id, what each part is held against."""
    other = about.selection.other_period
    if other is None:
        shares = {one.unit.id: None if one.share is None else 100 * one.share for one in found}
        return {name: Other(quantity(share, "procent", 1, signed=True)) for name, share in shares.items()}
    before = {one.unit.id: accounts.comparable_unit(page.facts, one.unit.id, other.end) for one in found}
    read = accounts.read(page.facts, other)
    known = economy.deviations_of(page.facts, [unit for unit in before.values() if unit], read.period)
    return {name: _other(known.get(unit.id) if unit else None) for name, unit in before.items()}


def _other(known: Deviation | None) -> Other:
    if known is None:
        return Other("jämförs inte")
    demo = f" {origins.word(known.origin)}" if known.origin.demo else ""
    return Other(f"{number(known.value, signed=True)}{demo}", known.value, known.figure)


def _bars(found: Sequence[Deviation], others: dict[str, Other], chosen: str) -> list[BarRow]:
    marks = [one.value for one in others.values() if one.value is not None]
    low = min([0.0, *(one.value for one in found), *marks])
    high = max([0.0, *(one.value for one in found), *marks])
    span = (high - low) or 1.0

    def row(one: Deviation) -> BarRow:
        start, end = min(one.value, 0.0), max(one.value, 0.0)
        width = max(100 * (end - start) / span, 0.6)
        other = others[one.unit.id]
        ghost = None if other.value is None else f"{100 * (other.value - low) / span:.2f}"
        x = f"{min(100 * (start - low) / span, 100 - width):.2f}"
        return BarRow(one, x, f"{width:.2f}", ghost, other.text, one.unit.id == chosen, other.figure)

    return [row(one) for one in found]
