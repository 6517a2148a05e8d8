"""Hur många lever på bistånd, hur länge, och hur många kommer vidare?

The month's meeting that asks whether people stay longer on assistance, what it costs and where they go.
"""

from dashboard import ui
from dashboard.ui.blocks import topic

FIGURES = (
    "hushall-bistand",
    "hushall-langvarigt",
    "barn-bistand",
    "bistand-per-hushall",
    "bistand-avslutade",
    "arbetsmarknad-till-arbete-studier",
)
BANDS = ("hushall-under-10-man", "hushall-langvarigt")
HOUSEHOLDS = ("hushall-bistand", *BANDS, "langvarigt-andel")
CHILDREN = ("barn-bistand", "barnfamiljer-bistand", "barn-langvarigt")
MONEY = ("bistand-utbetalt", "bistand-per-hushall")
LEAVING = ("bistand-avslutade-arbete", "bistand-avslutade-studier", "bistand-avslutade-annat")
BY_UNIT = ("hushall-bistand", *BANDS, "langvarigt-andel", *CHILDREN, *MONEY, "bistand-avslutade", *LEAVING)
ONWARD = ("arbetsmarknad-till-arbete", "arbetsmarknad-till-studier", "arbetsmarknad-till-annat")
BY_TEAM = ("arbetsmarknad-till-arbete-studier", "arbetsmarknad-avslutade", "arbetsmarknad-inskrivna", *ONWARD)
SUMS = ("bistand-per-hushall", "langvarigt-andel", "arbetsmarknad-till-arbete-studier")
PRINTED = (
    "egen-forsorjning-andel",
    "i-aktivitet-andel",
    "arbetsloshet",
    "arbetsloshet-utrikesfodda",
    "sommarjobb-andel",
    "sommarjobb-erbjudna",
    "sommarjobb-genomforda",
    "feriejobb-platser",
    "feriejobb-sokande",
    "feriejobb-funktionsnedsattning-andel",
    "digitala-ansokningar-bistand",
    "etablering-till-arbete",
    "etablering-till-studier",
    "etablering-andra-skal",
    "hushall-egna-boenden",
)


def draw(page: ui.Page) -> None:
    topic.headline(page, FIGURES, (*BY_UNIT, *BY_TEAM))
    page.put(
        lambda page: topic.insights_block(page, FIGURES),
        topic.key_figures(FIGURES),
        topic.sections(
            topic.section(
                "hushall",
                "Hur många och hur länge",
                HOUSEHOLDS,
                (
                    topic.monthly("hushall-bistand"),
                    topic.parts("varaktighet", "Hushållen efter tid med bistånd", BANDS),
                ),
                (topic.monthly("hushall-langvarigt"), topic.monthly("langvarigt-andel")),
            ),
            topic.section(
                "barn",
                "Barnen",
                CHILDREN,
                (topic.monthly("barn-bistand"), topic.monthly("barnfamiljer-bistand")),
            ),
            topic.section(
                "kronor",
                "Kronorna",
                MONEY,
                (topic.monthly("bistand-utbetalt"), topic.monthly("bistand-per-hushall")),
                (topic.units(BY_UNIT),),
            ),
            topic.section(
                "vidare",
                "Vägen vidare från bistånd",
                ("bistand-avslutade",),
                (
                    topic.parts("avslut", "Hushåll som lämnat biståndet", LEAVING),
                    topic.monthly("bistand-avslutade"),
                ),
            ),
            topic.section(
                "arbete",
                "Vägen till arbete och studier",
                BY_TEAM,
                (
                    topic.monthly("arbetsmarknad-till-arbete-studier"),
                    topic.parts("insatser", "Avslutade insatser", ONWARD),
                ),
                (
                    topic.units(BY_TEAM, key="team", title="Team för team", param="insats"),
                    topic.panels(BY_TEAM, key="teamkurvor", param="insats"),
                ),
            ),
            topic.section(
                "tal",
                "Bakom talen",
                (),
                (topic.sums(SUMS),),
                (topic.printed((*BY_UNIT, "arbetsmarknad-avslutade", "arbetsmarknad-till-arbete-studier")),),
                (
                    topic.printed(
                        PRINTED, key="bara-tryckt", title="Det som bara finns i rapporterna", ever=True
                    ),
                ),
            ),
        ),
    )


ui.show("forsorjning", draw, own=(*topic.OWN, "insats"))
