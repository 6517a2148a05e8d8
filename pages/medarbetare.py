"""Hur mår organisationen?

The month's meeting that asks where sick leave, turnover or the pulse calls for something to be done.
"""

from dashboard import ui
from dashboard.ui.blocks import topic

FIGURES = ("sjukfranvaro-r12", "sjukfranvaro", "personalomsattning", "frisknarvaro", "puls", "anstallda")
LENGTHS = ("sjukfranvaro-kort", "sjukfranvaro-lang")
SICK = ("sjukfranvaro-r12", "sjukfranvaro", *LENGTHS)
STAYING = ("personalomsattning", "slutat-externt", "anstallda")
MOOD = ("puls", "puls-svarsandel", "frisknarvaro")
BY_UNIT = (*SICK, *STAYING, *MOOD)
SUMS = ("sjukfranvaro-r12", "sjukfranvaro", "personalomsattning", "frisknarvaro", "puls")
SURVEY = (
    "medarbetarundersokning-svarsfrekvens",
    "medarbetarundersokning-engagemang",
    "medarbetarundersokning-loneutveckling",
    "medarbetarundersokning-rekommenderar-inte",
    "puls-fysisk-arbetsmiljo",
)


def draw(page: ui.Page) -> None:
    topic.headline(page, FIGURES, BY_UNIT)
    page.put(
        lambda page: topic.insights_block(page, FIGURES),
        topic.key_figures(FIGURES),
        topic.sections(
            topic.section(
                "sjukfranvaro",
                "Sjukfrånvaron",
                SICK,
                (topic.monthly("sjukfranvaro-r12", months=60), topic.units(BY_UNIT)),
                (
                    topic.monthly("sjukfranvaro"),
                    topic.parts("langd", "Kort och lång sjukfrånvaro", LENGTHS),
                ),
                (topic.panels(BY_UNIT),),
            ),
            topic.section(
                "stanna",
                "Kommer och går",
                STAYING,
                (topic.monthly("personalomsattning", months=60), topic.monthly("anstallda")),
            ),
            topic.section(
                "maende", "Så mår vi", MOOD, (topic.monthly("puls"), topic.monthly("frisknarvaro"))
            ),
            topic.section(
                "tal", "Bakom talen", (), (topic.sums(SUMS),), (topic.printed((*BY_UNIT, *SURVEY)),)
            ),
        ),
    )


ui.show("medarbetare", draw, own=topic.OWN)
