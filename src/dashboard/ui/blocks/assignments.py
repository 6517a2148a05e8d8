"""The promises: how many of each kind stand how, each with its status over the reports, and those left out."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from dashboard.domain.model import Report
from dashboard.domain.text import count_word, listing
from dashboard.measures import assignments
from dashboard.measures.assignments import Mention, Promise, Standing, Tally
from dashboard.ui.blocks.assignment_filters import (
    AS_REPORTED,
    KIND,
    KIND_WORDS,
    LOOKS,
    ONE_WORDS,
    STATUS,
    Filtered,
    Look,
    filtered,
    kind_options,
    report_scale,
    status_options,
)
from dashboard.ui.filters import Option
from dashboard.ui.page import Page
from dashboard.ui.render import render

OPEN_AT_FIRST = frozenset({Standing.RED, Standing.YELLOW, Standing.ONGOING})
COLOURED = frozenset({Standing.RED, Standing.YELLOW, Standing.GREEN})
FEW = 15  # a group of at most so many rows is opened when it is the only one


@dataclass(frozen=True, slots=True)
class Count:
    look: Look
    words: str
    href: str
    on: bool


@dataclass(frozen=True, slots=True)
class Tile:
    """A kind in the report that is read: its counts as links to the list, or where it is followed up instead."""

    kind: str
    title: str
    total: int
    counts: tuple[Count, ...]
    scale: str
    href: str
    on: bool
    elsewhere: tuple[str, str] | None  # (report, address)


@dataclass(frozen=True, slots=True)
class Row:
    """A promise as a line: ``anchor`` marks the first one of its risk or goal, so that others can link to it."""

    promise: Promise
    anchor: str
    belongs: tuple[str, str]  # (name, address), empty for what belongs to nothing
    wordings: tuple[tuple[str, str], ...]  # (reports, words)
    fate: str


@dataclass(frozen=True, slots=True)
class Group:
    id: str
    title: str
    look: Look | None
    rows: tuple[Row, ...]
    open: bool


def assignment_tallies(page: Page) -> Markup:
    """One tile a kind: how many stand how, with what the colours mean in that report."""

    def make() -> Markup:
        chosen = filtered(page)
        if chosen.found.report is None:
            return Markup()
        report = chosen.found.report
        counted = sorted(assignments.tallies(page.facts, chosen.found), key=lambda one: not one.total)
        tiles = [_tile(page, chosen, report, one) for one in counted]
        return render("assignment_tallies.html", tiles=tiles, report=report)

    return page.kept("tallies", make)


def _tile(page: Page, chosen: Filtered, report: Report, one: Tally) -> Tile:
    def href(status: str | None) -> str:
        return page.query.href("uppdrag", keep_own=True, **{KIND: one.kind, STATUS: status})

    counts = tuple(
        Count(
            LOOKS[standing],
            counted(number, standing),
            href(LOOKS[standing].param),
            chosen.kind == one.kind and chosen.standing is standing,
        )
        for standing, number in one.counts.items()
    )
    scale = report_scale(report, one.kind)
    if not scale and COLOURED & one.counts.keys():
        scale = f"{report.short} skriver inte vad färgerna betyder"
    elsewhere = None
    if one.last:
        elsewhere = (one.last.short, page.href("uppdrag", period=str(one.last.period), **{KIND: one.kind}))
    only = chosen.kind == one.kind and chosen.standing is None
    return Tile(one.kind, KIND_WORDS[one.kind], one.total, counts, scale, href(None), only, elsewhere)


def counted(number: int, standing: Standing) -> str:
    """``4 röda``, ``1 röd``, ``1 utan tryckt status``"""
    look = LOOKS[standing]
    one = number == 1 and standing is not Standing.NOT_ASSESSED
    return f"{number} {look.word.lower() if one else look.plural}"


def assignment_list(page: Page) -> Markup:
    """The promises of the report, late first or as reported, with their status in every report."""

    def make() -> Markup:
        chosen = filtered(page)
        report = chosen.found.report
        if report is None or not chosen.found.held:
            return Markup()
        orders = [
            Option("", "sena först", not chosen.as_reported),
            Option(AS_REPORTED, "som i rapporten", chosen.as_reported),
        ]
        return render(
            "assignment_list.html",
            groups=_groups(page, chosen, report),
            report=report,
            reports=chosen.found.reports,
            total=len(chosen.found.held),
            shown=len(chosen.held),
            looks=LOOKS,
            kinds=kind_options(chosen.kind),
            statuses=status_options(chosen.standing),
            orders=orders,
            one_words=ONE_WORDS,
            point=page.point,
            clear=page.href("uppdrag"),
            texts=page.facts.catalogue.texts,
        )

    return page.kept("assignment_list", make)


def _groups(page: Page, chosen: Filtered, report: Report) -> list[Group]:
    """By standing, the late ones open; in the report's order by kind."""
    seen: set[str] = set()
    split: dict[str, list[Promise]] = {}
    for one in chosen.held:
        split.setdefault(one.kind if chosen.as_reported else one.shown.standing.value, []).append(one)
    groups = []
    for key, some in split.items():
        look = None if chosen.as_reported else LOOKS[Standing(key)]
        opened = chosen.as_reported or chosen.narrowed or Standing(key) in OPEN_AT_FIRST
        title = look.word if look else KIND_WORDS[key]
        rows = tuple(_row(page, one, report, seen) for one in some)
        groups.append(Group(key, title, look, rows, opened or (len(split) == 1 and len(some) <= FEW)))
    return groups


def assignment_gone(page: Page) -> Markup:
    """What earlier reports promised and this one does not mention, with where it was last seen and why."""

    def make() -> Markup:
        chosen = filtered(page)
        report = chosen.found.report
        if report is None or not chosen.found.gone:
            return Markup()
        seen = {one.parent for one in chosen.held}  # a link to a risk's measures leads to those that are held
        split: dict[str, list[Promise]] = {}
        for one in chosen.gone:
            split.setdefault(one.shown.report.id, []).append(one)
        catalogue = page.facts.catalogue
        groups = [
            Group(
                f"borta-{source}",
                f"Nämns senast i {catalogue.reports[source].short}",
                None,
                tuple(_row(page, one, report, seen) for one in some),
                chosen.narrowed and len(some) <= FEW,
            )
            for source, some in split.items()
        ]
        return render(
            "assignment_gone.html",
            groups=groups,
            sentence=_gone_sentence(chosen, report),
            report=report,
            reports=chosen.found.reports,
            looks=LOOKS,
            one_words=ONE_WORDS,
            point=page.point,
            total=len(chosen.found.gone),
        )

    return page.kept("assignment_gone", make)


def _gone_sentence(chosen: Filtered, report: Report) -> str:
    """How many of which kind are left out."""
    words = {
        "uppdrag": "politiska uppdrag",
        "tillganglighetsplan": "aktiviteter i tillgänglighetsplanen",
        "atgard": "åtgärder för målen",
        "riskatgard": "åtgärder mot riskerna",
    }
    counts = [(sum(1 for one in chosen.gone if one.kind == kind), word) for kind, word in words.items()]
    said = listing([f"{count_word(count)} {word}" for count, word in counts if count])
    return (
        f"{said[:1].upper()}{said[1:]} från tidigare rapporter nämns inte i {report.short}." if said else ""
    )


def _row(page: Page, one: Promise, report: Report, seen: set[str]) -> Row:
    anchor = f"till-{one.parent}" if one.parent and one.parent not in seen else ""
    seen.add(one.parent)
    words: dict[str, list[str]] = {}
    for mention in one.reworded:
        words.setdefault(mention.row.label, []).append(mention.report.short)
    wordings = tuple((listing(names), text) for text, names in words.items())
    return Row(one, anchor, _belongs(page, one.shown, one.parent), wordings, fate(one, report))


def _belongs(page: Page, mention: Mention, parent: str) -> tuple[str, str]:
    """The risk or the goal, with the address where the report shows it."""
    period = str(mention.report.period)
    catalogue = page.facts.catalogue
    if parent in catalogue.risks:
        risk = catalogue.risks[parent]
        return risk.short or risk.name, page.href("riskmatris", period=period) + f"#risk-{parent}"
    if parent in catalogue.goals:
        goal = catalogue.goals[parent]
        place = "nm" if goal.kind == "namndmal" else "mal"
        return goal.short, page.href("mal", period=period) + f"#{place}-{parent}"
    return "", ""


def fate(one: Promise, report: Report) -> str:
    """What became of it, in words: ``Fanns i Helår 2023 och Delår 2 2024, nämns inte i Tertial 2 2025.``"""
    names = list(dict.fromkeys(mention.report.short for mention in one.mentions))
    if one.held:
        return f"Finns i {listing(names)}." if len(names) > 1 else f"Finns bara i {names[0]}."
    return f"Fanns i {listing(names)}, nämns inte i {report.short}. {WHY[one.absence]}".strip()


WHY = {
    assignments.Absence.NONE: "",
    assignments.Absence.DONE: "Var klar.",
    assignments.Absence.KIND: "Rapporten följer inte upp det slaget.",
    assignments.Absence.RISK: "Risken finns inte heller kvar.",
    assignments.Absence.GOAL: "Målet gäller inte längre.",
}
