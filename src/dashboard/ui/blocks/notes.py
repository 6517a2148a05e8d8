"""Egna anteckningar on Trender: the notes on the measure, a form to write one and a form to withdraw each."""

from __future__ import annotations

from collections.abc import Collection

from markupsafe import Markup

from dashboard.domain.known import told
from dashboard.domain.periods import Month
from dashboard.measures.trend import Trend
from dashboard.notes import desk
from dashboard.notes.note import LONGEST_REASON, LONGEST_TEXT
from dashboard.ui.blocks.note_marks import listed
from dashboard.ui.blocks.options import Group, Option
from dashboard.ui.blocks.trend_choice import SPC, YEARS, Choice, choice
from dashboard.ui.blocks.trends import trend_of
from dashboard.ui.page import Page
from dashboard.ui.render import render
from dashboard.uploads import gate
from dashboard.uploads.addresses import KEY_HEADER


def trend_notes(page: Page) -> Markup:
    """What people have noted on the measure and the chosen units, and where to write."""

    def make() -> Markup:
        chosen = choice(page)
        found = trend_of(page, chosen)
        units = page.facts.catalogue.units
        return render(
            "notes.html",
            notes=listed(page, found, _placed(found, chosen)),
            indicator=chosen.indicator,
            units=[
                Option("", "Alla enheter", False),
                *(Option(one, units[one].short, one == page.selection.unit) for one in chosen.units),
            ],
            times=_times(page, found),
            as_of=told(page.selection.as_of) if page.selection.as_of else "",
            longest=LONGEST_TEXT,
            longest_reason=LONGEST_REASON,
            addresses=desk,
            key=gate.key(),
            key_header=KEY_HEADER,
        )

    return page.kept("notes", make)


def _placed(found: Trend, chosen: Choice) -> Collection[Month]:
    """The months that the chart has a place for."""
    if chosen.refused or not any(line.drawn for line in found.lines):
        return ()
    if chosen.view == YEARS:
        return [month for month in found.months if month.year == found.months[-1].year]
    first = chosen.first if chosen.view == SPC else None
    return [month for month in found.months if first is None or month >= first]


def _times(page: Page, found: Trend) -> list[Group]:
    """The chosen period's last month first, then the months before it; and the period itself when it is longer."""
    period = page.selection.period
    months = [Option(str(month), month.name, month == period.end) for month in reversed(found.months)]
    groups = [Group("Månad", tuple(months))]
    if len(period.months) > 1:
        groups.append(Group("Hela perioden", (Option(str(period), period.label, False),)))
    return groups
