"""Ekonomi: the reports' own forecasts with source and line, and how the outcome of each year is known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from dashboard.domain.text import number
from dashboard.measures.ledger import Entry, How, YearOutcome
from dashboard.published import Figure
from dashboard.ui.blocks.economy_ledger import found_ledger, silent
from dashboard.ui.blocks.economy_subject import subject
from dashboard.ui.blocks.economy_views import whose
from dashboard.ui.page import Page
from dashboard.ui.render import render

HOW_WORDS = {How.PRINTED: "tryckt", How.IMPLIED: "härlett", How.MONTHS: "månadsvärde"}


@dataclass(frozen=True, slots=True)
class Place:
    text: str
    href: str


@dataclass(frozen=True, slots=True)
class Printed:
    """A report's own forecast, with the outcome it is graded by; both None-safe while the year is open."""

    report: str
    entry: Entry
    outcome: YearOutcome | None
    how: str
    place: Place


@dataclass(frozen=True, slots=True)
class Known:
    """How a year's outcome is known, in a sentence, with the lines it rests on."""

    year: int
    sentence: str
    places: tuple[Place, ...]


def ledger_printed(page: Page) -> Markup:
    """The reports' own forecasts with source and line, and how each year's outcome is known."""

    def make() -> Markup:
        found = found_ledger(page)
        reports = page.facts.catalogue.reports
        rows = []
        for entry in found.printed:
            if entry.figure is not None:
                outcome = found.outcomes.get(entry.year)
                how = HOW_WORDS[outcome.how] if outcome else ""
                short = reports[entry.figure.source].short
                rows.append(Printed(short, entry, outcome, how, _place(page, entry.figure)))
        known = [_known(page, one) for year, one in sorted(found.outcomes.items()) if year in found.closed]
        return render(
            "economy_ledger.html",
            rows=rows,
            known=known,
            unit=found.unit,
            whose=whose(found.unit),
            before=_before(page),
        )

    return Markup() if silent(page) else page.kept("ledger_printed", make)


def _place(page: Page, figure: Figure) -> Place:
    short = page.facts.catalogue.reports[figure.source].short
    return Place(f"{short}, rad {figure.line}", page.point(figure))


def _known(page: Page, one: YearOutcome) -> Known:
    value = f"Utfallet {one.year} är {number(one.value)} tkr"
    match one.how:
        case How.PRINTED:
            return Known(one.year, f"{value}, tryckt.", tuple(_place(page, f) for f in one.figures[:1]))
        case How.IMPLIED:
            forecast, distance = one.figures[0], one.figures[1]
            sentence = (
                f"{value}: härlett, inte tryckt. Prognosen {one.year + 1} {number(forecast.value)} minus dess "
                f"avvikelse mot utfallet {one.year} {number(distance.value)}."
            )
            return Known(one.year, sentence, tuple(_place(page, f) for f in one.figures[::2]))
        case How.MONTHS:
            whose = "demons månadsvärde" if one.origin.demo else "inläst månadsvärde"
            return Known(one.year, f"{value}: {whose} för december.", ())


def _before(page: Page) -> tuple[str, tuple[Place, ...]]:
    """What a report says of the forecast before its own, which is printed nowhere: a sentence and its lines."""
    unit = subject(page).unit
    since_last = page.facts.catalogue.roles.accounts.since_last_forecast
    found: Sequence[Figure] = page.facts.figures(since_last, unit.id, "forandring")
    if not found:
        return "", ()
    figure = found[-1]
    entries = [one for one in found_ledger(page).printed if one.figure and one.figure.source == figure.source]
    ends = [number(one.value - figure.value) for one in entries if not isinstance(one.value, float)]
    short = page.facts.catalogue.reports[figure.source].short
    sentence = (
        f"{short} skriver att prognosen ändrats {number(figure.value)} tkr sedan den förra, som inte är tryckt. "
        f"Den var alltså {' eller '.join(ends)} tkr, beroende på vilken av rapportens summor som menas."
    )
    return sentence, (_place(page, figure),)
