"""Hur står det till i varje enhet?

The department's month's meeting, and whoever is responsible for one unit: where it stands, alone and among the others.
"""

from dashboard import ui
from dashboard.ui.blocks import topic
from dashboard.ui.blocks.unit_glance import units_table
from dashboard.ui.blocks.unit_picture import (
    unit_goals,
    unit_headline,
    unit_insights,
    unit_measures,
    unit_table,
)

WATCHED = (
    "sjukfranvaro-r12",
    "personalomsattning",
    "puls",
    "hushall-bistand",
    "placeringar-externa",
    "utredningar-pagaende",
    "utredningar-over-fyra-manader",
    "arbetsmarknad-till-arbete-studier",
)
MEASURES = (
    *("sjukfranvaro-r12", "sjukfranvaro", "personalomsattning", "frisknarvaro", "puls", "anstallda"),
    *("hushall-bistand", "hushall-langvarigt", "barn-bistand", "bistand-per-hushall", "bistand-avslutade"),
    *("placeringar-externa", "placeringar-dygn", "placeringar-kostnad", "placering-dygnskostnad"),
    *("utredningar-pagaende", "utredningar-inledda", "utredningar-avslutade"),
    *("utredningar-over-fyra-manader", "anmalningar-barn"),
    *("arbetsmarknad-till-arbete-studier", "arbetsmarknad-avslutade", "arbetsmarknad-inskrivna"),
)


def draw(page: ui.Page) -> None:
    unit_headline(page, MEASURES, WATCHED)
    page.put(lambda page: unit_insights(page, WATCHED), unit_goals, unit_table)
    measures = unit_measures(page, MEASURES)
    page.row(
        topic.units(measures, title="Enheterna bredvid varandra"),
        topic.panels(measures),
        kind="two",
    )
    page.put(lambda page: units_table(page, WATCHED))


ui.show("enheter", draw, own=topic.OWN)
