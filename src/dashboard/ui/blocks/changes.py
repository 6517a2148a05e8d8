"""What has changed since the period compared with: printed numbers where reports print both, else the months."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from dashboard import insights
from dashboard.domain.model import Origin
from dashboard.domain.origins import WORDS, combined
from dashboard.domain.selection import Compare
from dashboard.measures import risks
from dashboard.measures.changes import Change, changes, monthly_changes, other_period, risk_movements
from dashboard.measures.readings import Reading
from dashboard.ui.page import Page
from dashboard.ui.render import render

SHOWN = 6


@dataclass(frozen=True, slots=True)
class Moved:
    label: str
    before: str
    now: str
    verdict: str
    flagged: str
    href: str
    before_href: str = ""  # where a printed number stands in its report
    now_href: str = ""


def changed(page: Page) -> Markup:
    """What is otherwise than in the period compared with: as reports print it, else by the months."""

    def make() -> Markup:
        selection = page.selection
        if (
            selection.compare is Compare.TARGET
        ):  # a target has no before: what changed is held against the last report
            selection = replace(selection, compare=Compare.PREVIOUS)
        printed = changes(page.facts, selection) if selection.unit == page.facts.catalogue.root else ()
        if printed:
            rows = [_moved(page, change) for change in printed[:SHOWN]]
            board = risks.board(page.facts, selection)
            views = {view.risk.short or view.risk.name: view for view in board.risks}
            moved = [views[name] for name, _, _ in risk_movements(board)]
            rows += [_moved_risk(page, one) for one in moved[: max(1, SHOWN + 1 - len(rows))]]
            source = "Tryckta tal i båda perioderna, störst förändring först"
        else:
            found = monthly_changes(page.facts, selection)[: SHOWN + 1]
            rows = [_moved_month(page, one) for one in found]
            source = f"{_what(found)}, störst förändring först"
        report = page.facts.report_of(selection.period)
        other = other_period(page.facts, selection, report)
        return render(
            "changes.html",
            rows=rows,
            title=f"Ändrat sedan {other.short}",
            reason=f"Det finns inga tal för både {selection.period.short} och {other.short}.",
            source=source if rows else "",
        )

    return page.kept("changed", make)


def _what(found: Sequence[Reading]) -> str:
    """What the numbers are: a year may be printed on both sides without a report of its own on either."""
    beside = [one.origin for row in found for one in (row.value, row.against) if one is not None]
    if beside and all(origin is Origin.PUBLISHED for origin in beside):
        return "Tryckta tal i båda perioderna"
    return f"Månadsvärden ({_origins(found)})"


def _origins(found: Sequence[Reading]) -> str:
    """Of the values and of those that they are held against."""
    now = combined(one.value.origin for one in found)
    before = combined(one.against.origin for one in found if one.against)
    return WORDS[now or Origin.IMPORTED] if now is before else f"{_word(now)} mot {_word(before)}"


def _word(origin: Origin | None) -> str:
    return WORDS[origin] if origin else "okänt"


def _moved_risk(page: Page, view: risks.RiskView) -> Moved:
    before, now = view.before, view.now
    return Moved(
        label=f"Risk: {view.risk.short or view.risk.name}",
        before=str(before.value) if before else "",
        now=str(now.value),
        verdict="better" if (view.movement or 0) < 0 else "worse",
        flagged="",
        href=page.href("riskmatris"),
        before_href=page.point(before.row) if before and before.row else "",
        now_href=page.point(now.row) if now.row else "",
    )


def _moved_month(page: Page, one: Reading) -> Moved:
    before = insights.amount(one.against.number if one.against else None, one.indicator)
    flagged = one.flags[0].sentence if one.flags else ""
    way = one.verdict.value if one.verdict else ""
    now = insights.amount(one.value.number, one.indicator)
    return Moved(one.indicator.short, before, now, way, flagged, page.href("trender", matt=one.indicator.id))


def _moved(page: Page, change: Change) -> Moved:
    flagged = change.flags[0].sentence if change.flags else ""
    before, now = (
        insights.printed_amount(figure, change.indicator) for figure in (change.before, change.now)
    )
    way = change.verdict.value if change.verdict else ""
    href = page.href("trender", matt=change.indicator.id)
    places = page.point(change.before), page.point(change.now)
    return Moved(change.indicator.short, before, now, way, flagged, href, *places)
