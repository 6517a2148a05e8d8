"""Which ids another layer uses that the definitions lack: all of them at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from dashboard.catalogue.build import Faults, Where
from dashboard.catalogue.shapes import Catalogue


@dataclass(frozen=True, slots=True)
class Reference:
    """An id somewhere outside the catalogue. ``kind``: unit, indicator, goal, risk, report."""

    kind: str
    id: str
    file: str
    place: str


def missing_references(catalogue: Catalogue, references: Iterable[Reference]) -> tuple[str, ...]:
    """One Swedish sentence per id that does not exist, with the first place it is used and how many more.

    Raises KeyError for a kind that is not listed in :class:`Reference`.
    """
    known = {
        "unit": (catalogue.units, "enheterna"),
        "indicator": (catalogue.indicators, "måtten"),
        "goal": (catalogue.goals, "målen"),
        "risk": (catalogue.risks, "riskerna"),
        "report": (catalogue.reports, "rapporterna"),
    }
    used: dict[tuple[str, str], list[Reference]] = {}
    for reference in references:
        if reference.id not in known[reference.kind][0]:
            used.setdefault((reference.kind, reference.id), []).append(reference)
    faults = Faults()
    for (kind, missing), places in used.items():
        ids, what = known[kind]
        faults.dangling(Where(places[0].file, places[0].place), what, missing, ids)
        if len(places) > 1:
            faults.found[-1] += f" – och {len(places) - 1} ställen till"
    return tuple(faults.found)
