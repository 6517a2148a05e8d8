"""The panel that says where a printed thing stands and all else that is known of it."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from dashboard.domain import series as rules
from dashboard.domain.model import Colour
from dashboard.measures.flags import flags_of
from dashboard.measures.provenance import Entry, Provenance, Row
from dashboard.published import Assessment, Assignment, Event, Figure, RiskRow
from dashboard.ui.blocks import report_words as words
from dashboard.ui.page import Page
from dashboard.ui.render import render

SHOWN = 12  # other places in the panel before it refers to Trender


@dataclass(frozen=True, slots=True)
class PlaceView:
    """Another place where something is printed. ``here`` is the one the panel is about."""

    when: str
    what: str
    value: str
    look: tuple[str, str, str] | None
    place: str
    href: str
    here: bool
    flagged: bool


def trace(page: Page, found: Provenance, leave: str) -> Markup:
    """The panel; ``leave`` is the address without it."""
    row, one = found.row, found.indicator
    catalogue = page.facts.catalogue
    look = words.look_of(row) if row else None
    figures = [_place(page, found, entry) for entry in found.figures]
    here = next((at for at, place in enumerate(figures) if place.here), 0)
    first = max(0, min(here - SHOWN // 2, len(figures) - SHOWN))
    return render(
        "report_trace.html",
        found=found,
        kind=words.kind_of(row, catalogue.texts) if row else "Rad i rapporten",
        label=words.label_of(row) if row else f"Rad {found.reference.line}",
        value=words.value_of(row) if row else "",
        look=look,
        comment=words.comment_of(row) if row else "",
        facts=_facts(page, found),
        note=_note(found),
        figures=figures[first : first + SHOWN],
        more=len(figures) - SHOWN if len(figures) > SHOWN else 0,
        colours=[_place(page, found, entry) for entry in found.colours],
        beside=[_place(page, found, entry) for entry in found.beside],
        trend=page.href("trender", matt=one.id) if one and one.unit != "text" else "",
        leave=leave,
        reports=catalogue.reports,
        lost=catalogue.texts.unknown_colour if look and look[0] == Colour.UNKNOWN else "",
    )


def _note(found: Provenance) -> str:
    note = "" if found.row is None or isinstance(found.row, Event) else getattr(found.row, "note", "")
    return note[:1].upper() + note[1:]


def _facts(page: Page, found: Provenance) -> list[tuple[str, str]]:
    """What is known of the thing, as (name, words)."""
    row, one = found.row, found.indicator
    known: list[tuple[str, str]] = []
    if row is not None and (when := words.when_of(row)):
        known.append(("Datum" if isinstance(row, Event) else "Period", when))
    known += _own(page, row)
    if one is not None:
        known += [("Mått", one.name), ("Svarar på", one.question)]
        if isinstance(row, Figure):
            known.append(("Läses som", rules.read_as(one, row.when)))
    return [(name, said) for name, said in known if said]


def _own(page: Page, row: Row | None) -> list[tuple[str, str]]:
    """What only rows of its kind have."""
    match row:
        case Figure():
            unit = page.facts.catalogue.units[row.org].name if row.org else "Ingen enskild enhet"
            hedge = f"rapporten skriver ”{row.qualifier}”" if row.qualifier else ""
            return [
                ("Gäller", unit),
                ("Tryckt som", words.MEASURES[row.measure].lower()),
                ("Förbehåll", hedge),
            ]
        case Assessment():
            return [("Bedömt av", row.judged_by), ("Beskrivning", row.description), ("Mål", row.target)]
        case RiskRow():
            return [("Kategori", row.category), ("Tidigare", row.previous_label)]
        case Assignment():
            return [
                ("Bedömt av", row.judged_by),
                ("Ansvarig", row.owner),
                ("Hör till", _parent(page, row.parent)),
            ]
        case _:
            return []


def _parent(page: Page, name: str) -> str:
    catalogue = page.facts.catalogue
    if name in catalogue.goals:
        return f"målet {catalogue.goals[name].name}"
    return f"risken {catalogue.risks[name].name}" if name in catalogue.risks else name


def _place(page: Page, found: Provenance, entry: Entry) -> PlaceView:
    row = entry.row
    report = page.facts.catalogue.reports[entry.reference.source]
    what = words.label_of(row)
    if isinstance(row, Figure) and isinstance(found.row, Figure) and row.org != found.row.org and row.org:
        what = f"{page.facts.catalogue.units[row.org].name}: {what}"
    return PlaceView(
        when=words.when_of(row) or report.period.label,
        what=what,
        value=words.value_of(row),
        look=None if isinstance(row, Figure) else words.look_of(row),
        place=f"{report.short}, rad {entry.reference.line}",
        href=page.at(entry.reference),
        here=row is found.row,
        flagged=isinstance(row, Figure) and any(f.severity == "real" for f in flags_of(page.facts, row)),
    )
