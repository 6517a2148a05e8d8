"""x"""

from dashboard import ui


def draw(page: ui.Page) -> None:
    ui.headline(page)


ui.show("ekonomi", draw)
