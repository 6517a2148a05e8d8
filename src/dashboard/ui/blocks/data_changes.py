"""Data: what deliveries and reports changed between two days or two deliveries."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from markupsafe import Markup

from dashboard.domain.known import known_on
from dashboard.domain.model import Colour
from dashboard.domain.text import count_word, listing, number
from dashboard.errors import SelectionError
from dashboard.measures.store_changes import Cause, Standing, StoreChanges, When, store_changes
from dashboard.ui.blocks.cards import file_name
from dashboard.ui.blocks.data_preview import moved
from dashboard.ui.blocks.data_source import (
    ENTRY,
    SINCE,
    UNTIL,
    column_name,
    day,
    moment,
    store,
    title_of,
    unit_name,
    value_words,
)
from dashboard.ui.page import Page
from dashboard.ui.render import STATUS_WORDS, render

MOST_ROWS = 400


@dataclass(frozen=True, slots=True)
class Line:
    """One change: what, where, before and after, and why."""

    kind: str
    what: str
    where: str
    month: str
    column: str
    before: str
    after: str
    why: str
    entry: str
    href: str


def _when(text: str) -> When:
    """A day, a moment, or the number of a delivery. Raises SelectionError."""
    if text.isascii() and text.isdigit() and len(text) < 7:
        return int(text)
    return known_on(text)


def _told(when: When) -> str:
    if isinstance(when, datetime):
        return moment(when)
    return day(when) if isinstance(when, date) else f"leverans {when}"


def _asked(page: Page) -> tuple[StoreChanges | None, str, str]:
    """The changes, the two times in words; or None and what is wrong."""
    own = page.query.own

    def make() -> tuple[StoreChanges | None, str, str]:
        try:
            since = _when(own[SINCE]) if own.get(SINCE) else datetime(1900, 1, 1, tzinfo=UTC)
            until = _when(own[UNTIL]) if own.get(UNTIL) else None
            found = store_changes(store(), since, until, page.facts.catalogue.reports.values())
        except SelectionError as error:
            return None, str(error), ""
        start = _told(since) if own.get(SINCE) else "början"
        return found, start, _told(until) if until is not None else "nu"

    return page.kept("store_changes", make, store().log.count(), date.today())


def changes_headline(page: Page) -> None:
    """Set the title: how many months are new and how many values are revised."""
    found, start, end = _asked(page)
    undated = [one.short for one in page.facts.catalogue.reports.values() if one.published is None]
    always = f" {listing(undated)} har inget datum och räknas som alltid kända." if undated else ""
    page.lead = f"Vad leveranser och nya rapporter har ändrat.{always}"
    if found is None:
        page.title = "Tiden går inte att läsa."
        return
    parts = []
    if found.reports:
        many = len(found.reports)
        parts.append(f"{_many(many)} nya rapporter" if many > 1 else "en ny rapport")
    if found.reports_gone:
        many = len(found.reports_gone)
        parts.append(f"{_many(many)} rapporter mindre" if many > 1 else "en rapport mindre")
    if found.new:
        parts.append(f"{_many(len(found.new))} nya månadsfiler" if len(found.new) > 1 else "en ny månadsfil")
    if found.revised:
        parts.append(
            f"{number(len(found.revised))} ändrade värden" if len(found.revised) > 1 else "ett ändrat värde"
        )
    if found.gone:
        parts.append(
            f"{_many(len(found.gone))} borttagna månadsfiler"
            if len(found.gone) > 1
            else "en borttagen månadsfil"
        )
    span = f"mellan {start} och {end}" if end != "nu" else f"sedan {start}"
    page.title = f"{listing(parts).capitalize()} {span}." if parts else f"Inget är ändrat {span}."


def _many(count: int) -> str:
    return count_word(count) if count < 13 else number(count)


def changes_choice(page: Page) -> Markup:
    """The two times, to be chosen; in the address as all else."""
    own = page.query.own
    return render(
        "data_span.html",
        go=page.query.href("data"),
        since=own.get(SINCE, ""),
        until=own.get(UNTIL, ""),
        back=page.query.href("data"),
        shown=bool(own.get(SINCE) or own.get(UNTIL)),
    )


def changes_table(page: Page) -> Markup:
    """Every change as a line, to read and to export."""
    found, start, end = _asked(page)
    if found is None:
        return render("data_changes.html", fault=start, lines=[], more=0, file="", note="")
    lines = [*_reports(page, found), *_standings(page, found), *_months(page, found), *_revised(page, found)]
    return render(
        "data_changes.html",
        fault="",
        lines=lines[:MOST_ROWS],
        more=max(len(lines) - MOST_ROWS, 0),
        file=file_name("andrat", page.query.own.get(SINCE, "borjan"), page.query.own.get(UNTIL, "nu")),
        note=f"Ändrat mellan {start} och {end}",
    )


def _cause(page: Page, cause: Cause) -> tuple[str, str, str]:
    name = f"leverans {cause.entry}" if cause.entry else ""
    href = page.href("data", **{ENTRY: str(cause.entry)}) if cause.entry else ""
    why = cause.reason or (f"ångrade leverans {cause.undoes}" if cause.undoes else f"inläst av {cause.who}")
    return why, name, href


def _reports(page: Page, found: StoreChanges) -> Iterator[Line]:
    """Each report with how much it prints, leading to it."""
    printed = page.facts.published
    for kind, reports in (("Ny rapport", found.reports), ("Inte längre känd", found.reports_gone)):
        for one in reports:
            numbers = sum(row.source == one.id for row in printed.figures)
            colours = sum(
                row.source == one.id and row.subject_kind not in {"listed", "plan"}
                for row in printed.assessments
            )
            holds = f"{number(numbers)} tal, {number(colours)} bedömningar"
            before, after = ("–", holds) if kind == "Ny rapport" else (holds, "–")
            why, href = f"känd från {one.published}", page.href("rapporter", rapport=one.id)
            yield Line(kind, one.title, "", one.period.short, "", before, after, why, "rapporten", href)


def _months(page: Page, found: StoreChanges) -> Iterator[Line]:
    for kind, months in (("Ny månad", found.new), ("Borttagen månad", found.gone)):
        for one in months:
            rows = f"{number(one.rows)} rader"
            before, after = ("–", rows) if kind == "Ny månad" else (rows, "–")
            yield Line(
                kind, title_of(one.dataset), "", one.month.short, "", before, after, *_cause(page, one.cause)
            )


def _revised(page: Page, found: StoreChanges) -> Iterator[Line]:
    for one in found.revised:
        cell = moved(page, one.dataset, one.cell)
        where = " · ".join(part for part in (cell.unit, cell.category) if part)
        yield Line(
            "Ändrat värde",
            title_of(one.dataset),
            where,
            one.month.short,
            cell.column,
            cell.before,
            cell.after,
            *_cause(page, one.cause),
        )


def _standings(page: Page, found: StoreChanges) -> Iterator[Line]:
    """What stands in the last month: colours, risks, forecasts."""
    catalogue = page.facts.catalogue
    for one in found.colours:
        goal = catalogue.goals[one.subject].short if one.subject in catalogue.goals else one.subject
        words = [_colour(value) for value in (one.before, one.after)]
        yield _standing("Ändrad färg", goal, unit_name(page, one.unit), one, words)
    for one in found.risks:
        risk = catalogue.risks.get(one.subject)
        name = (risk.short or risk.name) if risk else one.subject
        yield _standing("Ändrad risk", name, "", one, [_risk(value) for value in (one.before, one.after)])
    for one in found.forecasts:
        words = [value_words("ekonomi", "prognos_helar", value) for value in (one.before, one.after)]
        label = f"{column_name('ekonomi', 'prognos_helar')} {one.subject}"
        yield _standing("Ändrad prognos", label, unit_name(page, one.unit), one, words)


def _standing(kind: str, what: str, where: str, one: Standing, words: Sequence[str]) -> Line:
    months = [month.short for month in (one.before_month, one.after_month) if month]
    return Line(kind, what, where, " → ".join(dict.fromkeys(months)), "", words[0], words[1], "", "", "")


def _colour(value: str | float | None) -> str:
    return STATUS_WORDS[Colour(value)] if isinstance(value, str) else "–"


def _risk(value: str | float | None) -> str:
    if not isinstance(value, str):
        return "–"
    place, _, status = value.partition(" ")
    return f"{place}, åtgärder {STATUS_WORDS[Colour(status)].lower()}"
