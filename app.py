"""The CAR-T Access Atlas: page configuration, navigation and the frame around every page.

streamlit run app.py
"""

import streamlit as st

from indicators import language
from indicators.language import _
from ui import data, filters, shell, state

language.use("en")

PAGES = [
    st.Page("pages/overview.py", title=_("Overview"), url_path="", default=True),
    st.Page("pages/approvals.py", title=_("Approvals"), url_path="approvals"),
    st.Page("pages/prices.py", title=_("Prices"), url_path="prices"),
    st.Page("pages/reimbursement.py", title=_("Reimbursement"), url_path="reimbursement"),
    st.Page("pages/manufacturing.py", title=_("Manufacturing"), url_path="manufacturing"),
]

page = st.navigation(PAGES, position="hidden")
st.set_page_config(page_title=f"{page.title} · " + _("CAR-T Access Atlas"), page_icon="static/icon.png", layout="wide", initial_sidebar_state="collapsed")
state.begin(page.url_path)
dataset = data.current()
filters.view(dataset)  # declares the global filters, so that the bar's links can carry them
shell.top_bar(PAGES, page)
place_for_notices = st.container()
try:
    page.run()
finally:
    state.finish()
shell.foot(dataset)
with place_for_notices:
    shell.notices()
