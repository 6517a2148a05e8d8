"""The reconciliation: every rule over the whole published layer, and its findings against the settled rows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from dashboard.catalogue import Catalogue
from dashboard.published import Published
from dashboard.reconcile.declared import resolve
from dashboard.reconcile.evaluate import evaluate
from dashboard.reconcile.findings import Finding, once
from dashboard.reconcile.goals import check_goals
from dashboard.reconcile.layer import Layer
from dashboard.reconcile.match import Settled, match
from dashboard.reconcile.pairs import check_pairs
from dashboard.reconcile.relations import FILE, Cleared, Relations, Resolved
from dashboard.reconcile.repeats import Repeats, check_colours, check_figures
from dashboard.reconcile.tables import TableCheck, check_table
from dashboard.reconcile.wording import check_labels, check_risks

APART = "apart.csv"


@dataclass(frozen=True, slots=True)
class Counts:
    """How much was held against something else."""

    relations: int
    repeated_figures: int
    repeated_colours: int
    comparisons: int
    labels: int
    risks: int
    goal_indicators: int


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """``findings`` in the order of the rules, without those that are cleared; ``settled`` has every row of
    contradictions.csv; ``faults`` is what somebody has to judge or to mend, in Swedish.
    """

    tables: tuple[TableCheck, ...]
    counts: Counts
    findings: tuple[Finding, ...]
    cleared: tuple[Finding, ...]
    settled: tuple[Settled, ...]
    faults: tuple[str, ...]


def reconcile(published: Published, catalogue: Catalogue, declared: Relations) -> Reconciliation:
    """Compute everything that the printed layer says twice or that follows from itself, and match what that gives."""
    layer = Layer(published, catalogue)
    tables = tuple(check_table(layer, table) for table in catalogue.tables.values())
    related, dangling = _relations(layer, declared)
    figures, colours = check_figures(layer), check_colours(layer)
    comparisons, pairs = check_pairs(layer)
    labels, mislabelled = check_labels(layer)
    risks, products = check_risks(layer)
    indicators, goals = check_goals(layer)
    in_tables = [finding for table in tables for finding in table.findings]
    found = once(
        [*in_tables, *related, *figures.findings, *colours.findings, *pairs, *mislabelled, *products, *goals]
    )
    cleared = tuple(finding for finding in found if any(_clears(one, finding) for one in declared.cleared))
    findings = tuple(finding for finding in found if finding not in cleared)
    matched = match(findings, published.contradictions)
    counts = Counts(
        relations=len(declared.relations) - len(dangling),
        repeated_figures=figures.groups,
        repeated_colours=colours.groups,
        comparisons=comparisons,
        labels=labels,
        risks=risks,
        goal_indicators=indicators,
    )
    faults = (*dangling, *_idle(figures, declared.cleared, cleared), *matched.faults)
    return Reconciliation(tables, counts, findings, cleared, matched.settled, faults)


def _relations(layer: Layer, declared: Relations) -> tuple[list[Finding], list[str]]:
    """What the relations give, and those whose figures do not exist."""
    found: list[Finding] = []
    dangling: list[str] = []
    for relation in declared.relations:
        resolved = resolve(layer, relation)
        if isinstance(resolved, Resolved):
            found.extend(evaluate(layer, resolved))
        else:
            dangling.append(resolved)
    return found, dangling


def _clears(one: Cleared, finding: Finding) -> bool:
    named = (finding.kind, finding.source, finding.line, finding.measure)
    return named == (one.kind, one.source, one.line, one.measure)


def _idle(figures: Repeats, declared: Iterable[Cleared], cleared: Iterable[Finding]) -> list[str]:
    """Declared exceptions that no longer except anything."""
    apart = [f"{APART}: {one.indicator} skiljer ingenting åt längre." for one in figures.idle]
    unused = [one for one in declared if not any(_clears(one, finding) for finding in cleared)]
    return apart + [
        f"{FILE}: [[cleared]] för {one.measure}, {one.source} rad {one.line}, avskriver ingenting längre."
        for one in unused
    ]
