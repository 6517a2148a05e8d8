"""What months that have been loaded since the report say of the risks, beside what the report says."""

from __future__ import annotations

from markupsafe import Markup

from dashboard.domain.model import KNOWN_COLOURS, Report
from dashboard.domain.text import count_word, listing
from dashboard.measures.risk_months import LoadedRisk, LoadedRisks, loaded
from dashboard.ui.blocks.data_source import DATASET, MONTH
from dashboard.ui.blocks.risk_filters import filtered
from dashboard.ui.blocks.risks import Change, since, spot
from dashboard.ui.page import Page
from dashboard.ui.render import render

_DATASET = "risker"


def risk_month(page: Page) -> Markup:
    """A card with what the last month loaded has otherwise than the report; nothing when none is loaded.

    The page's own filters leave it alone.
    """

    def make() -> Markup:
        found = loaded(page.facts, page.selection, filtered(page).board)
        if found is None:
            return Markup()
        return render(
            "risk_month.html",
            found=found,
            title=_title(found),
            rest=_rest(found),
            change=_change,
            spot=spot,
            point=page.point,
            source=page.query.href("data", keep_own=False, **{DATASET: _DATASET, MONTH: str(found.month)}),
            stamp=page.facts.warehouse.fingerprint[:8],
        )

    return page.kept("risk_month", make)


def _title(found: LoadedRisks) -> str:
    """*September 2025: två risker har flyttat och en är ny.*"""
    new = sum(one.before is None for one in found.risks)
    counts = (
        (sum(one.moved for one in found.risks), "har flyttat"),
        (sum(one.judged_anew for one in found.risks), "har fått annan färg på åtgärderna"),
        (
            sum(one.judged_first for one in found.risks),
            f"har färg på åtgärderna, som saknas i {found.report.short}",
        ),
        (new, "är ny" if new == 1 else "är nya"),
        (len(found.left_out), "är inte med"),
    )
    told = [(count_word(count, common=True), count, said) for count, said in counts if count]
    month = found.month.name.capitalize()
    if not told:
        total = len(found.risks)
        every = "den enda risken står" if total == 1 else f"alla {count_word(total)} risker står"
        return f"{month}: {every} som i {found.report.short}."
    word, count, said = told[0]
    first = f"{word} {'risk' if count == 1 else 'risker'} {said}"  # the noun is said once
    return f"{month}: {listing([first, *(f'{word} {said}' for word, _, said in told[1:])])}."


def _rest(found: LoadedRisks) -> str:
    """What of the month is not in the table, and what it does not say."""
    same = len(found.risks) - len(found.news)
    parts = []
    if same and (found.news or found.left_out):
        others = "En risk till står" if same == 1 else f"De andra {count_word(same)} står"
        parts.append(f"{others} som i {found.report.short}.")
    silent = sum(one.status not in KNOWN_COLOURS for one in found.risks)
    if silent:
        whose = "En risk" if silent == 1 else f"{count_word(silent).capitalize()} risker"
        parts.append(f"{whose} saknar färg på åtgärderna i {found.month.name}.")
    return " ".join(parts)


def _change(one: LoadedRisk, report: Report) -> Change:
    change = since(one.before, one.now, report)
    if one.moved and change.kind == "same":
        return Change("same", "samma värde", f"har flyttat sedan {report.short} men har samma värde")
    return change
