"""Kommer barn och vuxna fram i tid?

The month's meeting that asks whether investigations are finished in time, and whether more come in than go out.
"""

from dashboard import ui
from dashboard.ui.blocks import topic

FIGURES = (
    "utredningar-over-fyra-manader",
    "utredningar-pagaende",
    "utredningar-inledda",
    "utredningar-avslutade",
    "anmalningar-barn",
    "ej-verkstallda-beslut",
)
KINDS = {
    "Barnavård": "barnavard",
    "Vuxna": "vuxen",
    "Våld i nära relation": "vald-nara-relation",
    "Socialpsykiatri": "socialpsykiatri",
}
REASONS = tuple(
    f"anmalningar-{one}"
    for one in ("foraldrars-beteende", "barnets-beteende", "vald", "psykisk-ohalsa", "ovrigt")
)
FLOWS = ("utredningar-inledda", "utredningar-avslutade")
MEASURES = (*FLOWS, "utredningar-pagaende", "utredningar-over-fyra-manader")
STARTED, CLOSED, ONGOING = (tuple(f"{one}-{kind}" for kind in KINDS.values()) for one in MEASURES[:3])
LATE = tuple(f"utredningar-over-fyra-manader-{kind}" for kind in list(KINDS.values())[1:])
OVER_FOUR = ("utredningar-over-fyra-manader", *LATE)
BY_KIND = tuple(zip(KINDS, zip(STARTED, CLOSED, ONGOING, OVER_FOUR, strict=True), strict=True))
BY_UNIT = ("utredningar-over-fyra-manader", "utredningar-pagaende", *FLOWS, "anmalningar-barn")
PRINTED = ("utredningar-over-fyra-manader", "ej-verkstallda-beslut", "anmalningar-barn")


def draw(page: ui.Page) -> None:
    topic.headline(page, FIGURES, (*BY_UNIT, *STARTED, *CLOSED, *ONGOING, *LATE, *REASONS))
    page.put(
        lambda page: topic.insights_block(page, FIGURES),
        topic.key_figures(FIGURES),
        topic.sections(
            topic.section(
                "tid",
                "I tid",
                MEASURES,
                (
                    topic.monthly("utredningar-over-fyra-manader"),
                    topic.flows(
                        "in-och-ut", "Utredningar som börjar och slutar", *FLOWS, "utredningar-pagaende"
                    ),
                ),
                (
                    topic.monthly("utredningar-pagaende", months=topic.BAR_MONTHS),
                    topic.parts("slag", "Pågående utredningar efter slag", ONGOING),
                ),
                (topic.breakdown("slag-tabell", "Slag för slag", "Utredning", (*MEASURES[:3], ""), BY_KIND),),
                (topic.units(BY_UNIT), topic.panels(BY_UNIT)),
            ),
            topic.section(
                "anmalningar",
                "Det som kommer in",
                ("anmalningar-barn",),
                (
                    topic.monthly("anmalningar-barn"),
                    topic.parts("orsaker", "Anmälningar efter orsak", REASONS),
                ),
            ),
            topic.section(
                "tal",
                "Bakom talen",
                (),
                (topic.sums(OVER_FOUR),),
                (
                    topic.printed(
                        PRINTED,
                        key="alla",
                        title="Det som rapporterna skriver om tid och beslut som inte verkställts",
                        ever=True,
                        beside=True,
                    ),
                ),
            ),
        ),
    )


ui.show("utredningar", draw, own=topic.OWN)
