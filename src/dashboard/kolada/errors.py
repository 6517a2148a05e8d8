"""What goes wrong on the way to Kolada, in words that a user can act on."""

from dashboard.errors import DashboardError


class KoladaError(DashboardError):
    """Nothing could be fetched, or what came cannot be trusted. What was fetched before is untouched."""
