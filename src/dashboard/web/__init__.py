"""How the dashboard reaches the browser: the ASGI application around Streamlit, its headers and files.

Nothing here knows a board question or a number. Streamlit serves its interface uncompressed, in English and
with inline scripts; this package wraps it so that the same interface arrives compressed, in Swedish and
under a strict content security policy.
"""

from dashboard.settings import default_cache_dir
from dashboard.web.app_factory import create_app
from dashboard.web.pages_directory import guard_pages_directory
from dashboard.web.precompress import prepare_static
from dashboard.web.server import serve

__all__ = ["create_app", "default_cache_dir", "guard_pages_directory", "prepare_static", "serve"]
