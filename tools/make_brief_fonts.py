"""Make the fonts of the printed country brief from the variable web fonts: static, one file a weight, for a typesetter.

Typst reads neither WOFF2 nor the subsets of one family as one font. Run once, with fonttools and brotli installed, when the
web fonts in static/fonts change:

    python tools/make_brief_fonts.py

Adobe reserves the name “Source” for its own versions of Source Serif, so the changed one is called Atlas Serif
(SIL Open Font License 1.1, condition 3). Inter reserves no name.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from fontTools.merge import Merger
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

ROOT = Path(__file__).resolve().parent.parent
WEB = ROOT / "static" / "fonts"
OUT = ROOT / "indicators" / "export" / "fonts"
FEATURES = ["kern", "mark", "mkmk", "ccmp", "locl", "liga", "calt", "tnum", "pnum"]
FAMILIES = (
    ("inter", "Inter", {"Regular": 400, "SemiBold": 600}, "LICENSE-Inter.txt", "LICENSE-Inter.txt"),
    ("source-serif-4", "Atlas Serif", {"Regular": 400, "SemiBold": 600}, "LICENSE-SourceSerif4.txt", "LICENSE-AtlasSerif.txt"),
)
# Names that a font carries: family, style, unique name, full name, PostScript name, typographic family and style.
_FAMILY, _STYLE, _UNIQUE, _FULL, _POSTSCRIPT, _TYPOGRAPHIC_FAMILY, _TYPOGRAPHIC_STYLE = 1, 2, 3, 4, 6, 16, 17
_TRADEMARK_AND_VARIATIONS = (7, 25)


def instance(web_name: str, subset: str, weight: int, folder: Path) -> Path:
    """Return the file of one subset at one weight, without what a screen alone needs."""
    font = TTFont(WEB / f"{web_name}-{subset}-wght-normal.woff2")
    font.flavor = None
    instantiateVariableFont(font, {"wght": weight}, inplace=True)
    options = Options(layout_features=FEATURES, hinting=False, notdef_outline=True, glyph_names=False, drop_tables=["STAT", "BASE", "DSIG"])
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=font.getBestCmap())
    subsetter.subset(font)
    path = folder / f"{subset}.ttf"
    font.save(path)
    return path


def rename(font: TTFont, family: str, style: str, weight: int) -> None:
    """Give a font its names and weight; a typesetter finds it by both."""
    names = font["name"]
    names.names = [record for record in names.names if record.nameID not in _TRADEMARK_AND_VARIATIONS]
    full = f"{family} {style}"
    legacy = family if style == "Regular" else full
    texts = {
        _FAMILY: legacy,
        _STYLE: "Regular",
        _UNIQUE: f"CAR-T Access Atlas: {full}",
        _FULL: full,
        _POSTSCRIPT: full.replace(" ", "").replace(family.replace(" ", ""), family.replace(" ", "") + "-"),
    }
    for number, text in (texts | {_TYPOGRAPHIC_FAMILY: family, _TYPOGRAPHIC_STYLE: style}).items():
        names.setName(text, number, 3, 1, 0x409)
    font["OS/2"].usWeightClass = weight


def main() -> None:
    """Write every font and its licence."""
    OUT.mkdir(parents=True, exist_ok=True)
    for web_name, family, weights, licence, own_licence in FAMILIES:
        for style, weight in weights.items():
            with tempfile.TemporaryDirectory() as name:
                parts = [str(instance(web_name, subset, weight, Path(name))) for subset in ("latin", "latin-ext")]
                font = Merger().merge(parts)
            copyright_text = font["name"].getDebugName(0)
            rename(font, family, style, weight)
            font.recalcTimestamp = False  # the same fonts give the same files
            font["head"].created = font["head"].modified = TTFont(WEB / f"{web_name}-latin-wght-normal.woff2")["head"].modified
            path = OUT / f"{family.replace(' ', '')}-{style}.ttf"
            font.save(path)
            changed = f"{family}, here as static fonts of few weights, is made from {web_name} as served in static/fonts.\n{copyright_text}\n\n"
            (OUT / own_licence).write_text(changed + (WEB / licence).read_text(encoding="utf-8"), encoding="utf-8")
            print(f"{path.relative_to(ROOT)}: {path.stat().st_size:,} bytes, {len(font.getBestCmap())} characters")


if __name__ == "__main__":
    main()
