"""The views of Ekonomi: how it stands, the forecasts, how good they have been, and what placements cost."""

from __future__ import annotations

from markupsafe import Markup

from dashboard.domain.model import Unit
from dashboard.ui.page import Page
from dashboard.ui.render import render

VIEW = "vy"
FORECASTS, LEDGER, COSTS = "prognos", "traffsakerhet", "volym"
VIEWS = {"": "Läget", FORECASTS: "Prognoser", LEDGER: "Prognossäkerhet", COSTS: "Volym och pris"}
MORE, DEARER = "fler", "dygnspris"  # the what-if's, which only the view of costs reads
OWN = (VIEW, MORE, DEARER)


def economy_view(page: Page) -> str:
    """The view that the address asks for; "" for the first, and for one that does not exist."""
    said = page.query.own.get(VIEW, "")
    return said if said in VIEWS else ""


def whose(unit: Unit) -> str:
    """The unit as a title names it: the whole by its short name, which its own is too long for."""
    return unit.short if unit.parent is None else unit.name


def economy_views(page: Page) -> Markup:
    """The switch between the views; a view that does not exist is said."""
    said, here = page.query.own.get(VIEW, ""), economy_view(page)
    links = [(name, page.href("ekonomi", vy=view or None), view == here) for view, name in VIEWS.items()]
    return render("economy_views.html", links=links, unknown=said[:40] if said != here else "")
