"""The house's colours and typefaces as style sheets write them."""

from __future__ import annotations

from functools import cache

from indicators.charts.template import STYLES, Style

# On a stage and far away, what the pages set in a quiet grey must be read too: 9 to 1 against its paper.
QUIET_ON_STAGE = {"light": "#3C4A4F", "dark": "#C3CFD0"}
_FACES = (("Inter", "inter", "100 900"), ("SourceSerif", "source-serif-4", "200 900"))
_LATIN = "U+0000-00FF, U+0131, U+0152-0153, U+02BB-02BC, U+02C6, U+02DA, U+02DC, U+0304, U+0308, U+0329, U+2000-206F, U+20AC, U+2122, U+2191, U+2193, U+2212, U+2215, U+FEFF, U+FFFD"
_LATIN_EXTENDED = "U+0100-02BA, U+02BD-02C5, U+02C7-02CC, U+02CE-02D7, U+02DD-02FF, U+0304, U+0308, U+0329, U+1D00-1DBF, U+1E00-1E9F, U+1EF2-1EFF, U+2020, U+20A0-20AB, U+20AD-20C0, U+2113, U+2C60-2C7F, U+A720-A7FF"


def faces(up: str) -> str:
    """Return the rules that load the house's typefaces; ``up`` leads to the atlas's root."""
    rules = []
    for family, file, weights in _FACES:
        for part, letters in (("latin", _LATIN), ("latin-ext", _LATIN_EXTENDED)):
            where = f"{up}app/static/fonts/{file}-{part}-wght-normal.woff2"
            rules.append(
                f'@font-face{{font-family:{family};src:url("{where}") format("woff2");font-weight:{weights};font-display:block;unicode-range:{letters}}}'
            )
    return "".join(rules)


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
