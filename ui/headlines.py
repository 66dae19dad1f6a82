"""How a headline is written on a page: names that have a hyphen in them do not break there."""

from __future__ import annotations

import re
from html import escape

# CAR-T, CAR-Ts, and products' short names such as axi-cel.
_HYPHENATED = re.compile(r"\b[A-Za-z]+-(?:Ts?|cel)\b")


def headline(text: str) -> str:
    """Return a headline as HTML, its hyphenated names kept on one line.

    By style, not by another hyphen: copied text, files and searches keep the ordinary one.
    """
    return _HYPHENATED.sub(lambda found: f"<span style='white-space:nowrap'>{found[0]}</span>", escape(text))
