"""The page in which Chromium draws pictures: plotly.js, the world's outlines and the house's typefaces, all from this machine.

Nothing on it may reach the network: its policy allows files and data alone.
"""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from pathlib import Path

_STATIC = Path(__file__).resolve().parents[2] / "static"
_SCRIPT = Path(__file__).with_name("drawing.js")
_POLICY = "default-src 'none'; script-src file: 'unsafe-inline' 'unsafe-eval'; style-src 'unsafe-inline'; img-src data: blob:; font-src data:; connect-src blob: data:"
_LATIN = "U+0000-00FF, U+0131, U+0152-0153, U+02BB-02BC, U+02C6, U+02DA, U+02DC, U+0304, U+0308, U+0329, U+2000-206F, U+20AC, U+2122, U+2191, U+2193, U+2212, U+2215, U+FEFF, U+FFFD"
_LATIN_EXTENDED = "U+0100-02BA, U+02BD-02C5, U+02C7-02CC, U+02CE-02D7, U+02DD-02FF, U+0304, U+0308, U+0329, U+1D00-1DBF, U+1E00-1E9F, U+1EF2-1EFF, U+2020, U+20A0-20AB, U+20AD-20C0, U+2113, U+2C60-2C7F, U+A720-A7FF"


@dataclass(frozen=True, slots=True)
class Face:
    """A typeface's file: its family, its weights, and the letters that it has."""

    family: str
    file: str
    weights: str
    unicode_range: str

    @property
    def data(self) -> str:
        """The file as an address that holds it."""
        return "data:font/woff2;base64," + base64.b64encode((_STATIC / "fonts" / self.file).read_bytes()).decode()

    @property
    def rule(self) -> str:
        """The rule of CSS that makes it known."""
        return (
            f'@font-face{{font-family:"{self.family}";font-weight:{self.weights};font-style:normal;'
            f'src:url({self.data}) format("woff2");unicode-range:{self.unicode_range}}}'
        )


FACES = (
    Face("Inter", "inter-latin-wght-normal.woff2", "100 900", _LATIN),
    Face("Inter", "inter-latin-ext-wght-normal.woff2", "100 900", _LATIN_EXTENDED),
    Face("SourceSerif", "source-serif-4-latin-wght-normal.woff2", "200 900", _LATIN),
    Face("SourceSerif", "source-serif-4-latin-ext-wght-normal.woff2", "200 900", _LATIN_EXTENDED),
)

# For PDF: each family with the name of its like in files of one weight each.
PRINT_FAMILIES = {"Inter": "Inter Print", "SourceSerif": "Atlas Serif Print"}
_PRINT_FILES = {
    ("Inter Print", "1 599"): "Inter-Regular.ttf",
    ("Inter Print", "600 1000"): "Inter-SemiBold.ttf",
    ("Atlas Serif Print", "1 599"): "AtlasSerif-Regular.ttf",
    ("Atlas Serif Print", "600 1000"): "AtlasSerif-SemiBold.ttf",
}


def _print_rules() -> str:
    """Return the rules of CSS of the faces for PDF."""
    folder = Path(__file__).with_name("fonts")
    rules = []
    for (family, weights), file in _PRINT_FILES.items():
        data = base64.b64encode((folder / file).read_bytes()).decode()
        rules.append(f'@font-face{{font-family:"{family}";font-weight:{weights};src:url(data:font/ttf;base64,{data}) format("truetype")}}')
    return "".join(rules)


def _ranges(text: str) -> list[list[int]]:
    """Return the first and last letters of each part of a unicode range."""
    ends = [part.strip().removeprefix("U+").split("-") for part in text.split(",")]
    return [[int(part[0], 16), int(part[-1], 16)] for part in ends]


def html() -> str:
    """Return the page, which Kaleido opens in each of its tabs."""
    import kaleido
    import plotly

    plotly_script = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"
    kaleido_script = Path(kaleido.__file__).parent / "vendor" / "kaleido_scopes.js"
    faces = [
        {"family": face.family, "weights": face.weights, "data": face.data, "unicodeRange": face.unicode_range, "ranges": _ranges(face.unicode_range)}
        for face in FACES
    ]
    outlines = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted((_STATIC / "geo").glob("*.json"))}
    known = f"window.PlotlyGeoAssets = {{ topojson: {json.dumps(outlines)} }}; const atlasFaces = {json.dumps(faces)}; const atlasPrintFamilies = {json.dumps(PRINT_FAMILIES)};"
    scripts = "".join(f'<script src="{path.as_uri()}" charset="utf-8"></script>' for path in (plotly_script, kaleido_script, _SCRIPT))
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{_POLICY}"><title>Pictures</title>'
        f'<style id="head-style"></style><style>{"".join(face.rule for face in FACES)}{_print_rules()}</style><script>{known}</script>{scripts}</head><body></body></html>'
    )
