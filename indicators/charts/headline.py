"""How wide a headline is in the house's serif typeface, and how it is broken into lines before anything draws it."""

from __future__ import annotations

from indicators.charts import lettering

SERIF = "SourceSerif, 'Source Serif 4', Georgia, serif"
WEIGHT = 600
LINE = 1.16  # the height of a line of a headline, in letter sizes
_WIDOW = 0.4  # a last line shorter than this part of the others looks lost

# Advance widths of Source Serif 4 at the weight 600, in thousandths of the letter size, measured from static/fonts.
_ADVANCES = {
    207: "'",
    229: " ",
    236: "’‘",
    302: "|",
    307: ",.:;·",
    314: "!j",
    335: "-",
    336: "i",
    337: "l",
    344: "°",
    356: "[]",
    364: "/\\",
    365: "{}",
    369: "t",
    375: "f",
    384: "()",
    387: "I",
    390: "²",
    394: "J",
    400: "`",
    423: '"',
    430: "?",
    459: "*",
    460: "“”",
    475: "rs",
    497: "z",
    527: "c",
    528: "_–",
    538: "$€",
    539: "£",
    540: "e",
    544: "#",
    547: "0123456789",
    548: "+<=>^~×±",
    549: "≥≤",
    555: "a",
    560: "S",
    573: "g",
    582: "v",
    585: "x",
    590: "o",
    592: "Zy",
    610: "F",
    613: "q",
    616: "Lk",
    624: "d",
    631: "b",
    633: "p",
    635: "E",
    637: "P",
    640: "u",
    650: "Th",
    652: "n",
    663: "C",
    667: "Y",
    669: "B",
    678: "X",
    706: "V",
    708: "R",
    712: "A",
    725: "G",
    726: "K",
    739: "&",
    742: "OQ",
    745: "D",
    758: "NU",
    809: "H",
    828: "—",
    850: "w",
    853: "…",
    867: "@",
    930: "M",
    949: "%½",
    962: "m",
    1000: "→",
    1020: "W",
}
_ADVANCE = {letter: advance for advance, letters in _ADVANCES.items() for letter in letters}


def width(text: str, size: float) -> float:
    """Return how many pixels a line takes at a size in pixels; pairs that are set closer make it a little narrower."""
    return lettering.advance(text, size, _ADVANCE)


def wrapped(text: str, size: float, most: float) -> list[str]:
    """Return a headline in lines of at most ``most`` pixels, broken between words, its last line not left with a word alone."""
    lines = _filled(text, size, most)
    if len(lines) < 2 or width(lines[-1], size) >= _WIDOW * most:
        return lines
    narrower = most
    while len(_filled(text, size, narrower)) == len(lines) and width(lines[-1], size) < _WIDOW * most:
        lines = _filled(text, size, narrower)
        narrower -= 0.02 * most
    return lines


def _filled(text: str, size: float, most: float) -> list[str]:
    return lettering.filled(text, most, lambda line: width(line, size))
