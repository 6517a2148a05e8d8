"""The time line: what happened, was decided and became law, with the indicators that it may explain."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup

from dashboard.domain.periods import MONTH_NAMES, MONTH_SHORT, Month, Period
from dashboard.domain.text import count_word, listing
from dashboard.measures import timeline as timelines
from dashboard.measures.timeline import KINDS, Happening, Timeline, Year
from dashboard.ui.blocks.assignment_filters import EVENT_KIND
from dashboard.ui.filters import Option
from dashboard.ui.page import Page
from dashboard.ui.render import render


@dataclass(frozen=True, slots=True)
class Look:
    """A kind of event on screen: word, plural and the shape of its mark."""

    word: str
    plural: str
    shape: str


FEW = 15  # so many events without a month are shown at once when one kind is chosen
LOOKS = {
    "handelse": Look("Händelse", "Händelser", "●"),
    "beslut": Look("Beslut", "Beslut", "◆"),
    "lag": Look("Lag", "Lagar", "■"),
}


@dataclass(frozen=True, slots=True)
class Mark:
    """Something on the strip: ``at`` is the month's column, ``width`` how many it covers."""

    at: int
    width: int
    text: str
    title: str
    ahead: bool


@dataclass(frozen=True, slots=True)
class Lane:
    kind: str
    look: Look
    marks: tuple[Mark, ...]
    spans: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Strip:
    """All years beside each other, a column a month. ``until``: the last column of the chosen period, 0 outside."""

    months: int
    years: tuple[tuple[int, int, bool], ...]  # (year, first column, has events)
    lanes: tuple[Lane, ...]
    until: int
    label: str


@dataclass(frozen=True, slots=True)
class Line:
    """An event as a row: ``place`` is dated, span or none; links are (name, address in Trender)."""

    one: Happening
    look: Look
    when: str
    place: str
    links: tuple[tuple[str, str], ...]
    href: str  # to the line in the report


@dataclass(frozen=True, slots=True)
class YearLines:
    """``open``: what is known only to the year is shown from the start."""

    number: int
    dated: tuple[Line, ...]
    spans: tuple[Line, ...]
    open: bool


def timeline_card(page: Page) -> Markup:
    """The strip over the years and the list, newest first, with the choice of kind."""

    def make() -> Markup:
        said = page.query.own.get(EVENT_KIND, "")
        kind = said if said in KINDS else ""
        found = timelines.timeline(page.facts, page.selection, kind)
        if found.report is None:
            return Markup()
        latest = list(page.facts.catalogue.reports.values())[-1]
        options = [Option("", "alla", not kind), *(Option(k, LOOKS[k].plural, k == kind) for k in KINDS)]
        return render(
            "timeline.html",
            found=found,
            sentence=_sentence(found, page.selection.period),
            strip=_strip(found, page.selection.period),
            years=[_year(page, year, narrowed=bool(kind)) for year in found.years],
            period=page.selection.period,
            undated=[_line(page, one) for one in found.undated],
            options=options,
            looks=LOOKS,
            report=found.report,
            latest=(latest.short, page.href("uppdrag", period=str(latest.period))),
            clear=page.query.href("uppdrag", keep_own=True, **{EVENT_KIND: None}),
        )

    return page.kept("timeline", make)


def _sentence(found: Timeline, period: Period) -> str:
    """How many of each kind, how many are known only to the year, and the next that lies ahead."""
    everything = found.everything
    if not everything:
        return f"Inget av det slaget nämns till och med {found.report.short if found.report else ''}."
    counts = [(sum(1 for one in everything if one.event.kind == kind), LOOKS[kind]) for kind in KINDS]
    said = listing(
        [f"{count_word(n)} {(look.plural if n > 1 else look.word).lower()}" for n, look in counts if n]
    )
    loose = sum(1 for one in everything if one.whole_year)
    parts = [f"{said[:1].upper()}{said[1:]}{f', {count_word(loose)} kända bara till året' if loose else ''}."]
    ahead = sorted((one for one in everything if one.ahead), key=lambda one: one.event.date)
    if ahead:
        parts.append(f"Efter {period.short} {'ligger' if len(ahead) > 1 else 'kommer'} {_ahead(ahead)}.")
    return " ".join(parts)


def _ahead(ahead: list[Happening]) -> str:
    first = f"{ahead[0].event.title} ({when(ahead[0])})"
    return first if len(ahead) == 1 else f"{count_word(len(ahead))}, först {first}"


def when(one: Happening) -> str:
    """The date as exactly as the report is: ``1 juli 2025``, ``maj 2024``, ``under 2024``, ``utan datum``."""
    if one.day:
        return f"{one.day.day} {MONTH_NAMES[one.day.month - 1]} {one.day.year}"
    if one.start is None:
        return "utan datum"
    return f"under {one.start.year}" if one.whole_year else one.start.name


def _year(page: Page, year: Year, *, narrowed: bool) -> YearLines:
    dated, spans = (tuple(_line(page, one) for one in some) for some in (year.dated, year.spans))
    opened = not dated or year.number == page.selection.period.end.year or (narrowed and len(spans) <= FEW)
    return YearLines(year.number, dated, spans, opened)


def _line(page: Page, one: Happening) -> Line:
    place = "none" if one.start is None else "span" if one.whole_year else "dated"
    links = tuple((each.short, page.href("trender", matt=each.id)) for each in one.indicators)
    return Line(one, LOOKS[one.event.kind], when(one), place, links, page.point(one.event))


def _strip(found: Timeline, period: Period) -> Strip | None:
    """None when nothing is dated."""
    dated = [one for one in found.everything if one.start and one.end]
    if not dated:
        return None
    ends = [period.end, *(one.end for one in dated if one.end)]
    first = Month(min(one.start.year for one in dated if one.start), 1)
    last = Month(max(month.year for month in ends), 12)
    known = {year.number for year in found.years}
    years = tuple(
        (year, _column(Month(year, 1), first), year in known) for year in range(first.year, last.year + 1)
    )
    lanes = tuple(_lane(kind, dated, first) for kind in KINDS if any(one.event.kind == kind for one in dated))
    total = len(first.until(last))
    until = _column(period.end, first) if first <= period.end < last else 0
    label = f"{years[0][0]}–{years[-1][0]}" if len(years) > 1 else f"{years[0][0]}"
    return Strip(total, years, lanes, until, label)


def _column(month: Month, first: Month) -> int:
    return month.index - first.index + 1


def _lane(kind: str, dated: Iterable[Happening], first: Month) -> Lane:
    look = LOOKS[kind]
    exact: dict[Month, list[Happening]] = {}
    loose: dict[int, list[Happening]] = {}
    for one in dated:
        if one.event.kind != kind or one.start is None:
            continue
        if one.whole_year:
            loose.setdefault(one.start.year, []).append(one)
        else:
            exact.setdefault(one.start, []).append(one)
    marks = tuple(
        Mark(
            _column(month, first),
            1,
            str(len(some)) if len(some) > 1 else "",
            f"{MONTH_SHORT[month.number - 1]} {month.year}: {listing([one.event.title for one in some])}",
            some[0].ahead,
        )
        for month, some in sorted(exact.items())
    )
    spans = tuple(
        Mark(
            _column(Month(year, 1), first),
            12,
            f"{len(some)} under året",
            f"{year}, utan månad: {len(some)}",
            False,
        )
        for year, some in sorted(loose.items())
    )
    return Lane(kind, look, marks, spans)
