"""The first page the way most people would write it: pandas on each run, metrics and Plotly charts."""

import plotly.express as px
import streamlit as st

from benchmarks.pages.naive_numbers import LABELS, numbers

st.set_page_config(layout="wide")
period = st.selectbox("Period", ["2025-T2", "2024-T2", "2025-06", "2024-06"])
found = numbers(period)
for index, column in enumerate(st.columns(6)):
    column.metric(LABELS[index], f"{found.values[index]:,.1f}", f"{found.changes[index]:,.1f}")
    curve = px.line(x=found.curves[index].index, y=found.curves[index].values, height=140)
    column.plotly_chart(curve, key=f"curve-{index}")
bars = px.bar(x=found.bars.to_numpy(), y=found.bars.index, orientation="h", height=320)
st.plotly_chart(bars, key="bars")
