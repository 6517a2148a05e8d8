"""The published layer against itself: everything that can be computed again is, and differences are told.

``reconcile`` recomputes tables, declared relations (``load_relations``), figures and colours that are printed twice,
comparisons, labels, risk values and goals, and matches what it finds with ``contradictions.csv``, where a person has
settled each with a sentence. A finding without a row is a fault, and so is a row that the computation does not
confirm. Contradictions themselves are no faults: they are facts about the reports.
"""

from dashboard.reconcile.declared import load as load_relations
from dashboard.reconcile.findings import Finding
from dashboard.reconcile.match import Settled
from dashboard.reconcile.relations import Relation, Relations
from dashboard.reconcile.run import Counts, Reconciliation, reconcile
from dashboard.reconcile.tables import TableCheck
from dashboard.reconcile.words import lines

__all__ = [
    "Counts",
    "Finding",
    "Reconciliation",
    "Relation",
    "Relations",
    "Settled",
    "TableCheck",
    "lines",
    "load_relations",
    "reconcile",
]
