"""Vad är inläst, vad saknas, och stämmer det?

The analyst's week after month end: which files are still to come, what is wrong in those that came, what they change;
and for whoever doubts a number, what it stands on.
"""

from dashboard import ui
from dashboard.ui.blocks import data_source
from dashboard.ui.blocks.data_changes import changes_choice, changes_headline, changes_table
from dashboard.ui.blocks.data_delivery import delivery_headline, delivery_questions, delivery_state
from dashboard.ui.blocks.data_files import delivery_files
from dashboard.ui.blocks.data_lineage import (
    entry_card,
    entry_headline,
    lineage_card,
    lineage_feeds,
    lineage_headline,
)
from dashboard.ui.blocks.data_mapping import explain_form, explain_headline, explain_sheet
from dashboard.ui.blocks.data_overview import (
    data_headline,
    data_matrix,
    delivery_log,
    month_checklist,
    template_card,
    upload_card,
)
from dashboard.ui.blocks.data_preview import delivery_load, delivery_preview


def draw(page: ui.Page) -> None:
    match data_source.data_view(page):
        case data_source.DELIVERY:
            delivery_headline(page)
            page.put(delivery_state, delivery_files, delivery_questions, delivery_preview)
            page.put(delivery_load)
        case data_source.EXPLAINED:
            explain_headline(page)
            page.put(explain_sheet, explain_form)
        case data_source.LOGGED:
            entry_headline(page)
            page.put(entry_card)
        case data_source.LINEAGE:
            lineage_headline(page)
            page.put(lineage_card, lineage_feeds)
        case data_source.CHANGED:
            changes_headline(page)
            page.put(changes_choice, changes_table)
        case _:
            data_headline(page)
            page.row(upload_card, month_checklist, kind="two")
            page.put(data_matrix)
            page.row(delivery_log, template_card, kind="two")
            page.put(changes_choice)


ui.show("data", draw, own=data_source.OWN, rests_on=data_source.data_state)
