"""Where this atlas is, as its readers see it: for links, embeds and citations."""

from __future__ import annotations

from urllib.parse import urlsplit

import streamlit as st

from indicators import exhibits

_ONLY_HERE = ("localhost", "127.0.0.1", "0.0.0.0", "::1")


class _Routes:
    """Whether this process also serves the stage, embeds and previews."""

    are_there = False


def announce_routes() -> None:
    """Say that this process serves the stage, embeds and previews; server.py does, ``streamlit run app.py`` alone does not."""
    _Routes.are_there = True


def has_routes() -> bool:
    """Return whether the stage, embeds and previews can be reached."""
    return _Routes.are_there


def here(page: str) -> str:
    """Return the address of the atlas that the reader's browser has asked, without the page; "" where it is not known."""
    address = (st.context.url or "").split("?")[0].rstrip("/")
    return address.removesuffix(f"/{page}") if page else address


def published(page: str) -> str:
    """Return the address that others reach this atlas at: the one it was told, else the browser's, unless that is this machine alone."""
    told = exhibits.site()
    if told:
        return told
    seen = here(page)
    return "" if urlsplit(seen).hostname in _ONLY_HERE else seen
