"""Blocks that pages are put together from: each asks the measures once and renders one template."""
