"""The sentences that matter now, each a way to what it is about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from dashboard import insights
from dashboard.insights import Insight, Kind
from dashboard.ui.page import Page
from dashboard.ui.render import render

WORDS = {
    Kind.STATUS: "Ny färg",
    Kind.DISAGREEMENT: "Bedömning",
    Kind.FORECAST: "Prognos",
    Kind.DEVIATION: "Avvikelse",
    Kind.SIGNAL: "Signal",
    Kind.RECORD: "Rekord",
    Kind.RISK: "Risk",
}


@dataclass(frozen=True, slots=True)
class Row:
    """A sentence with the word for its kind and where it leads."""

    one: Insight
    word: str
    href: str


def insights_block(page: Page, indicators: Sequence[str] | None = None) -> Markup:
    """*Det viktigaste nu*: of everything, or of the given measures; one plain sentence when nothing is unusual.

    No query when the measures' series are already read.
    """

    def make() -> Markup:
        found = insights.insights(page.facts, page.selection, indicators)
        rows = [Row(one, WORDS[one.kind], _href(page, one)) for one in found.insights]
        return render("insights.html", rows=rows, anything=found.anything, whole=indicators is None)

    return page.kept("insights", make, *(indicators or ()))


def _href(page: Page, one: Insight) -> str:
    target = one.target
    address = page.href(target.page, **dict(target.params))
    return f"{address}#{target.anchor}" if target.anchor else address
