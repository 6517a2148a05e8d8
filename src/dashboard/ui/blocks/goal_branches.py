"""The tree: kommunmål → nämndmål → indicators and measures, as one report prints them."""

from __future__ import annotations

from markupsafe import Markup

from dashboard.domain.model import Colour
from dashboard.domain.text import quantity
from dashboard.measures import goal_tree, goals
from dashboard.measures.goal_tree import Branch, IndicatorRow
from dashboard.measures.goal_units import by_unit
from dashboard.ui.blocks.goals import dots, standings, whole
from dashboard.ui.page import Page
from dashboard.ui.render import render


def goal_branches(page: Page) -> Markup:
    """Every kommunmål with its nämndmål, indicators and measures, as the report prints them."""

    def make() -> Markup:
        found = goal_tree.tree(page.facts, page.selection)
        if found is None:
            return Markup()
        selection = page.selection.with_period(found.report.period)
        everything = whole(page)
        own = (
            {}
            if everything
            else {t.goal.id: t.judged for s in standings(page) for t in (s.tile, *s.children)}
        )
        return render(
            "goal_branches.html",
            tree=found,
            reports=page.facts.catalogue.reports,
            texts=page.facts.catalogue.texts,
            promises=page.href("uppdrag"),
            point=page.point,
            unit=page.facts.catalogue.unit(page.selection.unit),
            own=own,
            units=page.facts.catalogue.units,
            by_unit=by_unit(page.facts, selection),
            month=found.report.period.end.name,
            dots=dots,
            remark=lambda note: goals.remark(page.facts, note),
            outcome=outcome,
            earlier=earlier,
            needs_care=needs_care,
            lost=Colour.UNKNOWN
            if any(r.colour is Colour.UNKNOWN for b in found.branches for r in b.rows)
            else None,
            trend=lambda one: (
                page.href("trender", matt=one) if one in page.facts.catalogue.indicators else ""
            ),
        )

    return page.kept("goal_branches", make)


def needs_care(top: Branch, branch: Branch) -> bool:
    """Whether a nämndmål is opened from the start: it, its kommunmål or some of its units are not green."""
    seen = {top.judged.colour, branch.judged.colour}
    return bool(seen & {Colour.RED, Colour.YELLOW})


def outcome(one: IndicatorRow) -> str:
    """The printed outcome; for an indicator in running text the numbers printed for the report's period."""
    if one.row is not None:
        return one.row.outcome
    figures = [figure for figure in one.figures if figure.measure == "utfall"]
    said = [f"{f.qualifier} {quantity(f.value, f.unit, _decimals(f.value))}".strip() for f in figures]
    return ", ".join(dict.fromkeys(said))


def earlier(one: IndicatorRow) -> str:
    """Outcomes of earlier periods on the same line: ``374 (T2 2024)``."""
    row = one.row
    if row is None:
        return ""
    older = [
        figure for figure in one.figures if figure.when.end < row.when.end and figure.measure == "utfall"
    ]
    return ", ".join(f"{quantity(f.value, f.unit, _decimals(f.value))} ({f.when.short})" for f in older)


def _decimals(value: object) -> int:
    text = str(value)
    return len(text.partition(".")[2])
