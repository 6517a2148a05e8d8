"""The only door to numbers: indicator and selection in, readings and frozen tables out."""

from dashboard.measures.facts import Facts
from dashboard.measures.opening import open_facts

__all__ = ["Facts", "open_facts"]
