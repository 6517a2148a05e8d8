"""Ekonomi, what if: so many placements more, or so many kronor a day dearer, for the rest of the year.

The two numbers live in the address and nowhere else. What they give is worked out for the answer and never stored, and
no other block reads it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from dashboard.domain.periods import Month
from dashboard.domain.text import MINUS, millions, number, quantity
from dashboard.measures.placement_costs import WhatIf, has_placements, what_if
from dashboard.ui.blocks import cards
from dashboard.ui.blocks.economy_subject import subject
from dashboard.ui.blocks.economy_views import COSTS, DEARER, MORE, whose
from dashboard.ui.page import Page
from dashboard.ui.render import render

MOST = {MORE: 50, DEARER: 2_000}
KEY = "tank-om"


@dataclass(frozen=True, slots=True)
class Field:
    """A number that may be given. ``said`` is what the address holds, ``value`` what is reckoned with."""

    name: str
    label: str
    help: str
    most: int
    step: int
    said: str
    value: int
    fault: str


def field_of(name: str, said: str) -> tuple[int, str]:
    """The number that an address gives, and what is wrong with it: then it is 0.

    A plus in an address arrives as a space; a minus may be the typographic one.
    """
    text = said.strip().replace(MINUS, "-").replace("\u2013", "-")
    if not text:
        return 0, ""
    if not re.fullmatch(r"[+-]?\d{1,9}", text):
        return 0, f"”{said.strip()[:20]}” är inget heltal. Räknar med 0."
    value = int(text)
    if abs(value) > MOST[name]:
        most = number(MOST[name])
        return 0, f"Välj mellan {MINUS}{most} och {most}. Räknar inte med {number(value)}."
    return value, ""


def _fields(page: Page) -> list[Field]:
    told = (
        (MORE, "Fler placeringar", "Minus betyder färre.", 1),
        (DEARER, "Ändrat dygnspris, kr", "Minus betyder billigare.", 50),
    )
    fields = []
    for name, label, help_, step in told:
        said = page.query.own.get(name, "")
        value, fault = field_of(name, said)
        shown = said.strip() if re.fullmatch(r"-?\d{1,9}", said.strip()) else str(value)
        fields.append(Field(name, label, help_, MOST[name], step, shown, value, fault))
    return fields


def what_if_card(page: Page) -> Markup:
    """The two fields and what they would do; the reason when the unit or the year has nothing to try."""

    def make() -> Markup:
        about, title = subject(page), "Tänk om"
        unit, period = about.unit, about.reading.period
        if not has_placements(page.facts, unit):
            return cards.plain_card(KEY, title, f"Det finns inga placeringar att pröva för {unit.name}.").html
        if period.end.number == 12:
            return cards.plain_card(
                KEY, title, f"Året {period.end.year} är stängt, så det finns inget att pröva."
            ).html
        fields = _fields(page)
        found = what_if(page.facts, unit, period, *(field.value for field in fields))
        if found is None:
            reason = f"Det saknas dygn och kostnad för {unit.name} till och med {period.end.name}."
            return cards.plain_card(KEY, title, reason).html
        changed = any(field.said not in {"", "0"} for field in fields)
        reset = page.href("ekonomi", vy=COSTS) if changed or any(field.fault for field in fields) else ""
        return render(
            "economy_what_if.html",
            fields=fields,
            found=found,
            sentence=_says(found),
            reset=reset,
            unit=whose(unit),
            letters=found.outlook.letters,
        )

    return page.kept("what_if", make)


def _says(found: WhatIf) -> str:
    start, year = found.first.name, found.first.year
    if not found.more and not found.dearer:
        rate, price = number(found.usual.rate), number(found.usual.price)
        known = _span(found.lately)
        return (
            f"I snitt {known} var {rate} placerade till {price} kr per dygn. Skriv en ändring från {start}."
        )
    what = [words for words in (_more(found.more), _dearer(found.dearer)) if words]
    told = " och ".join(what)
    told = told[:1].upper() + told[1:]
    effect = -found.effect  # on this page plus is dearer
    if round(effect / 1000, 1) == 0:
        return f"{told} från {start} ändrar knappt {year}: {quantity(effect, 'tkr', signed=True)}."
    way = "dyrare" if effect > 0 else "billigare"
    return f"{told} från {start} gör {year} {millions(abs(effect))} {way}."


def _span(months: Sequence[Month]) -> str:
    """*juni–augusti 2025*, *november 2024–januari 2025*."""
    first, last = months[0], months[-1]
    if first == last:
        return last.name
    return f"{first.name.split()[0] if first.year == last.year else first.name}–{last.name}"


def _more(count: int) -> str:
    if abs(count) == 1:
        return "en placering till" if count > 0 else "en placering färre"
    return f"{number(abs(count))} {'fler' if count > 0 else 'färre'} placeringar" if count else ""


def _dearer(kronor: int) -> str:
    way = "högre" if kronor > 0 else "lägre"
    return f"{quantity(abs(kronor), 'kr')} {way} dygnspris" if kronor else ""
