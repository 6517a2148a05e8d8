"""The board's own definitions: TOML in, one frozen and checked value out.

``load(folder)`` reads its files; ``missing_references`` says which ids of another layer the definitions
lack; ``period_of`` reads a period and its kind as the files write them.
"""

from dashboard.catalogue.build import period_of
from dashboard.catalogue.load import load
from dashboard.catalogue.references import Reference, missing_references
from dashboard.catalogue.shapes import Board, Catalogue, Retellings, Texts, Word

__all__ = [
    "Board",
    "Catalogue",
    "Reference",
    "Retellings",
    "Texts",
    "Word",
    "load",
    "missing_references",
    "period_of",
]
