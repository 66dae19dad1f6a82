"""The house's colours and typefaces as style sheets write them."""

from __future__ import annotations

from functools import cache

from indicators.charts.template import STYLES, Style
from indicators.export.drawing_page import FACES

# On a stage and far away, what the pages set in a quiet grey must be read too: 9 to 1 against its paper.
QUIET_ON_STAGE = {"light": "#3C4A4F", "dark": "#C3CFD0"}


def faces(up: str) -> str:
    """Return the rules that load the house's typefaces; ``up`` leads to the atlas's root."""
    return "".join(
        f'@font-face{{font-family:{face.family};src:url("{up}app/static/fonts/{face.file}") format("woff2");font-weight:{face.weights};'
        f"font-display:block;unicode-range:{face.unicode_range}}}"
        for face in FACES
    )


def _colours(style: Style) -> str:
    return (
        f"--paper:{style.paper};--ink:{style.ink};--muted:{style.muted};--quiet:{QUIET_ON_STAGE[style.name]};--line:{style.line};"
        f"--panel:{style.panel};--accent:{style.accent};--border:{style.border};color-scheme:{style.name}"
    )


@cache
def variables() -> str:
    """Return the rules that set the colours for ``data-theme`` light, dark and auto."""
    light, dark = (_colours(STYLES[name]) for name in ("light", "dark"))
    return f"[data-theme=light],[data-theme=auto]{{{light}}}[data-theme=dark]{{{dark}}}@media(prefers-color-scheme:dark){{[data-theme=auto]{{{dark}}}}}"
