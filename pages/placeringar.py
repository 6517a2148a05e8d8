"""Hur många, vilken form, hur länge, vad kostar de?

The month's meeting that asks whether fewer are placed with others, in cheaper forms and for a shorter time.
"""

from dashboard import ui
from dashboard.ui.blocks import topic
from dashboard.ui.blocks.placement_split import placement_split, placement_split_parts

FIGURES = (
    "placeringar-externa",
    "placeringar-pagaende",
    "placeringar-dygn",
    "placeringar-kostnad",
    "placering-dygnskostnad",
    "placeringar-dygn-per-avslutad",
)
FORMS = {
    "Familjehem": "familjehem",
    "Jourhem": "jourhem",
    "Nätverkshem": "natverkshem",
    "Stödboende": "stodboende",
    "Konsulentstött familjehem": "konsulentstott",
    "HVB": "hvb",
    "SiS": "sis",
    "Skyddat boende": "skyddat-boende",
    "Särskilt boende och korttid": "sarskilt-boende",
}
MEASURES = ("placeringar", "placeringar-dygn", "placeringar-kostnad", "placering-dygnskostnad")
WHOLE = ("placeringar-pagaende", "placeringar-dygn", "placeringar-kostnad", "placering-dygnskostnad")
ONGOING, DAYS, COSTS, PRICES = (tuple(f"{one}-{form}" for form in FORMS.values()) for one in MEASURES)
BY_FORM = tuple((name, tuple(f"{one}-{form}" for one in MEASURES)) for name, form in FORMS.items())
FLOWS = ("placeringar-paborjade", "placeringar-avslutade")
BY_UNIT = (*FIGURES, *FLOWS)
SUMS = ("placering-dygnskostnad", "placeringar-dygn-per-avslutad")
PRINTED = (
    *FIGURES,
    "kostnad-externa-placeringar",
    "kostnad-placeringar-kriminalitet",
    "kop-av-verksamhet-barn-unga-andel",
    "placerade-barn-per-1000",
)


def draw(page: ui.Page) -> None:
    topic.headline(page, FIGURES, (*BY_UNIT, *ONGOING, *DAYS, *COSTS, *PRICES))
    page.put(
        lambda page: topic.insights_block(page, FIGURES),
        topic.key_figures(FIGURES),
        topic.sections(
            topic.section(
                "antal",
                "Hur många och vilken form",
                WHOLE,
                (
                    topic.monthly("placeringar-externa"),
                    topic.parts("former", "Pågående placeringar efter form", ONGOING),
                ),
                (topic.breakdown("form-tabell", "Form för form", "Form", WHOLE, BY_FORM),),
            ),
            topic.section(
                "lange",
                "Hur länge",
                FLOWS,
                (
                    topic.flows(
                        "in-och-ut", "Placeringar som börjar och slutar", *FLOWS, "placeringar-pagaende"
                    ),
                    topic.monthly("placeringar-pagaende", months=topic.BAR_MONTHS),
                ),
                (
                    topic.monthly("placeringar-dygn-per-avslutad", months=60),
                    topic.parts("dygn", "Dygn efter form", DAYS),
                ),
            ),
            topic.section(
                "kostar",
                "Vad kostar de",
                WHOLE,
                (
                    topic.parts("kronor", "Kostnad efter form", COSTS),
                    topic.monthly("placering-dygnskostnad"),
                ),
                (lambda page: placement_split(page, page.selection),),
                (lambda page: placement_split_parts(page, page.selection),),
                (topic.units(BY_UNIT, title="Avdelning för avdelning"), topic.panels(BY_UNIT)),
            ),
            topic.section(
                "tal",
                "Bakom talen",
                (),
                (topic.sums(SUMS),),
                (
                    topic.printed(
                        PRINTED, key="alla", title="Det som rapporterna skriver om placeringar", ever=True
                    ),
                ),
            ),
        ),
    )


ui.show("placeringar", draw, own=topic.OWN)
