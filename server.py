"""The dashboard as an ASGI app: app.py as Streamlit runs it, and beside it the documents that its pages start in.

streamlit run server.py
"""

import streamlit as st

from ui import document

app = st.App("app.py", routes=document.routes())
