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

    @property
    def file(self) -> str:
        return f"pages/{self.id}.py"


PAGES = (
    PageInfo("oversikt", "", "Översikt", "Hur ligger vi till, och vad har ändrats sedan sist?"),
    PageInfo("mal", "mal", "Mål", "Når vi målen?"),
    PageInfo("trender", "trender", "Trender", "Vart är varje mått på väg?", charts=True),
    PageInfo("ekonomi", "ekonomi", "Ekonomi", "Håller pengarna, och var avviker vi?", charts=True),
    PageInfo("riskmatris", "riskmatris", "Riskmatris", "Vad hotar målen, och biter åtgärderna?"),
)

CHART_PAGES = frozenset(page.path for page in PAGES if page.charts)


def info(page_id: str) -> PageInfo:
    """Raises KeyError for a page that is not in the menu."""
    return {page.id: page for page in PAGES}[page_id]


def neighbours(page_id: str) -> tuple[PageInfo, PageInfo]:
    """The pages before and after; the projector's arrows go round."""
    at = PAGES.index(info(page_id))
    return PAGES[at - 1], PAGES[(at + 1) % len(PAGES)]
