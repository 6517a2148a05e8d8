"""READ side: one sorted DuckDB file, built from the snapshots, opened read-only and locked down."""

from dashboard.warehouse.build import Progress, build, is_built, path_for
from dashboard.warehouse.connection import Warehouse, open_warehouse

__all__ = ["Progress", "Warehouse", "build", "is_built", "open_warehouse", "path_for"]
