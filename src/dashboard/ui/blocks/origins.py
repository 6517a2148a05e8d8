"""How an origin looks and is told: demo and loaded months never look alike, and never stand together unsaid."""

from __future__ import annotations

from collections.abc import Mapping

from dashboard.charts import Marker, Stroke
from dashboard.domain.model import Origin
from dashboard.domain.origins import WORDS, combined, what_is_what
from dashboard.domain.periods import Month, Period
from dashboard.insights.words import inside
from dashboard.measures.values import BOTH

DEMO_MONTHS = "demons månadsvärden"


def stroke(origin: Origin | None) -> Stroke:
    """The line of a series; what of it is loaded is drawn solid all the same (``charts.Point.solid``)."""
    return Stroke.DASHED if origin is not None and origin.demo else Stroke.SOLID


def marker(origin: Origin | None) -> Marker:
    return Marker.HOLLOW if origin is not None and origin.demo else Marker.NONE


def solid(origin: Origin | None) -> bool:
    """Whether a point has nothing synthetic in it."""
    return origin is not None and not origin.demo


def look(origin: Origin | None) -> str:
    """The style of a cell with a number."""
    return "n demo" if origin is not None and origin.demo else "n"


def word(origin: Origin | None) -> str:
    return WORDS[origin] if origin else ""


def told(origin: Origin | None) -> str:
    """What hovering over a month says of where it comes from."""
    return {
        Origin.SYNTHETIC: "Demo: påhittat månadsvärde",
        Origin.MIXED: "Bygger på demo och inlästa månader",
        Origin.PUBLISHED: "Tryckt i en rapport",
    }.get(origin or Origin.IMPORTED, "Inläst")


def source(origin: Origin | None, loaded: str) -> str:
    """Where monthly values come from; ``loaded`` is what delivers them when they are not the demo's."""
    if origin is Origin.MIXED:
        return f"{DEMO_MONTHS} och {inside(loaded)}"
    return DEMO_MONTHS if origin is Origin.SYNTHETIC else loaded


def read_alone(how: str) -> str:
    """How a value is read, without the words that it rests on both kinds of months."""
    return how.removesuffix(f", {BOTH}")


def split_note(origins: Mapping[Month, Origin | None]) -> str:
    """A sentence on which months are demo and which are loaded; empty where all are of one origin."""
    found = what_is_what(origins)
    return f"{found[:1].upper()}{found[1:]}." if found else ""


def split_notes(origins: Mapping[Month, Origin | None], period: Period) -> tuple[str, ...]:
    """``split_note``, and whether what is added up over the period rests on both kinds."""
    note = split_note(origins)
    both = combined(origins.get(month) for month in period.months) is Origin.MIXED
    return (
        *((note,) if note else ()),
        *((f"Det som läggs ihop för {period.label} {BOTH}.",) if both else ()),
    )
