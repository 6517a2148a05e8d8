"""What reports print about a topic, and the sums that its ratios rest on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from dashboard import insights
from dashboard.domain.text import number, quantity
from dashboard.measures.working import Working, working
from dashboard.published import Figure
from dashboard.ui.blocks.cards import plain_card
from dashboard.ui.blocks.topic_cards import Block
from dashboard.ui.blocks.trends import printed_rows
from dashboard.ui.page import Page
from dashboard.ui.render import render


@dataclass(frozen=True, slots=True)
class Sum:
    """A ratio with its sums as words, and what a report prints beside it."""

    one: Working
    formula: str
    span: str
    printed: str
    clash: bool


def printed(
    indicators: Sequence[str],
    *,
    key: str,
    title: str,
    ever: bool,
    beside: bool,
) -> Block:
    """The figures of the report on the period, else those whose last month lies within it.

    With ``ever`` all that any report prints up to the period's end, and with ``beside`` what the same lines say without
    being about a measure of their own.
    """

    def make(page: Page) -> Markup:
        figures, where = _figures(page, indicators, ever, beside)
        heading = title or f"Så står det i {where}"
        if not figures:
            ask = [("Till rapporterna", page.href("rapporter"))]
            said = f"Ingen rapport trycker något av sidans mått för {page.selection.period.label}."
            return plain_card(key, heading, said, links=ask).html
        return render(
            "trend_printed.html",
            title=heading,
            about=f"{page.info.title.lower()}, {where}",
            key=key,
            rows=printed_rows(page, figures),
            empty="",
        )

    return lambda page: page.kept(f"printed-{key}", lambda: make(page))


def _figures(page: Page, indicators: Sequence[str], ever: bool, beside: bool) -> tuple[list[Figure], str]:
    period, catalogue = page.selection.period, page.facts.catalogue
    order = {name: place for place, name in enumerate(indicators)}
    # The ends of a scale are no outcome; they stand in the report's own page.
    every = [f for f in page.facts.published.figures if f.measure != "grans"]
    lines = {(f.source, f.line): order[f.indicator] for f in every if f.indicator in order}
    about = [
        f
        for f in every
        if f.indicator in order or (beside and not f.indicator and (f.source, f.line) in lines)
    ]
    report = page.facts.report_of(period)
    if ever:
        found, where = [f for f in about if f.when.start <= period.end], "rapporterna"
    elif report is not None:
        found, where = [f for f in about if f.source == report.id], report.short
    else:
        found = [f for f in about if period.start <= f.when.end <= period.end]
        where = f"rapporterna om {period.label}"
    newest = list(catalogue.reports)

    def rank(figure: Figure) -> tuple[int, int, int, int]:
        place = lines[figure.source, figure.line] if not figure.indicator else order[figure.indicator]
        return (place, -figure.when.end.index, -newest.index(figure.source), figure.line)

    return sorted(found, key=rank), where


def sums(indicators: Sequence[str], *, key: str, title: str) -> Block:
    """Each ratio as numerator over denominator, with the numbers of the period, so that anyone can divide again."""

    def make(page: Page) -> Markup:
        rows = [_sum(one) for one in working(page.facts, indicators, page.selection)]
        return render(
            "topic_sums.html",
            key=key,
            title=title,
            rows=rows,
            unit=page.facts.catalogue.unit(page.selection.unit),
        )

    return lambda page: page.kept(f"sums-{key}", lambda: make(page))


def _sum(one: Working) -> Sum:
    first, last = one.months[0], one.months[-1]
    span = last.name if first == last else f"{first.name}–{last.name}, {len(one.months)} månader"
    if one.value is None:
        return Sum(one, "", span, "", False)
    top = quantity(one.top, one.top_unit)
    bottom = quantity(one.bottom, one.bottom_unit, 1 if one.mean else 0)
    times = f" × {number(one.indicator.scale)}" if one.indicator.scale != 1 else ""
    formula = f"{top} / {bottom}{times} = {insights.amount(one.value, one.indicator)}"
    figures = one.shown.figures
    if not figures:
        return Sum(one, formula, span, "", False)
    figure = figures[0]
    told = insights.printed_amount(figure, one.indicator)
    decimals = insights.shown_decimals(figure.value, one.indicator)
    clash = number(one.value, decimals) != number(figure.value, decimals)
    return Sum(one, formula, span, told, clash)
