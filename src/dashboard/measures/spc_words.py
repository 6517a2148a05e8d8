"""SPC in words: what the signs are called, and how a colour and a variation are said together. Data, no logic."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from dashboard.domain.model import Colour
from dashboard.domain.spc import Assurance, Rule, Variation

# Against what is usual, not against last month: a measure may have risen since last year and still be lower than usual.
VARIATION: Mapping[Variation, str] = MappingProxyType(
    {
        Variation.COMMON: "Inget ovanligt",
        Variation.IMPROVING: "Bättre än vanligt",
        Variation.CONCERNING: "Sämre än vanligt",
        Variation.NEUTRAL: "Annat än vanligt",
    }
)
ASSURANCE: Mapping[Assurance, str] = MappingProxyType(
    {
        Assurance.PASSES: "Klarar målet",
        Assurance.FAILS: "Når inte målet",
        Assurance.HIT_AND_MISS: "Målet nås ibland",
        Assurance.NONE: "",
    }
)
EXPECTED: Mapping[Assurance, str] = MappingProxyType(
    {
        Assurance.PASSES: "Målet nås varje månad så länge inget ändras.",
        Assurance.FAILS: "Målet nås inte någon månad om inget ändras.",
        Assurance.HIT_AND_MISS: "Målet nås vissa månader och andra inte, av en slump.",
        Assurance.NONE: "",
    }
)
# (upward, downward) for each rule, as what a point or a month is.
RULES: Mapping[Rule, tuple[str, str]] = MappingProxyType(
    {
        Rule.OUTSIDE: ("över den övre gränsen", "under den nedre gränsen"),
        Rule.TREND: ("minst sju månader i rad uppåt", "minst sju månader i rad nedåt"),
        Rule.NEAR: ("två av tre månader nära den övre gränsen", "två av tre månader nära den nedre gränsen"),
        Rule.SHIFT: ("minst sju månader i rad över medel", "minst sju månader i rad under medel"),
    }
)
# What a board needs to hear: the colour says where the measure stands, the variation whether something has changed.
# None: there are no limits yet.
BESIDE_COLOUR: Mapping[tuple[Colour, Variation | None], str] = MappingProxyType(
    {
        (Colour.GREEN, Variation.COMMON): "grön, och inget ovanligt",
        (Colour.GREEN, Variation.IMPROVING): "grön, och på väg åt rätt håll",
        (Colour.GREEN, Variation.CONCERNING): "grön, men på väg åt fel håll",
        (Colour.GREEN, Variation.NEUTRAL): "grön, men något har ändrats",
        (Colour.GREEN, None): "grön, men för få månader för att säga vad som är vanligt",
        (Colour.YELLOW, Variation.COMMON): "gul, men inget ovanligt",
        (Colour.YELLOW, Variation.IMPROVING): "gul, men på väg åt rätt håll",
        (Colour.YELLOW, Variation.CONCERNING): "gul, och på väg åt fel håll",
        (Colour.YELLOW, Variation.NEUTRAL): "gul, och något har ändrats",
        (Colour.YELLOW, None): "gul, men för få månader för att säga vad som är vanligt",
        (Colour.RED, Variation.COMMON): "röd, men inget ovanligt",
        (Colour.RED, Variation.IMPROVING): "röd, men på väg åt rätt håll",
        (Colour.RED, Variation.CONCERNING): "röd, och på väg åt fel håll",
        (Colour.RED, Variation.NEUTRAL): "röd, och något har ändrats",
        (Colour.RED, None): "röd, men för få månader för att säga vad som är vanligt",
        (Colour.UNKNOWN, Variation.COMMON): "okänd färg, men inget ovanligt",
        (Colour.UNKNOWN, Variation.IMPROVING): "okänd färg, men på väg åt rätt håll",
        (Colour.UNKNOWN, Variation.CONCERNING): "okänd färg, och på väg åt fel håll",
        (Colour.UNKNOWN, Variation.NEUTRAL): "okänd färg, och något har ändrats",
        (Colour.UNKNOWN, None): "okänd färg, och för få månader för att säga vad som är vanligt",
        (Colour.NOT_ASSESSED, Variation.COMMON): "utan färg, och inget ovanligt",
        (Colour.NOT_ASSESSED, Variation.IMPROVING): "utan färg, men på väg åt rätt håll",
        (Colour.NOT_ASSESSED, Variation.CONCERNING): "utan färg, men på väg åt fel håll",
        (Colour.NOT_ASSESSED, Variation.NEUTRAL): "utan färg, men något har ändrats",
        (Colour.NOT_ASSESSED, None): "utan färg, och för få månader för att säga vad som är vanligt",
    }
)
