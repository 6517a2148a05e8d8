"""Jämförelser: the opening, every key figure in its field, and how to fetch."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

from dashboard.domain.comparison import Kpi, Quarter
from dashboard.domain.model import Direction
from dashboard.domain.status import Verdict
from dashboard.domain.text import count_word, number
from dashboard.kolada.job import STAGE, START
from dashboard.measures.comparisons import Compared
from dashboard.measures.kkik import kkik
from dashboard.ui.blocks.cards import file_name, spreadsheet
from dashboard.ui.blocks.comparison_source import (
    CHOSEN,
    amount,
    fetched_on,
    kept,
    place_words,
    unit_words,
    view,
    wanted,
)
from dashboard.ui.blocks.strips import Strip, strip
from dashboard.ui.page import Page
from dashboard.ui.render import render

QUARTERS: Mapping[Quarter, tuple[str, str]] = {
    Quarter.BEST: ("bland de 25 procent bästa", "better"),
    Quarter.MIDDLE: ("bland de 50 procent i mitten", ""),
    Quarter.WORST: ("bland de 25 procent sämsta", "worse"),
}
GOOD: Mapping[Direction, str] = {
    Direction.HIGHER: "högt är bra",
    Direction.LOWER: "lågt är bra",
    Direction.NEUTRAL: "varken högt eller lågt är bra i sig",
}
COUNTED: Mapping[Direction, str] = {
    Direction.HIGHER: "räknat från det högsta, som är bäst",
    Direction.LOWER: "räknat från det lägsta, som är bäst",
    Direction.NEUTRAL: "räknat från det högsta",
}


@dataclass(frozen=True, slots=True)
class Line:
    """A key figure in the overview. ``look`` colours the words of the quarter, relative as they are."""

    one: Compared
    href: str
    here: bool
    own: str
    country: str
    place: str
    quarter: str
    look: str
    marks: Strip
    value: str | None


@dataclass(frozen=True, slots=True)
class Theme:
    title: str
    lines: tuple[Line, ...]


def comparison_headline(page: Page) -> None:
    """Set the title: how we stand in the whole field, or without a fetch what the reports' own table says."""
    page.lead = page.info.question
    every = view(page).every
    page.title = _standing(page, every) if every else _printed(page)


def _standing(page: Page, every: tuple[Compared, ...]) -> str:
    judged = [one for one in every if one.quarter is not None]
    best = sum(1 for one in judged if one.quarter is Quarter.BEST)
    worst = sum(1 for one in judged if one.quarter is Quarter.WORST)
    name = wanted(page).municipality.name
    if not judged:
        return f"{number(len(every))} nyckeltal är hämtade för {name}."
    return (
        f"{name} är bland de 25 procent bästa kommunerna i {count_word(best)} av {count_word(len(judged))} "
        f"nyckeltal och bland de 25 procent sämsta i {count_word(worst)}."
    )


def _printed(page: Page) -> str:
    table = page.once("kkik", lambda: kkik(page.facts))
    verdicts = [row.verdict for row in table.rows if row.verdict is not None]
    if not verdicts:
        return "Inget är hämtat från Kolada, och rapporterna trycker ingen jämförelse."
    better, worse = verdicts.count(Verdict.BETTER), verdicts.count(Verdict.WORSE)
    moved = f"{count_word(better)} av {count_word(len(verdicts))} mått i KKiK blev bättre vid den senaste mätningen"
    return f"{moved[:1].upper()}{moved[1:]}, {count_word(worse)} blev sämre."


def comparison_notices(page: Page) -> Markup:
    """What in the address has no effect, and what is wrong in the store."""

    def make() -> Markup:
        said = list(view(page).said)
        root = page.facts.catalogue.root
        if page.selection.unit != root:
            unit = page.facts.catalogue.unit(page.selection.unit)
            said.append(f"Jämförelserna gäller hela kommunen, så valet {unit.name} ändrar inget här.")
        return render("comparison_notices.html", said=said, chosen=view(page).chosen)

    return kept(page, "comparison_notices", make)


def comparison_table(page: Page) -> Markup:
    """Every key figure that has been fetched, as a strip with our own place in it; nothing before the first fetch."""

    def make() -> Markup:
        found = view(page)
        if found.snapshot is None or not found.every:
            return Markup()
        themes = page.facts.catalogue.board.themes
        lines = [_line(page, one, found.chosen is one) for one in found.every]
        groups = [
            Theme(title, tuple(line for line in lines if line.one.kpi.theme == theme))
            for theme, title in themes.items()
        ]
        on = fetched_on(found.snapshot)
        own = wanted(page).municipality.name
        return render(
            "comparison_table.html",
            themes=[group for group in groups if group.lines],
            own=own,
            on=on,
            good=GOOD,
            unit_words=unit_words,
            file=file_name("jamforelser", str(page.selection.period)),
            note="\n".join(
                [
                    f"Nyckeltal för {own} och riket",
                    f"Värden: Källa: Kolada, hämtat {on}",
                    "Platser och fjärdedelar: egen beräkning",
                ]
            ),
            missing=[kpi for kpi in wanted(page).kpis if all(one.kpi is not kpi for one in found.every)],
        )

    return kept(page, "comparison_table", make)


def _line(page: Page, one: Compared, here: bool) -> Line:
    quarter, look = QUARTERS[one.quarter] if one.quarter else ("", "")
    values = one.lanes[0].values if one.lanes else (one.own,)
    return Line(
        one=one,
        href=page.query.href(page.info.path, keep_own=True, **{CHOSEN: one.kpi.id}) + f"#h-{one.kpi.id}",
        here=here,
        own=amount(one.own, one),
        country=amount(one.country, one),
        place=place_words(one),
        quarter=quarter,
        look=look,
        marks=strip(values, one.bounds, own=one.own, country=one.country),
        value=spreadsheet(one.own, one.kpi.decimals),
    )


def fetch_card(page: Page) -> Markup:
    """When something was fetched last, what, and the button that fetches. The only way out of this machine."""

    def make() -> Markup:
        known, snapshot = wanted(page), view(page).snapshot
        rows = [
            (kpi, _title(kpi, snapshot.kpis[kpi.id].title if snapshot and kpi.id in snapshot.kpis else ""))
            for kpi in known.kpis
        ]
        return render(
            "comparison_fetch.html",
            start=START,
            stage=STAGE,
            wanted=known,
            host=known.address.split("/")[2],
            snapshot=snapshot,
            on=fetched_on(snapshot) if snapshot else "",
            at=snapshot.file.known_from.astimezone().strftime("%H.%M") if snapshot else "",
            kpis=rows,
            unverified=sum(1 for kpi in known.kpis if not kpi.verified),
        )

    return kept(page, "comparison_fetch", make)


def _title(kpi: Kpi, theirs: str) -> str:
    return theirs or kpi.title or "ännu inte hämtad"
