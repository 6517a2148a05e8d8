"""The sentences that matter now, each a way to what it is about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from dashboard import insights
from dashboard.domain.text import count_word
from dashboard.insights import Insight, Kind
from dashboard.insights.words import inside
from dashboard.measures.spc_words import VARIATION
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
MOST_NAMED = 5


@dataclass(frozen=True, slots=True)
class Row:
    """A sentence with the word for its kind and where it leads."""

    one: Insight
    word: str
    href: str


@dataclass(frozen=True, slots=True)
class Calm:
    """Where nothing new is to be told: the words before and after the measures that are signals all the same."""

    before: str
    measures: tuple[tuple[str, str, str], ...] = ()  # name, way, what the signal means
    after: str = ""


def insights_block(page: Page, indicators: Sequence[str] | None = None) -> Markup:
    """*Det viktigaste nu*: of everything, or of the given measures. When nothing is new one plain sentence, with what
    is out of the ordinary all the same.

    No query when the measures' series are already read.
    """

    def make() -> Markup:
        found = insights.insights(page.facts, page.selection, indicators)
        rows = [Row(one, WORDS[one.kind], _href(page, one)) for one in found.insights]
        calm = _calm(page, found) if not rows and found.anything else None
        return render("insights.html", rows=rows, calm=calm)

    return page.kept("insights", make, *(indicators or ()))


def _calm(page: Page, found: insights.Found) -> Calm:
    month = page.selection.period.end
    new = "som väger tungt " if found.light or any(one.new for one in found.still.signals) else ""
    start = f"Inget nytt {new}sedan {month.shift(-1).name}."
    signals = found.still.signals
    if not found.still.limited:
        return Calm(f"{start} Månaderna är för få för att säga vad som är vanligt.")
    if not signals:
        return Calm(f"{start} Måtten ligger inom det vanliga.")
    every_new = all(one.new for one in signals)
    again = "" if any(one.new for one in signals) else "fortfarande "
    count = count_word(len(signals)).capitalize()
    told = tuple(
        (
            inside(one.indicator.short),
            page.href("trender", matt=one.latest.indicator.id, vy="spc"),
            VARIATION[one.latest.variation].lower() + (", nytt" if one.new and not every_new else ""),
        )
        for one in signals[:MOST_NAMED]
    )
    rest = len(signals) - len(told)
    after = f" och {count_word(rest)} till" if rest else ""
    return Calm(f"{start} {count} mått ligger {again}utanför det vanliga: ", told, f"{after}.")


def _href(page: Page, one: Insight) -> str:
    target = one.target
    address = page.href(target.page, **dict(target.params))
    return f"{address}#{target.anchor}" if target.anchor else address
