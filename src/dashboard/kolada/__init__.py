"""Key figures of other municipalities, from Kolada: fetched when somebody asks for it, and kept.

The only part of the program that ever makes a request to another machine.
"""

from dashboard.kolada.errors import KoladaError
from dashboard.kolada.store import KoladaStore, Snapshot

__all__ = ["KoladaError", "KoladaStore", "Snapshot"]
