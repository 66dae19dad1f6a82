"""Sources as links."""

from __future__ import annotations

from html import escape

import pandas as pd

from indicators.charts.wording import reading_text, short_publisher


def source_link(source: pd.Series, short: bool = False) -> str:
    """Return a source (a row of the table of sources) as HTML: a link to it, and one to what was read in its place.

    ``short`` names the publisher in place of the title.
    """
    text = _link(source["url"], short_publisher(source["publisher"]) if short else source["title"])
    if not source["read_at"] or source["read_at"] == source["url"]:
        return text
    return f"{text} ({_link(source['read_at'], reading_text(source['reading']))})"


def _link(address: str, text: str) -> str:
    return f"<a href='{escape(address, quote=True)}' target='_blank' rel='noopener noreferrer'>{escape(text)}</a>"
