"""The dashboard as an ASGI app: app.py as Streamlit runs it, beside it the documents that its pages start in, and our routes.

streamlit run server.py
"""

import streamlit as st
from starlette.requests import Request
from streamlit import config

import api
from api import addresses, previews
from indicators import language
from ui import addresses as own_addresses
from ui import document
from ui.sitemap import PRESENT_PAGE, SITE

BASE = str(config.get_option("server.baseUrlPath")).strip("/")
PATH = f"/{BASE}" if BASE else ""


def preview(request: Request, page: str, title: str, description: str) -> str:
    """Return what other programs show of a page's address, with the settings that it has."""
    country = request.query_params.get("country", "")
    if len(country) == 3 and country.isalpha():
        title = f"{language.country_name(country.upper())} · {title}"
    return previews.of_page(addresses.published_at(request, PATH), page, request.url.query, title, description)


own_addresses.announce_routes()
# The page of decks answers where no deck is asked for; the stage is a document of its own.
decks = document.answer(next(page for page in SITE if page.file == PRESENT_PAGE), preview)
app = st.App("app.py", routes=[*api.routes(PATH, present=decks), *document.routes(preview)])
