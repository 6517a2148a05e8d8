"""What the demo's series must meet: every printed figure that a monthly indicator can be held to.

Built from the published layer through the catalogue's indicators; ``data/demo/constraints.toml`` adds what
the reports print without an indicator, chooses values for hedged words and names every printed figure that
the series does *not* meet, with the reason. A figure is never dropped in silence: it is a constraint, an
exception or something that does not constrain (a target, a change, a sum of other rows), and
:class:`Ledger` says which.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Protocol

from dashboard.domain.model import Indicator
from dashboard.domain.periods import Month, Period
from dashboard.errors import DataError

FIRST, LAST = Month(2022, 1), Month(2025, 8)
MONTHS = FIRST.until(LAST)
ROOT = "forvaltningen"

_ABOVE = frozenset({"över", "drygt", "minst", "mer än"})
_BELOW = frozenset({"under", "knappt"})
_PRINTED = frozenset({"utfall", "utfall-foregaende-ar", "budget", "prognos", "helarsbudget"})
_FROM_OTHERS = frozenset({"avvikelse", "prognosavvikelse", "avvikelse-foregaende-ar"})


class Figure(Protocol):
    """A row of the published layer, as far as constraints need it."""

    @property
    def source(self) -> str: ...
    @property
    def line(self) -> int: ...
    @property
    def indicator(self) -> str: ...
    @property
    def org(self) -> str: ...
    @property
    def period(self) -> str: ...
    @property
    def when(self) -> Period: ...
    @property
    def measure(self) -> str: ...
    @property
    def value(self) -> Decimal: ...
    @property
    def qualifier(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Constraint:
    """One printed value. ``indicator`` is an id of the catalogue or a sum of columns, see ``plan.resolve``.

    ``tolerance_decimals`` is the printed precision; ``aim`` is the exact value that the series is built to,
    where the printed one is hedged.
    """

    indicator: str
    unit: str
    period: Period
    value: float
    tolerance_decimals: int
    source: str
    line: int
    qualifier: str = ""
    aim: float | None = None

    @property
    def target(self) -> float:
        """The value to build: the printed one, or one that a reader would print with the same hedge."""
        if self.aim is not None:
            return self.aim
        step = 10.0**-self.tolerance_decimals
        if self.qualifier in _ABOVE:
            return self.value + 0.3 * step
        return self.value - 0.2 * step if self.qualifier in _BELOW else self.value

    def admits(self, value: float) -> bool:
        """Whether a reader would print ``value`` as the report does, hedge included."""
        step = 10.0**-self.tolerance_decimals
        if self.qualifier in _ABOVE:
            return self.value < value < self.value + step
        if self.qualifier in _BELOW:
            return self.value - step < value < self.value
        return abs(value - self.value) <= step / 2 + 1e-9

    @property
    def label(self) -> str:
        printed = f"{self.qualifier} {self.value:g}".strip()
        return f"{self.indicator} {self.unit} {self.period} = {printed} ({self.source} rad {self.line})"


@dataclass(frozen=True, slots=True)
class Ledger:
    """All constraints and, for every figure of a monthly indicator that is none, the reason."""

    constraints: tuple[Constraint, ...]
    exceptions: tuple[tuple[str, str], ...]
    not_constraining: tuple[tuple[str, str], ...]

    def of(self, indicator: str, unit: str) -> tuple[Constraint, ...]:
        """The constraints of one series, each period once (several reports may print the same figure)."""
        seen: dict[str, Constraint] = {}
        for constraint in self.constraints:
            if constraint.indicator == indicator and constraint.unit == unit:
                seen.setdefault(str(constraint.period), constraint)
        return tuple(seen.values())


def build(
    indicators: Mapping[str, Indicator],
    reported: Mapping[str, Month],
    figures: Iterable[Figure],
    rules: Mapping[str, Any],
) -> Ledger:
    """Sort every figure. ``reported`` is the month a report speaks from, ``rules`` is ``constraints.toml``.

    Raises DataError for an exception that no longer matches a printed figure: the reason to have it is gone.
    """
    constraints: list[Constraint] = []
    exceptions: list[tuple[str, str]] = []
    rest: list[tuple[str, str]] = []
    used: set[int] = set()
    for figure in figures:
        indicator = indicators.get(figure.indicator)
        if indicator is None or not indicator.monthly:
            continue
        name = _describe(figure)
        rule = _matching(figure, rules["exception"])
        if rule is not None:
            used.add(rule)
            exceptions.append((name, rules["exception"][rule]["why"]))
        elif reason := _no_constraint(figure, indicator):
            rest.append((name, reason))
        else:
            period = _period(figure, reported)
            outside = _outside(period, indicator)
            if outside:
                rest.append((name, outside))
            else:
                constraints.append(_constraint(figure, indicator, period, rules))
    stale = [str(rule) for spot, rule in enumerate(rules["exception"]) if spot not in used]
    if stale:
        raise DataError(
            "Undantag i data/demo/constraints.toml som inte längre möter något tryckt tal.", stale
        )
    constraints += [_extra(row) for row in rules["extra"]]
    return Ledger(tuple(constraints), tuple(exceptions), tuple(rest))


def _describe(figure: Figure) -> str:
    what = f"{figure.indicator} {figure.org} {figure.period} {figure.measure}"
    return f"{what} ({figure.source} rad {figure.line})"


def _matching(figure: Figure, rules: list[dict[str, Any]]) -> int | None:
    for spot, rule in enumerate(rules):
        wanted = {key: value for key, value in rule.items() if key not in {"why"}}
        if all(str(getattr(figure, key)) == str(value) for key, value in wanted.items()):
            return spot
    return None


def _no_constraint(figure: Figure, indicator: Indicator) -> str:
    if figure.measure in _FROM_OTHERS:
        return "följer av utfall, budget och prognos"
    if figure.measure not in _PRINTED:
        return "säger inget om utfallet"
    if not figure.org:
        return "enheten namnges inte"
    if indicator.terms[0].dataset == "ekonomi" and figure.org == ROOT:
        return "är summan av raderna, och raderna gäller"
    return ""


def _period(figure: Figure, reported: Mapping[str, Month]) -> Period:
    """The months a figure speaks of. A forecast or full-year budget is what the report's month knew."""
    if figure.measure in {"prognos", "helarsbudget"}:
        return Period.month(reported[figure.source])
    return figure.when


def _outside(period: Period, indicator: Indicator) -> str:
    start = period.end.shift(-11) if indicator.over_period == "r12" else period.start
    if start < FIRST or period.end > LAST:
        return "månaderna ligger utanför demots serie"
    return ""


def _constraint(figure: Figure, indicator: Indicator, period: Period, rules: Mapping[str, Any]) -> Constraint:
    exponent = figure.value.as_tuple().exponent
    decimals = -exponent if isinstance(exponent, int) else 0
    aims = [
        row["aim"]
        for row in rules["aim"]
        if (row["indicator"], row["unit"], row["period"]) == (figure.indicator, figure.org, str(period))
    ]
    aim = float(aims[0]) if aims else None
    return Constraint(
        figure.indicator,
        figure.org,
        period,
        float(figure.value),
        decimals,
        figure.source,
        figure.line,
        figure.qualifier,
        aim,
    )


def _extra(row: Mapping[str, Any]) -> Constraint:
    return Constraint(
        row["indicator"],
        row["unit"],
        Period.parse(row["period"]),
        float(row["value"]),
        int(row.get("decimals", 0)),
        row["source"],
        int(row["line"]),
        row.get("qualifier", ""),
        row.get("aim"),
    )
