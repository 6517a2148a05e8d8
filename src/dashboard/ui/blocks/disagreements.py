"""Judged colour and rule colour side by side: where they differ, by what, and whether anybody has said why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from dashboard.domain.model import Colour
from dashboard.domain.text import count_word, listing
from dashboard.insights import told
from dashboard.measures.disagreements import Status, statuses
from dashboard.ui.blocks.goals import shown_period, whole
from dashboard.ui.page import Page
from dashboard.ui.render import render


@dataclass(frozen=True, slots=True)
class Point:
    """One indicator held against what is asked of it, with where the number stands."""

    text: str
    colour: Colour
    href: str


@dataclass(frozen=True, slots=True)
class Row:
    one: Status
    name: str
    anchor: str
    points: tuple[Point, ...]
    rest: str


def judged_and_rule(page: Page) -> Markup:
    """Every goal and indicator of the report that the rule can say anything of, those that differ first.

    Nothing for a unit, which judges itself, and for a period without a report.
    """

    def make() -> Markup:
        period = shown_period(page) if whole(page) else None
        found = statuses(page.facts, period) if period else ()
        if period is None or not found:
            return Markup()
        known = [one for one in found if one.held]
        rows = [_row(page, one) for one in sorted(known, key=lambda one: not one.differs)]
        silent = [_name(one) for one in found if not one.held and one.goal is not None]
        return render(
            "judged_and_rule.html",
            rows=rows,
            sentence=sentence(known),
            silent=listing(list(dict.fromkeys(silent))),
            period=period,
            report=found[0].report,
        )

    return page.kept("judged_and_rule", make)


def sentence(known: Sequence[Status]) -> str:
    """How many differ, and for how many of those nobody has said why."""
    if not known:
        return "Ingen indikator har både ett tal och ett mål att hålla det mot."
    differing = [one for one in known if one.differs]
    if not differing:
        return "Bedömningarna stämmer med regeln överallt där den kan säga något."
    total = f"{count_word(len(known), common=True)} {'bedömning' if len(known) == 1 else 'bedömningar'}"
    whole_count = "den" if len(known) == 1 else f"{count_word(len(differing), common=True)} av dem"
    said = f"Regeln kan säga något om {total}, och {whole_count} skiljer sig."
    unexplained = sum(1 for one in differing if one.unexplained)
    if unexplained == 0:
        return said
    whom = (
        "något skäl"
        if unexplained == len(differing)
        else f"skälet till {count_word(unexplained, common=True)}"
    )
    return f"{said} Rapporten anger inte {whom}."


def _row(page: Page, one: Status) -> Row:
    shown = [held for held in one.held if held.colour is not Colour.GREEN] if one.differs else one.held
    points = tuple(
        Point(_capital(told(held)), held.colour, page.point(held.value.figures[0]))
        for held in shown or one.held
    )
    rest = len(one.held) - len(points)
    anchor = f"oense-{one.goal.id if one.goal else one.indicator.id if one.indicator else ''}"
    return Row(
        one, _name(one), anchor, points, f"{count_word(rest, common=True)} till når sitt mål" if rest else ""
    )


def _name(one: Status) -> str:
    if one.goal is not None:
        return one.goal.short
    return one.indicator.short if one.indicator else ""


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
