"""The dashboard: a script when Streamlit runs it, an ASGI application when a server imports it."""

from functools import partial
from pathlib import Path

from dashboard import ui

if __name__ == "__main__":
    ui.run()
else:
    from dashboard import settings
    from dashboard.web import create_app
    from dashboard.web.deliveries import delivery_routes
    from dashboard.web.export import export_route
    from dashboard.web.kolada import kolada_routes
    from dashboard.web.notes import note_routes

    export = export_route(partial(ui.page_of, Path(__file__).resolve().parent))
    routes = [
        *kolada_routes(settings.load),
        *delivery_routes(settings.load),
        *note_routes(settings.load),
        export,
    ]
    app = create_app(Path(__file__), assets=ui.assets(), chart_pages=ui.CHART_PAGES, routes=routes)
