"""Håller pengarna, och var avviker vi?

The controller's and the board's page: the report's own table and who deviates; the forecast reckoned in other ways; how
good forecasts have been; and what placements cost, in volume and price.
"""

from dashboard import ui
from dashboard.ui.blocks import economy_views as views
from dashboard.ui.blocks.economy import economy_headline, economy_table
from dashboard.ui.blocks.economy_charts import economy_months
from dashboard.ui.blocks.economy_costs import costs_headline, economy_split, economy_split_parts
from dashboard.ui.blocks.economy_deviations import economy_deviations
from dashboard.ui.blocks.economy_forecast import forecast_headline, forecast_parts, forecast_ways
from dashboard.ui.blocks.economy_forecast_chart import forecast_charts
from dashboard.ui.blocks.economy_ledger import ledger_chart, ledger_headline
from dashboard.ui.blocks.economy_ledger_table import ledger_printed
from dashboard.ui.blocks.economy_tiles import economy_tiles
from dashboard.ui.blocks.economy_what_if import what_if_card


def draw(page: ui.Page) -> None:
    match views.economy_view(page):
        case views.FORECASTS:
            forecast_headline(page)
            page.put(views.economy_views, forecast_ways, forecast_charts, forecast_parts)
        case views.LEDGER:
            ledger_headline(page)
            page.put(views.economy_views, ledger_chart, ledger_printed)
        case views.COSTS:
            costs_headline(page)
            page.put(views.economy_views)
            page.row(economy_split, what_if_card, kind="main-side")
            page.put(economy_split_parts)
        case _:
            economy_headline(page)
            page.put(views.economy_views, economy_tiles, economy_table)
            page.put(economy_deviations, economy_months)


ui.show("ekonomi", draw, own=views.OWN)
