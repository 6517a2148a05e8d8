"""What of the promises is shown: the page's own choices, their words on screen, and the page's headline."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from types import MappingProxyType

from markupsafe import Markup

from dashboard.domain.model import Report
from dashboard.domain.selection import Compare
from dashboard.domain.text import count_word, listing, number
from dashboard.measures import assignments, timeline
from dashboard.measures.assignments import KINDS, Promise, Promises, Standing
from dashboard.ui.blocks.goals import spoken
from dashboard.ui.filters import Option
from dashboard.ui.page import Page
from dashboard.ui.render import render

KIND, STATUS, ORDERED, EVENT_KIND = "slag", "status", "ordning", "typ"
OWN = (KIND, STATUS, ORDERED, EVENT_KIND)
AS_REPORTED = "rapporten"


@dataclass(frozen=True, slots=True)
class Look:
    """A standing on screen: colour, word and shape. ``param`` names it in an address."""

    word: str
    plural: str
    shape: str
    css: str
    param: str


LOOKS = MappingProxyType(
    {
        Standing.RED: Look("Röd", "röda", "■", "red", "rod"),
        Standing.YELLOW: Look("Gul", "gula", "●", "yellow", "gul"),
        Standing.ONGOING: Look("Pågår", "pågår", "▶", "ongoing", "pagar"),
        Standing.UNKNOWN: Look("Okänd", "okända", "?", "unknown", "okand"),
        Standing.NOT_ASSESSED: Look("Anges inte", "utan tryckt status", "–", "not_assessed", "utan"),
        Standing.GREEN: Look("Grön", "gröna", "▲", "green", "gron"),
        Standing.DONE: Look("Klar", "klara", "✓", "green", "klar"),
    }
)
KIND_WORDS = MappingProxyType(
    {
        "uppdrag": "Politiska uppdrag",
        "tillganglighetsplan": "Tillgänglighetsplanen",
        "atgard": "Åtgärder för målen",
        "riskatgard": "Åtgärder mot riskerna",
    }
)
ONE_WORDS = MappingProxyType(
    {
        "uppdrag": "Politiskt uppdrag",
        "tillganglighetsplan": "Aktivitet i tillgänglighetsplanen",
        "atgard": "Åtgärd för målet",
        "riskatgard": "Åtgärd mot risken",
    }
)
_STANDINGS = MappingProxyType({look.param: standing for standing, look in LOOKS.items()})


@dataclass(frozen=True, slots=True)
class Filtered:
    """The promises after the page's own choices; ``said``: what in the address has no effect."""

    found: Promises
    held: tuple[Promise, ...]
    gone: tuple[Promise, ...]
    kind: str
    standing: Standing | None
    as_reported: bool
    said: tuple[str, ...]

    @property
    def narrowed(self) -> bool:
        return bool(self.kind or self.standing)


def filtered(page: Page) -> Filtered:
    """The page's promises; unknown words in the address are said and have no effect."""

    def make() -> Filtered:
        own, said = page.query.own, list[str]()
        kind, status, order = own.get(KIND, ""), own.get(STATUS, ""), own.get(ORDERED, "")
        if kind and kind not in KINDS:
            said.append(f"Slaget ”{kind[:40]}” finns inte. Visar alla slag.")
            kind = ""
        if status and status not in _STANDINGS:
            said.append(f"Statusen ”{status[:40]}” finns inte. Visar alla.")
        if order not in {"", AS_REPORTED}:
            said.append(f"Ordningen ”{order[:40]}” finns inte. Visar sena först.")
        if own.get(EVENT_KIND, "") not in {"", *timeline.KINDS}:
            said.append(f"Händelseslaget ”{own[EVENT_KIND][:40]}” finns inte. Visar alla händelser.")
        standing = _STANDINGS.get(status)
        found = assignments.promises(page.facts, page.selection)
        held, gone = (_narrowed(some, kind, standing) for some in (found.held, found.gone))
        if order == AS_REPORTED:
            held = assignments.by_report(held)
        return Filtered(found, tuple(held), tuple(gone), kind, standing, order == AS_REPORTED, tuple(said))

    return page.kept("promises", make)


def _narrowed(some: Iterable[Promise], kind: str, standing: Standing | None) -> tuple[Promise, ...]:
    return tuple(one for one in some if kind in {"", one.kind} and standing in {None, one.shown.standing})


def kind_options(chosen: str) -> list[Option]:
    return [Option("", "alla", not chosen), *(Option(k, w, k == chosen) for k, w in KIND_WORDS.items())]


def status_options(chosen: Standing | None) -> list[Option]:
    some = (Option(look.param, look.word, one is chosen) for one, look in LOOKS.items())
    return [Option("", "alla", chosen is None), *some]


def assignment_headline(page: Page) -> None:
    """Title: how many of the judged promises are late. Lead: what is not judged, new and no longer mentioned."""
    found = filtered(page).found
    if found.report is None:
        page.title = f"Inga uppdrag eller åtgärder är rapporterade för {spoken(page.selection.period)}."
        return
    page.title = _late(found)
    parts = [_not_judged(found), _moved(page, found)]
    page.lead = " ".join([*(part for part in parts if part), f"{found.report.short}, hela nämnden."])


def _count(found: Promises, *standings: Standing) -> int:
    return sum(1 for one in found.held if one.shown.standing in standings)


def _late(found: Promises) -> str:
    judged = len(found.held) - _count(found, Standing.UNKNOWN, Standing.NOT_ASSESSED)
    total, report = len(found.held), found.report.short if found.report else ""
    if not total:
        return f"{report} följer inte upp några uppdrag eller åtgärder."
    if not judged:
        return f"Ingen status går att läsa för de {number(total)} uppdragen och åtgärderna i {report}."
    red, yellow = _count(found, Standing.RED), _count(found, Standing.YELLOW)
    late = [
        f"{_word(count)} {LOOKS[standing].plural if count > 1 else LOOKS[standing].word.lower()}"
        for standing, count in ((Standing.RED, red), (Standing.YELLOW, yellow))
        if count
    ]
    of = f"av {count_word(judged)} bedömda uppdrag och åtgärder"
    if not late:
        return f"Inget {of} är gult eller rött."
    first, *rest = late
    count, colour = first.split(" ", 1)
    other = f", {rest[0]}" if rest else ", inget är rött"
    return f"{count.capitalize()} {of} är {colour}{other}."


def _word(count: int) -> str:
    return count_word(count, common=True)


def _not_judged(found: Promises) -> str:
    parts = []
    if lost := _count(found, Standing.UNKNOWN):
        parts.append(f"för {count_word(lost)} gick färgen förlorad när rapporten blev text")
    if unsaid := _count(found, Standing.NOT_ASSESSED):
        parts.append(f"för {count_word(unsaid)} trycker rapporten ingen status")
    said = listing(parts)
    return f"{said[:1].upper()}{said[1:]}." if said else ""


def _moved(page: Page, found: Promises) -> str:
    other, compare = found.compared_with, page.selection.compare
    if other is None:
        missing = found.report and found.report.previous and compare is Compare.LAST_YEAR
        before = page.selection.period.year_before().short
        return f"Ingen rapport gäller {before}, så inget är märkt som nytt." if missing else ""
    why = "rapporten före" if compare is Compare.PREVIOUS else "samma period förra året"
    new = sum(1 for one in found.held if one.new)
    return f"{count_word(new).capitalize()} är nya sedan {other.short}, {why}."


def assignment_notices(page: Page) -> Markup:
    """What in the address has no effect, which report is shown, that a unit has no promises of its own."""

    def make() -> Markup:
        chosen = filtered(page)
        said = list(chosen.said)
        report, period = chosen.found.report, page.selection.period
        if report and report.period != period:
            name = spoken(period)
            said.append(f"För {name} finns ingen egen rapport. Visar {report.short}, den senaste före.")
        if page.selection.unit != page.facts.catalogue.root:
            said.append(_unit_notice(page, chosen.found))
        reports = chosen.found.reports
        first = (reports[0].short, page.href("uppdrag", period=str(reports[0].period))) if reports else None
        return render(
            "assignment_notices.html",
            said=said,
            report=report,
            first=first,
            chosen=spoken(period),
            gone=bool(chosen.found.gone),
        )

    return page.kept("assignment_notices", make)


def _unit_notice(page: Page, found: Promises) -> str:
    """That the choice of a unit changes nothing, and whom the report names instead."""
    unit = page.facts.catalogue.unit(page.selection.unit)
    said = f"Uppdrag, åtgärder och händelser gäller hela nämnden, så valet {unit.name} ändrar inget här."
    owners = [one.shown.row.owner for one in found.held if one.shown.row.owner]
    if not owners or found.report is None:
        return f"{said} Rapporterna anger ingen enhet för dem."
    names = listing([name.lower() for name in dict.fromkeys(owners)])
    return f"{said} {found.report.short} anger ansvarig för {count_word(len(owners))}: {names}."


def report_scale(report: Report, kind: str) -> str:
    """What the colours mean for a kind in a report: ``grön: genomförd, gul: påbörjad, röd: försenad``."""
    scale = {"riskatgard": report.measure_scale, "uppdrag": report.assignment_scale}.get(kind, ())
    return ", ".join(f"{colour}: {word}" for colour, word in zip(("grön", "gul", "röd"), scale, strict=False))
