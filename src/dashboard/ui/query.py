"""The address is the only state: what a link says is what everyone who opens it sees.

Nothing in an address is trusted. What it names must exist in the catalogue; what does not is replaced by the
default and said in a notice, never passed on.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import lru_cache
from types import MappingProxyType
from urllib.parse import quote_plus

from dashboard.catalogue import Catalogue
from dashboard.domain.known import known_on, told, written
from dashboard.domain.periods import Period
from dashboard.domain.selection import Compare, Role, Selection, period_of
from dashboard.errors import SelectionError

PERIOD, UNIT, COMPARE, AS_OF, PROJECTOR = "period", "enhet", "jamfor", "lage", "projektor"
FRAME = (PERIOD, UNIT, COMPARE, AS_OF, PROJECTOR)


@dataclass(frozen=True, slots=True)
class Query:
    """What the address says, checked. ``own`` holds the page's own parameters, unchecked text."""

    selection: Selection
    default: Selection
    projector: bool = False
    own: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    notices: tuple[str, ...] = ()

    def params(self, **changes: str | None) -> dict[str, str]:
        """The parameters of this view with some changed; None removes one. Defaults are left out.

        At an earlier time the period is always said: the one met first is another when a report has come.
        """
        said = {
            PERIOD: str(self.selection.period),
            UNIT: self.selection.unit,
            COMPARE: self.selection.compare.value,
            AS_OF: written(self.selection.as_of) if self.selection.as_of else "",
            PROJECTOR: "1" if self.projector else "",
            **self.own,
        }
        said.update({key: value or "" for key, value in changes.items()})
        earlier = self.selection.as_of or said[AS_OF]
        usual = {
            PERIOD: "" if earlier else str(self.default.period),
            UNIT: self.default.unit,
            COMPARE: self.default.compare.value,
        }
        return {key: value for key, value in said.items() if value and usual.get(key) != value}

    def href(self, path: str, *, keep_own: bool = False, **changes: str | None) -> str:
        """An address within the app that keeps the filters. ``path`` is the page's, "" for the first."""
        dropped: dict[str, str | None] = {} if keep_own else dict.fromkeys(self.own)
        given = self.params(**{**dropped, **changes})
        text = "&".join(f"{_quoted(key)}={_quoted(value)}" for key, value in given.items())
        return f"/{path}" + (f"?{text}" if text else "")


_quoted = lru_cache(maxsize=4096)(quote_plus)  # a page has fifty links, and they say the same


def read(
    params: Mapping[str, str], catalogue: Catalogue, own: tuple[str, ...] = (), now: datetime | None = None
) -> Query:
    """Read an address. ``own`` names the parameters that the page itself understands.

    ``now`` decides which days have been.
    """
    default = Selection(catalogue.board.default_period, catalogue.root, role=Role.LEDNING)
    notices: list[str] = []
    period = _period(params.get(PERIOD, ""), default.period, notices)
    unit = _unit(params.get(UNIT, ""), catalogue, notices)
    compare = _compare(params.get(COMPARE, ""), notices)
    as_of = _as_of(params.get(AS_OF, ""), now or datetime.now(UTC), notices)
    unknown = [name for name in params if name not in FRAME and name not in own]
    if unknown:
        shown = ", ".join(f"”{name[:40]}”" for name in unknown[:3])
        notices.append(f"Adressen har ett val som inte finns: {shown}. Det har ingen verkan.")
    return Query(
        Selection(period, unit, compare, as_of, Role.LEDNING),
        default,
        params.get(PROJECTOR, "") == "1",
        MappingProxyType({name: params[name] for name in own if params.get(name)}),
        tuple(notices),
    )


def _as_of(text: str, now: datetime, notices: list[str]) -> date | None:
    if not text:
        return None
    try:
        when = known_on(text)
    except SelectionError as error:
        notices.append(f"{error} Visar det som är känt nu.")
        return None
    ahead = when > now if isinstance(when, datetime) else when > now.date()
    if ahead:
        notices.append(f"Läget {told(when)} har inte varit än. Visar det som är känt nu.")
        return None
    return when


def _period(text: str, default: Period, notices: list[str]) -> Period:
    if not text:
        return default
    try:
        return period_of(text)
    except SelectionError as error:
        notices.append(f"{error} Visar {default.label} i stället.")
        return default


def _unit(text: str, catalogue: Catalogue, notices: list[str]) -> str:
    if not text or text in catalogue.units:
        return text or catalogue.root
    whole = catalogue.units[catalogue.root].name
    notices.append(f"Enheten ”{text[:40]}” finns inte i katalogen. Visar {whole} i stället.")
    return catalogue.root


def _compare(text: str, notices: list[str]) -> Compare:
    if not text:
        return Compare.LAST_YEAR
    try:
        return Compare(text)
    except ValueError:
        notices.append(f"Jämförelsen ”{text[:40]}” finns inte. Jämför med samma period förra året.")
        return Compare.LAST_YEAR
