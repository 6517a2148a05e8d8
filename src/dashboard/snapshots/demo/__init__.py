"""The demo: nine monthly datasets, January 2022-August 2025, that meet every figure the reports print."""

from dashboard.snapshots.demo.build import PROFILE, build_demo, demo_tables, ledger_of

__all__ = ["PROFILE", "build_demo", "demo_tables", "ledger_of"]
