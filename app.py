"""The dashboard: a script when Streamlit runs it, an ASGI application when a server imports it."""

from pathlib import Path

from dashboard import ui

if __name__ == "__main__":
    ui.run()
else:
    from dashboard.web import create_app

    app = create_app(Path(__file__), assets=ui.assets(), chart_pages=ui.CHART_PAGES)
