"""What the address of Trender asks for, checked, and the sentence that answers it."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard import insights
from dashboard.domain.model import Direction, Indicator, Nature, OverPeriod
from dashboard.domain.periods import MONTH_NAMES, Month, PeriodKind
from dashboard.domain.selection import Compare, Selection
from dashboard.measures import spc, views
from dashboard.measures import trend as trends
from dashboard.measures.rates import rate_refused, rated
from dashboard.measures.readings import Reading
from dashboard.ui.blocks import origins
from dashboard.ui.page import Page

OWN = ("matt", "enheter", "vy", "fran", "linje", "per", "bas")
SPC, YEARS, INDEX = "spc", "ar", "index"
VIEWS = ("", trends.MONTHLY, trends.R12, SPC, YEARS, INDEX)
ROLLED = "R12"
LAST_YEAR, BEFORE = "1", "2"
MOST_IN_ONE = 8  # more lines than this in one chart cannot be told apart: each unit has one of its own
MOST_UNITS = 60


@dataclass(frozen=True, slots=True)
class Choice:
    """The page's own parameters, checked. ``said`` are sentences on what could not be done as asked.

    ``indicator`` is the measure as it is asked for, ``per`` the rate it is divided by, ``shown`` the result of both.
    ``view`` is one of the words above, ``wanted`` the basis of its months. ``refused`` is why the measure cannot be
    seen that way; then there is nothing to draw.
    """

    indicator: Indicator
    shown: Indicator
    units: tuple[str, ...]
    view: str
    wanted: str
    first: Month | None
    last_year: bool
    before: bool
    said: tuple[str, ...]
    per: str = ""
    base: Month | None = None
    refused: str = ""

    @property
    def spc(self) -> bool:
        return self.view == SPC

    @property
    def lines(self) -> bool:
        """Month for month or rolling: values as they are, on one axis of time."""
        return self.view in {trends.MONTHLY, trends.R12}


def choice(page: Page) -> Choice:
    """What the address asks for; what it cannot have is replaced and said."""
    own, catalogue, said = page.query.own, page.facts.catalogue, list[str]()
    indicator = _indicator(page, own.get("matt", ""), said)
    units = _units(page, own.get("enheter", ""), said)
    view = own.get("vy", "")
    if view not in VIEWS:
        said.append(f"Visningen ”{view[:40]}” finns inte. Visar månad för månad.")
        view = ""
    per = _per(page, indicator, view, said)
    shown = rated(catalogue, indicator, per) if per else indicator
    end = page.selection.period.end
    first = _month(own.get("fran", ""), end, "Startmånaden", "Visar hela serien.", said)
    base = _month(own.get("bas", ""), end, "Basmånaden", "Räknar från den första månaden.", said)
    if base is not None and first is not None and base < first:
        said.append(f"Basmånaden {base.name} ligger före startmånaden. Räknar från den första månaden.")
        base = None
    alone = view in {SPC, YEARS, INDEX}
    basis, cannot = trends.basis_for(shown, "" if alone else view)
    if cannot:
        said.append(cannot)
    asked = frozenset(own.get("linje", "").split(",")) if not alone else frozenset[str]()
    before = BEFORE in asked and _before(page, shown, said)
    refusals = {SPC: spc.refused, YEARS: views.seasons_refused, INDEX: views.index_refused}
    return Choice(
        indicator,
        shown,
        units,
        view if alone else basis,
        basis,
        first,
        LAST_YEAR in asked,
        before,
        tuple(said),
        per=per,
        base=base if view == INDEX else None,
        refused=refusals[view](shown) if alone else "",
    )


def _indicator(page: Page, wanted: str, said: list[str]) -> Indicator:
    known = page.facts.catalogue.indicators
    if wanted and wanted not in known:
        said.append(f"Måttet ”{wanted[:40]}” finns inte. Visar det första nyckeltalet i stället.")
    return known.get(wanted) or known[page.facts.catalogue.board.key_figures[0]]


def _units(page: Page, asked: str, said: list[str]) -> tuple[str, ...]:
    units = [page.selection.unit]
    for name in filter(None, asked.split(",")):
        if name not in page.facts.catalogue.units:
            said.append(f"Enheten ”{name[:40]}” finns inte i katalogen.")
        elif name not in units:
            units.append(name)
    if len(units) > MOST_UNITS:
        said.append(f"Högst {MOST_UNITS} enheter visas på en gång. De första {MOST_UNITS} visas.")
    return tuple(units[:MOST_UNITS])


def _per(page: Page, indicator: Indicator, view: str, said: list[str]) -> str:
    """The rate that is asked for, when the measure and the view can have it."""
    per = page.query.own.get("per", "")
    if not per:
        return ""
    if refused := rate_refused(page.facts.catalogue, indicator, per):
        said.append(refused)
        return ""
    if view == SPC:
        said.append("Signal eller slump räknas på måttet som det är. Delningen används inte här.")
        return ""
    return per


def _before(page: Page, indicator: Indicator, said: list[str]) -> bool:
    """Whether the period before can be drawn over the chosen one, month on month."""
    if indicator.nature in {Nature.ACCUMULATED, Nature.FULL_YEAR}:
        said.append(f"{indicator.short} börjar om varje år och läggs inte över perioden före.")
        return False
    if len(page.selection.period.months) < 2:
        said.append("Perioden är en enda månad. Jämför med månaden före i rutan Läget.")
        return False
    return True


def _month(text: str, last: Month, what: str, instead: str, said: list[str]) -> Month | None:
    if not text:
        return None
    try:
        month = Month.parse(text)
    except ValueError:
        said.append(f"{what} ”{text[:40]}” går inte att läsa. {instead}")
        return None
    if month > last:
        said.append(f"{what} {month.name} ligger efter perioden. {instead}")
        return None
    return month


def standing(now: Reading, selection: Selection) -> str:
    """Where the measure stands and how it compares, in one sentence."""
    name, unit = now.indicator.short, now.unit
    if now.value.number is None:
        return f"{name}: {now.value.reason}"
    whose = "" if unit.parent is None else f" för {unit.name}"
    start = f"{name}{whose}: {insights.value_text(now.value, now.indicator)}{_how(now)}"
    against = now.against
    if against is None:
        words = now.indicator.target_text
        return f"{start}. " + (
            f"Målet är i ord: {words[:1].lower()}{words[1:]}." if words else "Inget mål är satt."
        )
    if now.change is None or against.number is None:
        return f"{start}. {against.reason}"
    other = insights.value_text(against, now.indicator)
    what = f"målet {other}" if selection.compare is Compare.TARGET else f"{other} {_when(now)}"
    if now.change == 0:
        same = what if selection.compare is Compare.TARGET else _when(now)
        return f"{start}, detsamma som {same}."
    word = "högre än" if now.change > 0 else "lägre än"
    if now.indicator.direction is Direction.NEUTRAL:  # of a cost with a minus, higher and lower mislead
        return f"{start}, mot {what}."
    if now.indicator.direction.value == "higher" and now.indicator.unit == "tkr":
        word = "bättre än" if now.change > 0 else "sämre än"
    return f"{start}, {word} {what}."


def _how(now: Reading) -> str:
    """How the value is read, as the sentence goes on: *i augusti 2025*, *i snitt jan–aug 2025*."""
    if now.indicator.over_period is OverPeriod.R12:
        return f" {_rolled(now, now.value.period.end)}"
    if now.value.period.kind is PeriodKind.R12:
        return f" {now.value.period.short}"
    how = origins.read_alone(now.value.how)  # the frame and the cards say what the months are
    first = how.split()[0] if how else ""
    if first in {"snitt", *MONTH_NAMES}:
        return f" i {how}"
    if first == "helår":
        return f" för {how}"
    return {"summa": f" sammanlagt {how[6:]}", "hela": f" {how[5:]}"}.get(first, f", {how}")


def _rolled(now: Reading, end: Month) -> str:
    """A rolling measure is named by the month it ends in, where its name says that it is rolling."""
    return f"i {end.name}" if ROLLED in now.indicator.short else f"{ROLLED} {end.short}"


def _when(now: Reading) -> str:
    period = now.against.period if now.against else now.value.period
    if now.indicator.over_period is OverPeriod.R12:
        return _rolled(now, period.end)
    if now.indicator.over_period is OverPeriod.LAST and now.indicator.nature is not Nature.FULL_YEAR:
        return f"i {period.end.name}"
    return period.short
