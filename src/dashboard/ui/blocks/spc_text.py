"""Signal eller slump in words: the sentence, the marks, the conditions and the text alternative of a card."""

from __future__ import annotations

from markupsafe import Markup

from dashboard.domain.model import Colour, Nature
from dashboard.domain.spc import SETTLED, Assurance, Segment, Variation, Xmr
from dashboard.domain.spc_data import seasonal
from dashboard.domain.text import quantity
from dashboard.measures import spc
from dashboard.measures.spc import Control
from dashboard.measures.spc_words import ASSURANCE, EXPECTED, RULES, VARIATION
from dashboard.ui.blocks import origins
from dashboard.ui.page import Page
from dashboard.ui.render import render


def sentence(page: Page, one: Control, found: Xmr) -> str:
    """What the latest month says, beside its colour when it has one, and what to expect of the target."""
    now = found.now
    if now.refusal is not None:
        said = f"Nivån räknas på nytt från {one.months[now.start].name}. {now.refusal.sentence}"
    else:
        said = spc.why(one.indicator, found, found.latest, one.months)
    parts = [said[:1].upper() + said[1:]]
    colour, by = spc.judged(page.facts, one, page.selection)
    if colour is not Colour.NOT_ASSESSED:
        word, rest = spc.beside_colour(colour, found.variation).split(",", 1)
        parts.append(f"{word.capitalize()} {by},{rest}.")
    if found.assurance is not Assurance.NONE:
        parts.append(EXPECTED[found.assurance])
    return " ".join(parts)


def marks(one: Control, found: Xmr) -> Markup:
    """Variation and assurance as icon and word, and whether the limits are provisional."""
    limits = found.now.limits
    return render(
        "spc_marks.html",
        mark=spc.mark(one.indicator, found, one.months),
        assurance=found.assurance,
        word=ASSURANCE[found.assurance],
        expected=EXPECTED[found.assurance],
        provisional=limits is not None and limits.provisional,
    )


def conditions(page: Page, one: Control, found: Xmr, start: int, *, several: bool) -> tuple[str, ...]:
    """What a reader must know to trust the limits. Beside other units, only what is special for this one."""
    now = found.now
    notes = [] if several else [page.facts.catalogue.texts.spc_note]
    if now.limits is not None and now.limits.provisional:
        notes.append(
            f"Gränserna är provisoriska: de bygger på {now.points} månader och står fast först från {SETTLED}."
        )
    for rebase in one.rebases:
        notes.append(
            f"Ny nivå från {rebase.month.name}: {rebase.event}. {rebase.reason.rstrip('.')}. Valt av: {rebase.who}."
        )
    if start > now.start:
        notes.append(
            f"Gränserna räknas på alla månader från {one.months[now.start].name}, även de som inte visas."
        )
    points = sum(1 for value in one.values if value is not None)
    if seasonal(one.values):
        notes.append(
            "Måttet följer årstiderna, och det gör inte gränserna. Jämför med samma månad året före innan något kallas "
            "en förändring."
        )
    elif 2 * sum(1 for sign in found.signals if sign) > points:
        notes.append(
            "Mer än hälften av månaderna sticker ut: nivån har flyttat sig under tiden. En ny nivå kan väljas vid ett "
            "daterat beslut eller en händelse, och då räknas gränserna om därifrån."
        )
    elif one.indicator.nature is Nature.STOCK:
        notes.append(
            "Måttet räknar vad som pågår. Månaderna hänger ihop, så gränserna blir snäva och fler punkter sticker ut."
        )
    return tuple(notes)


def amount(one: Control, value: float) -> str:
    return quantity(value, one.indicator.unit, one.indicator.decimals)


def told(one: Control, xmr: Xmr, at: int) -> str:
    """What hovering over a point says: the value, and the rule that fired in words."""
    mark = xmr.signals[at]
    value = one.values[at]
    lines = [one.unit.short, f"{one.months[at].name}: {amount(one, value or 0.0)}"]
    if mark:
        lines += [VARIATION[mark.variation], RULES[mark.rule][0 if mark.upward else 1]]
    elif xmr.segment(at).limits is not None:
        lines.append(VARIATION[Variation.COMMON])
    lines.append(origins.told(one.origins[at]))
    return "\n".join(lines)


def levels(one: Control, segment: Segment) -> tuple[str, str, str]:
    """Lower limit, mean and upper limit as they are written; only for a segment with limits."""
    limits = segment.limits
    if limits is None:
        return "–", "–", "–"
    digits = spc.decimals(one.indicator, limits)
    lower, mean, upper = (
        quantity(level, one.indicator.unit, digits) for level in (limits.lower, limits.mean, limits.upper)
    )
    return lower, mean, upper


def summary(page: Page, one: Control, xmr: Xmr) -> str:
    """The chart in words, for those who cannot see it."""
    parts = [sentence(page, one, xmr)]
    lower, mean, upper = levels(one, xmr.now)
    if xmr.now.limits is not None:
        parts.append(f"Medel {mean}, gränser {lower} och {upper}.")
    special = [place for place, mark in enumerate(xmr.signals) if mark]
    if special:
        parts.append(
            f"{len(special)} av {sum(1 for value in one.values if value is not None)} månader sticker ut, "
            f"senast {one.months[special[-1]].name}."
        )
    else:
        parts.append("Ingen månad sticker ut.")
    parts += [f"Ny nivå från {rebase.month.name}: {rebase.event}." for rebase in one.rebases]
    parts.append("Alla värden finns i tabellen.")
    return " ".join(parts)
