"""The goals at a glance and month by month, and what is said when a period has no judgement."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from dashboard import insights
from dashboard.domain.model import Colour, Goal
from dashboard.domain.origins import combined, what_is_what
from dashboard.domain.periods import MONTH_SHORT, Period
from dashboard.domain.text import listing
from dashboard.measures import goal_tree, goals
from dashboard.measures.goal_units import Judged, Share, green_units
from dashboard.ui.page import Page
from dashboard.ui.render import render

Rows = tuple[tuple[Goal, tuple[Judged, ...]], ...]


def whole(page: Page) -> bool:
    return page.selection.unit == page.facts.catalogue.root


def shown_period(page: Page) -> Period | None:
    """The period whose colours are shown. A unit judges itself every month, so its period always stands."""
    if not whole(page):
        return page.selection.period
    return goals.judged_period(page.facts, page.selection.period)


def standings(page: Page) -> tuple[goals.Standing, ...]:
    def make() -> tuple[goals.Standing, ...]:
        period = shown_period(page)
        return goals.standings(page.facts, page.selection.with_period(period)) if period else ()

    return page.kept("standings", make)


def goals_headline(page: Page) -> None:
    """Title and lead: how many goals are green, who judged it, and how it was in the other period."""
    period, chosen = shown_period(page), page.selection.period
    if period is None:
        page.title = f"Ingen bedömning av målen finns för {spoken(chosen)}."
        return
    tiles = [one.tile for one in standings(page)]
    said = insights.headline(tiles, None)
    if not whole(page):
        unit = page.facts.catalogue.unit(page.selection.unit)
        page.title = f"{unit.name}: {said[:1].lower()}{said[1:]}"
        if any(tile.judged.origin for tile in tiles):
            page.lead = f"Egna bedömningar för {period.end.name}. Nämndens bedömning står under var och en."
        return
    page.title = said if period == chosen else f"Senast bedömt, {period.short}: {said[:1].lower()}{said[1:]}"
    page.lead = " ".join(part for part in (_judged_by(page, tiles), _compared(page, period)) if part)


def spoken(period: Period) -> str:
    """The period inside a sentence: ``år 2022``, ``T2 2025 · jan–aug``."""
    return period.label.replace("År ", "år ", 1)


def _judged_by(page: Page, tiles: list[goals.GoalTile]) -> str:
    row = next((tile.judged.row for tile in tiles if tile.judged.row), None)
    if row is None:
        return ""
    return f"Bedömt av {row.judged_by} i {page.facts.catalogue.reports[row.source].short}."


def _compared(page: Page, period: Period) -> str:
    selection = page.selection.with_period(period)
    other = goals.compared_period(page.facts, selection)
    if other is None or goals.judged_period(page.facts, other) != other:
        return ""
    said = insights.headline(goals.colours(page.facts, other), None)
    return f"{other.short}: {said[:1].lower()}{said[1:]}"


def goal_notice(page: Page) -> Markup:
    """What is shown instead when the period has no judgement or no report of its own."""

    def make() -> Markup:
        chosen, found = page.selection.period, goal_tree.tree(page.facts, page.selection)
        report = found.report if found else None
        exact = bool(found and found.exact)
        reports = page.facts.catalogue.reports.values()
        links = [(one.short, page.href("mal", period=str(one.period))) for one in reports]
        return render(
            "goal_notice.html",
            exact=exact,
            chosen=spoken(chosen),
            same=shown_period(page) == chosen,
            report=report,
            links=links,
            shown=shown_period(page),
        )

    return page.kept("goal_notice", make)


def goal_glance(page: Page) -> Markup:
    """The goals beside each other: colour, nämndmål and the units' share of each."""

    def make() -> Markup:
        found = standings(page)
        unit = page.facts.catalogue.unit(page.selection.unit)
        return (
            render(
                "goal_glance.html", standings=found, whole=whole(page), unit=unit, dots=dots, point=page.point
            )
            if found
            else Markup()
        )

    return page.kept("goal_glance", make)


@dataclass(frozen=True, slots=True)
class Dots:
    """One mark per unit, in the order green, yellow, red, and the same in words."""

    marks: tuple[tuple[str, str], ...]  # (class, sign)
    words: str
    note: str


def dots(share: Share) -> Dots:
    """``6 av 11 gröna, 5 röda`` with eleven marks; open marks where the report prints no colours."""
    total = share.total or 0
    if share.green is None:
        note = share.row.note.split(";")[0].strip() if share.row else ""
        return Dots((("open", "△"),) * total, f"{share.text} enheter", note)
    counts = (("green", "▲", share.green), ("yellow", "●", share.yellow or 0), ("red", "■", share.red or 0))
    marks = tuple((name, sign) for name, sign, count in counts for _ in range(count))
    words = [f"{share.green} av {total} {'grön' if share.green == 1 else 'gröna'}"]
    words += [f"{n} {word if n == 1 else word + end}" for n, word, end in _others(share) if n]
    return Dots(marks, ", ".join(words), "")


def _others(share: Share) -> tuple[tuple[int, str, str], ...]:
    return ((share.yellow or 0, "gul", "a"), (share.red or 0, "röd", "a"))


def goal_months(page: Page) -> Markup:
    """Goal by month for the period's year; the unit's own colours when a unit is chosen."""

    def make() -> Markup:
        year = (shown_period(page) or page.selection.period).end.year
        rows = goals.months(page.facts, year, page.selection.unit)
        known = [judged for _, line in rows for judged in line if judged.origin]
        origin = combined(judged.origin for judged in known)
        counts = green_units(page.facts, year) if whole(page) else ()
        lost = bool(known) and all(judged.colour is Colour.UNKNOWN for judged in known)
        links = [(str(one), page.href("mal", period=str(one))) for one in goals.printed_years(page.facts)]
        return render(
            "goal_months.html",
            point=page.point,
            year=year,
            rows=rows if known else (),
            months=MONTH_SHORT,
            lost=lost,
            origin=origin if origin and origin.demo else None,
            what=what_is_what({judged.period.end: judged.origin for _, line in rows for judged in line}),
            counts_what=what_is_what({one.month: one.origin for _, line in counts for one in line}),
            counts_origin=combined(one.origin for _, line in counts for one in line),
            texts=page.facts.catalogue.texts,
            unit=page.facts.catalogue.unit(page.selection.unit),
            whole=whole(page),
            links=links,
            sentence=_months_sentence(rows) if known and not lost else "",
            counts=counts,
        )

    return page.kept("goal_months", make)


def _months_sentence(rows: Rows) -> str:
    """Which goals were not green, and when: ``Målet Medarbetare var gult juni–sep. Resten är grönt.``"""
    parts: list[str] = []
    for goal, line in rows:
        found = []
        for colour, word in ((Colour.RED, "rött"), (Colour.YELLOW, "gult")):
            hit = [judged.period.end.number for judged in line if judged.colour is colour]
            if hit:
                found.append(f"{word} {_runs(hit)}")
        if found:
            parts.append(f"{goal.short} {'' if parts else 'var '}{' och '.join(found)}")
    if not parts:
        return "Alla mål är gröna alla bedömda månader."
    simple = not any(" och " in part for part in parts)
    return f"Målet {listing(parts) if simple else '; '.join(parts)}. Resten är grönt."


def _runs(numbers: list[int]) -> str:
    """``[6, 7, 8, 9]`` → ``juni–sep``"""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    names = [(MONTH_SHORT[run[0] - 1], MONTH_SHORT[run[-1] - 1]) for run in runs]
    return listing([first if first == last else f"{first}–{last}" for first, last in names])
