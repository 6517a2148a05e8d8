"""The interface: what every page begins with. A page takes its blocks from ``dashboard.ui.blocks`` itself.

Only what a page shows is then loaded: the first answer does not wait for the blocks of fourteen other pages.
"""

from dashboard.ui.application import run
from dashboard.ui.board import assets
from dashboard.ui.navigation import CHART_PAGES
from dashboard.ui.outside import page_of
from dashboard.ui.page import Page, show

__all__ = ["CHART_PAGES", "Page", "assets", "page_of", "run", "show"]
