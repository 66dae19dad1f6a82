"""The dashboard as an ASGI app: app.py as Streamlit runs it, and beside it the documents that its pages start in, and our routes.

streamlit run server.py
"""

import streamlit as st
from streamlit import config

import api
from ui import document

base = str(config.get_option("server.baseUrlPath")).strip("/")
app = st.App("app.py", routes=[*api.routes(f"/{base}" if base else ""), *document.routes()])
