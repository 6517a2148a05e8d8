"""An empty page: what Streamlit itself costs. One word, so that a browser can see that it has been drawn."""

import streamlit as st

st.write("Tom sida")
