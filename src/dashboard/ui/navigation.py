"""The pages, in the order of the menu. ``path`` is the address, "" for the first page."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PageInfo:
    """``question`` is what the page answers; it stands in the menu's help and under the title."""

    id: str
    path: str
    title: str
    question: str
    charts: bool = False  # draws Plotly charts, so that its script is worth asking for early
    menu: bool = True  # False for a page that is reached in another way, as search is from its field

    @property
    def file(self) -> str:
        return f"pages/{self.id}.py"


PAGES = (
    PageInfo("oversikt", "", "Översikt", "Hur ligger vi till, och vad har ändrats sedan sist?"),
    PageInfo("mal", "mal", "Mål", "Når vi målen?"),
    PageInfo("trender", "trender", "Trender", "Vart är varje mått på väg?", charts=True),
    PageInfo(
        "forsorjning",
        "forsorjning",
        "Försörjning",
        "Hur många lever på bistånd, hur länge, och hur många kommer vidare?",
        charts=True,
    ),
    PageInfo(
        "placeringar",
        "placeringar",
        "Placeringar",
        "Hur många, vilken form, hur länge, vad kostar de?",
        charts=True,
    ),
    PageInfo("utredningar", "utredningar", "Utredningar", "Kommer barn och vuxna fram i tid?", charts=True),
    PageInfo("medarbetare", "medarbetare", "Medarbetare", "Hur mår organisationen?", charts=True),
    PageInfo("enheter", "enheter", "Enheter", "Hur står det till i varje enhet?"),
    PageInfo("ekonomi", "ekonomi", "Ekonomi", "Håller pengarna, och var avviker vi?", charts=True),
    PageInfo("riskmatris", "riskmatris", "Riskmatris", "Vad hotar målen, och biter åtgärderna?"),
    PageInfo("uppdrag", "uppdrag", "Uppdrag och planer", "Gör vi det vi har lovat?"),
    PageInfo(
        "jamforelser",
        "jamforelser",
        "Jämförelser",
        "Hur står vi oss mot riket, länet och liknande kommuner?",
    ),
    PageInfo("rapporter", "rapporter", "Rapporter", "Vad säger rapporterna, och stämmer det?"),
    PageInfo("data", "data", "Data", "Vad är inläst, vad saknas, och stämmer det?"),
    PageInfo("sok", "sok", "Sök", "Var står det?", menu=False),
)

MENU = tuple(page for page in PAGES if page.menu)

CHART_PAGES = frozenset(page.path for page in PAGES if page.charts)


def info(page_id: str) -> PageInfo:
    """Raises KeyError for a page that is not there."""
    return {page.id: page for page in PAGES}[page_id]


def neighbours(page_id: str) -> tuple[PageInfo, PageInfo]:
    """The pages before and after in the menu; the projector's arrows go round.

    A page outside the menu lies between its last and its first.
    """
    here = info(page_id)
    if here not in MENU:
        return MENU[-1], MENU[0]
    at = MENU.index(here)
    return MENU[at - 1], MENU[(at + 1) % len(MENU)]
