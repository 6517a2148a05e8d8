"""Hur mår organisationen?

The month's meeting that asks where sick leave, turnover or the pulse calls for something to be done.
"""

from dashboard.ui.blocks import topic

topic.page("medarbetare")
