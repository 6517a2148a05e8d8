"""Håller pengarna, och var avviker vi?

The controller's and the board's page: the report's own table and who deviates; the forecast reckoned in other ways; how
good forecasts have been; and what placements cost, in volume and price.
"""

from dashboard import ui


def draw(page: ui.Page) -> None:
    match ui.economy_view(page):
        case ui.FORECASTS:
            ui.forecast_headline(page)
            page.put(ui.economy_views, ui.forecast_ways, ui.forecast_charts, ui.forecast_parts)
        case ui.LEDGER:
            ui.ledger_headline(page)
            page.put(ui.economy_views, ui.ledger_chart, ui.ledger_printed)
        case ui.COSTS:
            ui.costs_headline(page)
            page.put(ui.economy_views)
            page.row(ui.economy_split, ui.what_if_card, kind="main-side")
            page.put(ui.economy_split_parts)
        case _:
            ui.economy_headline(page)
            page.put(ui.economy_views, ui.economy_tiles, ui.economy_table)
            page.put(ui.economy_deviations, ui.economy_months)


ui.show("ekonomi", draw, own=ui.ECONOMY_PARAMETERS)
