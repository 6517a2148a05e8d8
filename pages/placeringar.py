"""Hur många, vilken form, hur länge, vad kostar de?

The month's meeting that asks whether fewer are placed with others, in cheaper forms and for a shorter time.
"""

from dashboard.ui.blocks import topic

topic.page("placeringar")
