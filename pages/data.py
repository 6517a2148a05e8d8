"""Vad är inläst, vad saknas, och stämmer det?

The analyst's week after month end: which files are still to come, what is wrong in those that came, what they change;
and for whoever doubts a number, what it stands on.
"""

from dashboard import ui


def draw(page: ui.Page) -> None:
    match ui.data_view(page):
        case ui.DELIVERY:
            ui.delivery_headline(page)
            page.put(ui.delivery_state, ui.delivery_files, ui.delivery_questions, ui.delivery_preview)
            page.put(ui.delivery_load)
        case ui.EXPLAINED:
            ui.explain_headline(page)
            page.put(ui.explain_sheet, ui.explain_form)
        case ui.LOGGED:
            ui.entry_headline(page)
            page.put(ui.entry_card)
        case ui.LINEAGE:
            ui.lineage_headline(page)
            page.put(ui.lineage_card, ui.lineage_feeds)
        case ui.CHANGED:
            ui.changes_headline(page)
            page.put(ui.changes_choice, ui.changes_table)
        case _:
            ui.data_headline(page)
            page.row(ui.upload_card, ui.month_checklist, kind="two")
            page.put(ui.data_matrix)
            page.row(ui.delivery_log, ui.template_card, kind="two")
            page.put(ui.changes_choice)


ui.show("data", draw, own=ui.DATA_PARAMETERS, rests_on=ui.data_state)
