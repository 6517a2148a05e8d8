"""Measures the dashboard against small pages kept beside it, in the same run and as ratios.

Run with ``make bench`` or ``python -m benchmarks``; docs/benchmarks.md says what is measured and why.
"""
