"""What the address asks of units beside each other: which measure, in which order; and words they share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard import insights
from dashboard.domain.model import Indicator, Nature
from dashboard.domain.text import number
from dashboard.measures.by_unit import ByUnit, Order, by_unit
from dashboard.measures.values import Value
from dashboard.ui.blocks.options import Option
from dashboard.ui.page import Page

ORDER = "ordna"


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for. ``said`` is what could not be had."""

    indicator: Indicator
    order: Order
    said: str


def asked_of(page: Page, measures: Sequence[str], param: str) -> Asked:
    own = page.query.own
    wanted, order = own.get(param, ""), own.get(ORDER, "")
    said = []
    if wanted and wanted not in measures:
        said.append(f"Måttet ”{wanted[:40]}” finns inte i listan. Visar det första i stället.")
    if order not in set(Order):
        said.append(f"Ordningen ”{order[:40]}” finns inte. Visar organisationens ordning.")
    chosen = wanted if wanted in measures else measures[0]
    return Asked(
        page.facts.catalogue.indicator(chosen),
        Order(order) if order in set(Order) else Order.ORGANISATION,
        " ".join(said),
    )


def units_of(page: Page, asked: Asked) -> ByUnit:
    """The units as asked for; the table and the curves share them."""

    def make() -> ByUnit:
        return by_unit(page.facts, asked.indicator.id, page.selection, asked.order)

    return page.kept("by_unit", make, asked.indicator.id, asked.order)


def options(page: Page, measures: Sequence[str], asked: Asked) -> list[Option]:
    known = [page.facts.catalogue.indicator(name) for name in measures]
    return [Option(one.id, one.short, one.id == asked.indicator.id) for one in known]


def orders(page: Page, asked: Asked) -> dict[str, tuple[str, bool]]:
    """By column: the address that orders by it, and whether it does already."""
    path = page.info.path
    return {
        order.name.lower(): (
            page.query.href(path, keep_own=True, **{ORDER: order.value or None}),
            order is asked.order,
        )
        for order in Order
    }


def counted(indicator: Indicator) -> bool:
    """What is counted adds up over the units, so that the whole would dwarf its parts."""
    return indicator.nature is not Nature.RATIO


def shown_value(value: Value, indicator: Indicator) -> str:
    if value.number is None:
        return number(None)
    return (
        f"{value.qualifier} {number(value.number, insights.shown_decimals(value.number, indicator))}".strip()
    )


def nobody(found: ByUnit) -> str:
    name = found.whole.unit.name
    if found.indicator.levels and not found.without:
        return f"{found.indicator.short} följs inte för någon enhet inom {name}."
    return found.whole.reading.value.reason or f"Det finns inga värden för enheterna inom {name} i perioden."
