"""Words that several kinds of sentences share."""

from __future__ import annotations

from collections.abc import Iterable

from dashboard.domain.model import Colour, Indicator, Origin
from dashboard.domain.origins import combined
from dashboard.domain.text import count_word, listing, number
from dashboard.insights.ranking import Weight

NEUTER = {Colour.GREEN: "grönt", Colour.YELLOW: "gult", Colour.RED: "rött"}
RESTS_ON = {
    Origin.PUBLISHED: "publicerad",
    Origin.IMPORTED: "inlästa månader",
    Origin.SYNTHETIC: "demo",
    Origin.MIXED: "demo och inlästa månader",
}


def inside(name: str) -> str:
    """A name inside a sentence: its capital goes, unless it is an abbreviation's."""
    kept = name[1:2].isdigit() or any(sign.isupper() for sign in name[1:3])  # HVB, SiS, R12
    return name if kept else name[:1].lower() + name[1:]


def every(count: int) -> str:
    """*Båda*, *Alla tre*: the start of a sentence about all of them."""
    return "Båda" if count == 2 else f"Alla {count_word(count)}"


def reasons(rule: str, weight: Weight, origin: Origin | None) -> str:
    """Why the sentence is said, and how its weight came about."""
    factors = (
        ("allvar", weight.seriousness),
        ("säkerhet", weight.certainty),
        ("storlek", weight.size),
        ("nyhet", weight.newness),
    )
    product = " × ".join(f"{name} {number(value, 2)}" for name, value in factors)
    basis = RESTS_ON[origin] if origin else "okänt underlag"
    return f"{rule} Underlag: {basis}. Vikt {number(weight.total, 2)} = {product}."


def subjects(*indicators: Indicator) -> frozenset[str]:
    return frozenset(f"mått:{one.id}" for one in indicators)


def weakest(*origins: Origin | None) -> Origin | None:
    """What a sentence rests on when it joins several numbers; a target of the catalogue has no origin."""
    return combined(origins)


def contradicted(numbers: Iterable[str]) -> str:
    """What follows a sentence whose numbers another one contradicts; "" for none. The sign is that of the cards."""
    told = list(dict.fromkeys(numbers))
    if not told:
        return ""
    return f" ⚑ {listing(told)} motsägs av andra tal."
