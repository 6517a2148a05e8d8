"""The verbs of the monthly round on the command line, one module for each group; ``dashboard.cli`` puts them together.

Exit codes: 0 done, or nothing to do; 1 a person must act; 2 the command was written wrongly; 3 (import) there are
questions to answer.
"""

from dashboard.commands import changes, deliveries, mappings, notes, templates, upkeep

GROUPS = (templates, deliveries, mappings, changes, notes, upkeep)

__all__ = ["GROUPS"]
