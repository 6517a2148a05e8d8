"""What happens when a page fails: the log gets everything, the reader a plain sentence."""

from __future__ import annotations

import logging

import streamlit as st

from dashboard.errors import DashboardError

_LOG = logging.getLogger(__name__)


def on_script_error(error: Exception) -> bool:
    """Log the error and show it in plain Swedish; always True, so that Streamlit shows no trace of its own.

    The dashboard's own errors say what the user can do, so they are shown as they are. Anything else is a
    fault in the program, and its text may hold data, so none of it is shown.
    """
    _LOG.error("Sidan kunde inte visas", exc_info=error)
    if isinstance(error, DashboardError):
        st.error(str(error))
    else:
        st.error(
            "Något gick fel när sidan skulle visas, och felet har skrivits i loggen. "
            "Ladda om sidan. Om felet kommer tillbaka: kontakta den som förvaltar instrumentpanelen."
        )
    return True
