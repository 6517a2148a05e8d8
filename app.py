"""The dashboard: a script when Streamlit runs it, an ASGI application when a server imports it."""

from functools import partial
from pathlib import Path

from dashboard import ui

if __name__ == "__main__":
    ui.run()
else:
    from dashboard import settings
    from dashboard.web import create_app
    from dashboard.web.later import own_routes

    routes = own_routes(settings.load, partial(ui.page_of, Path(__file__).resolve().parent))
    app = create_app(Path(__file__), assets=ui.assets(), chart_pages=ui.CHART_PAGES, routes=routes)
