"""The CAR-T Access Atlas: page configuration, navigation and the frame around every page.

``streamlit run server.py`` serves it as ``make run`` does; ``streamlit run app.py`` works too, and starts a little slower in the browser.
"""

import streamlit as st

from indicators import language
from indicators.language import _
from ui import data, filters, provenance, shell, state
from ui.sitemap import SITE

language.use("en")

PAGES = [st.Page(page.file, title=_(page.title), url_path=page.address, default=not page.address) for page in SITE]

page = st.navigation(PAGES, position="hidden")
st.set_page_config(page_title=f"{page.title} · " + _("CAR-T Access Atlas"), page_icon="static/icon.png", layout="wide", initial_sidebar_state="collapsed")
state.begin(page.url_path)
dataset = data.current()
filters.view(dataset)  # declares the global filters, so that the bar's links can carry them
shell.top_bar(PAGES, page, dataset)
place_for_notices = st.container()
try:
    page.run()
    provenance.finish()
finally:
    state.finish()
shell.foot(dataset)
with place_for_notices:
    shell.notices()
data.set_new_aside()
