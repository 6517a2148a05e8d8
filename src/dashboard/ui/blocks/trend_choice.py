"""What the address of Trender asks for, checked, and the sentence that answers it."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard import insights
from dashboard.domain.model import Direction, Indicator, Nature, OverPeriod
from dashboard.domain.periods import MONTH_NAMES, Month
from dashboard.domain.selection import Compare, Selection
from dashboard.measures import trend as trends
from dashboard.measures.readings import Reading
from dashboard.ui.page import Page

OWN = ("matt", "enheter", "vy", "fran", "linje")
MOST_UNITS = 8


@dataclass(frozen=True, slots=True)
class Choice:
    """The page's own parameters, checked. ``said`` are sentences on what could not be done as asked."""

    indicator: Indicator
    units: tuple[str, ...]
    wanted: str
    first: Month | None
    last_year: bool
    said: tuple[str, ...]


def choice(page: Page) -> Choice:
    """What the address asks for; what it cannot have is replaced and said."""
    own, catalogue, said = page.query.own, page.facts.catalogue, list[str]()
    wanted = own.get("matt", "")
    if wanted and wanted not in catalogue.indicators:
        said.append(f"Måttet ”{wanted[:40]}” finns inte. Visar det första nyckeltalet i stället.")
    indicator = catalogue.indicators.get(wanted) or catalogue.indicators[catalogue.board.key_figures[0]]
    units = [page.selection.unit]
    for name in filter(None, own.get("enheter", "").split(",")):
        if name not in catalogue.units:
            said.append(f"Enheten ”{name[:40]}” finns inte i katalogen.")
        elif name not in units:
            units.append(name)
    if len(units) > MOST_UNITS:
        said.append(f"Högst {MOST_UNITS} enheter ryms i ett diagram. De första {MOST_UNITS} visas.")
    vy = own.get("vy", "")
    if vy not in {"", trends.MONTHLY, trends.R12}:
        said.append(f"Visningen ”{vy[:40]}” finns inte. Visar månad för månad.")
    first = _first(own.get("fran", ""), page.selection.period.end, said)
    basis, refused = trends.basis_for(indicator, vy)
    if refused:
        said.append(refused)
    return Choice(
        indicator, tuple(units[:MOST_UNITS]), basis, first, own.get("linje", "") == "1", tuple(said)
    )


def _first(text: str, last: Month, said: list[str]) -> Month | None:
    if not text:
        return None
    try:
        month = Month.parse(text)
    except ValueError:
        said.append(f"Startmånaden ”{text[:40]}” går inte att läsa. Visar hela serien.")
        return None
    if month > last:
        said.append(f"Startmånaden {month.name} ligger efter perioden. Visar hela serien.")
        return None
    return month


def standing(now: Reading, selection: Selection) -> str:
    """Where the measure stands and how it compares, in one sentence."""
    name, unit = now.indicator.short, now.unit
    if now.value.number is None:
        return f"{name}: {now.value.reason}"
    whose = "" if unit.parent is None else f" för {unit.name}"
    value = insights.amount(float(now.value.number), now.indicator)
    about = f"{now.value.qualifier} " if now.value.qualifier else ""
    start = f"{name}{whose}: {about}{value}{_how(now)}"
    against = now.against
    if against is None:
        words = now.indicator.target_text
        return f"{start}. " + (
            f"Målet är i ord: {words[:1].lower()}{words[1:]}." if words else "Inget mål är satt."
        )
    if now.change is None or against.number is None:
        return f"{start}. {against.reason}"
    other = insights.amount(float(against.number), now.indicator)
    what = f"målet {other}" if selection.compare is Compare.TARGET else f"{other} {_when(now)}"
    if now.change == 0:
        return f"{start}, lika som {what}."
    word = "högre än" if now.change > 0 else "lägre än"
    if now.indicator.direction is Direction.NEUTRAL:  # of a cost with a minus, higher and lower mislead
        return f"{start}, mot {what}."
    if now.indicator.direction.value == "higher" and now.indicator.unit == "tkr":
        word = "bättre än" if now.change > 0 else "sämre än"
    return f"{start}, {word} {what}."


def _how(now: Reading) -> str:
    """How the value is read, as the sentence goes on: *i augusti 2025*, *i snitt jan–aug 2025*."""
    how = now.value.how
    first = how.split()[0] if how else ""
    if first in {"snitt", *MONTH_NAMES}:
        return f" i {how}"
    if first == "helår":
        return f" för {how}"
    return {"summa": f" sammanlagt {how[6:]}", "hela": f" {how[5:]}"}.get(first, f", {how}")


def _when(now: Reading) -> str:
    period = now.against.period if now.against else now.value.period
    if now.indicator.over_period is OverPeriod.LAST and now.indicator.nature is not Nature.FULL_YEAR:
        return f"i {period.end.name}"
    return period.short
