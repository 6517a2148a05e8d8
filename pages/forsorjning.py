"""Hur många lever på bistånd, hur länge, och hur många kommer vidare?

The month's meeting that asks whether people stay longer on assistance, what it costs and where they go.
"""

from dashboard.ui.blocks import topic

topic.page("forsorjning")
