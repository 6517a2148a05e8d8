"""Who looks at the page: the one place where a page asks about the visitor and not about the address."""

from __future__ import annotations

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from dashboard.uploads import gate


def may_load() -> bool:
    """Whether this visitor may send and load files. False outside a session: a download holds no forms."""
    if get_script_run_ctx(suppress_warning=True) is None:
        return False
    headers = {name.lower(): value for name, value in st.context.headers.to_dict().items()}
    return gate.may_load(headers, st.context.ip_address)
