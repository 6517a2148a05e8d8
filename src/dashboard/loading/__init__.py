"""From an examined delivery to the store: what it would change, keeping it, and taking it back.

``preview`` looks, ``load`` keeps, ``undo`` takes back; each is one step in the store or none at all.
"""

from dashboard.loading.load import Approval, Loaded, load
from dashboard.loading.preview import MonthChange, MonthPreview, Preview, Seen, preview
from dashboard.loading.undo import undo
from dashboard.loading.verify import Verified, verify

__all__ = [
    "Approval",
    "Loaded",
    "MonthChange",
    "MonthPreview",
    "Preview",
    "Seen",
    "Verified",
    "load",
    "preview",
    "undo",
    "verify",
]
