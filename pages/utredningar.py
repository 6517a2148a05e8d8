"""Kommer barn och vuxna fram i tid?

The month's meeting that asks whether investigations are finished in time, and whether more come in than go out.
"""

from dashboard.ui.blocks import topic

topic.page("utredningar")
