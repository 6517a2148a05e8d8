"""KKiK in the form of the report, and the comparisons with others that the reports make in their text."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from dashboard.charts.sparkline import Sparkline, sparkline
from dashboard.domain.model import Direction
from dashboard.domain.status import Verdict
from dashboard.insights import amount, printed_amount
from dashboard.measures.flags import flags_of_all
from dashboard.measures.kkik import BesideOthers, Row, beside_others, kkik
from dashboard.published import Contradiction, Figure
from dashboard.ui.blocks.cards import file_name
from dashboard.ui.blocks.comparisons import GOOD
from dashboard.ui.page import Page
from dashboard.ui.render import VERDICT_WORDS, render


@dataclass(frozen=True, slots=True)
class KkikLine:
    """A row on screen: what happened last, the curve over its years, and where its numbers stand."""

    row: Row
    good: str
    change: str
    look: str
    curve: Sparkline
    figures: tuple[Figure, ...]
    flags: tuple[Contradiction, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """Our own value beside the others', with the lengths of their bars in per cent of the longer."""

    one: BesideOthers
    own: str
    others: str
    own_width: str
    others_width: str


def kkik_card(page: Page) -> Markup:
    """The table year by year, as printed; grey where no value is."""

    def make() -> Markup:
        table = kkik(page.facts)
        reports = page.facts.catalogue.reports
        return render(
            "kkik.html",
            table=table,
            lines=[_line(page, row) for row in table.rows if row.known],
            reports=reports,
            sources=[reports[one].short for one in table.reports],
            chosen=page.selection.period.end.year,
            texts=page.facts.catalogue.texts,
            point=page.point,
            file=file_name("kkik", *(str(year) for year in table.years[:1] + table.years[-1:])),
        )

    return page.kept("kkik", make)


def _line(page: Page, row: Row) -> KkikLine:
    figures = tuple(figure for cell in row.cells for figure in cell.figures)
    values = [float(cell.figure.value) if cell.figure else None for cell in row.cells]
    look = {Verdict.BETTER: "better", Verdict.WORSE: "worse"}
    return KkikLine(
        row=row,
        good=GOOD[row.indicator.direction] if row.indicator.direction is not Direction.NEUTRAL else "",
        change=_change(row),
        look=look.get(row.verdict, "") if row.verdict else "",
        curve=sparkline(values, values),
        figures=figures,
        flags=flags_of_all(page.facts, figures),
    )


def _change(row: Row) -> str:
    """``bättre än 2022, då 78 %``"""
    if row.verdict is None or len(row.known) < 2:
        return ""
    before, last = row.known[-2:]
    if before.figure is None or last.figure is None:
        return ""
    word = VERDICT_WORDS[row.verdict] or "ändrat"
    joined = "sedan" if row.verdict in {Verdict.UNCHANGED, Verdict.NEUTRAL} else "än"
    return f"{last.year}: {word} {joined} {before.year} ({amount(before.figure.value, row.indicator)})"


def printed_comparisons(page: Page) -> Markup:
    """What the reports themselves say of others, as pairs of bars; nothing when they say nothing."""

    def make() -> Markup:
        pairs = [_pair(one) for one in beside_others(page.facts)]
        if not pairs:
            return Markup()
        return render(
            "kkik_beside.html",
            pairs=pairs,
            own=page.facts.catalogue.comparisons.municipality.name,
            reports=page.facts.catalogue.reports,
            point=page.point,
        )

    return page.kept("kkik_beside", make)


def _pair(one: BesideOthers) -> Pair:
    own, others = one.own.value, one.others.value
    longest = max(abs(own), abs(others)) or 1
    unit = one.indicator.unit
    return Pair(
        one,
        printed_amount(one.own, one.indicator).removesuffix(unit).strip(),
        printed_amount(one.others, one.indicator).removesuffix(unit).strip(),
        f"{100 * abs(own) / longest:.1f}%",
        f"{100 * abs(others) / longest:.1f}%",
    )
