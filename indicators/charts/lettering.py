"""How wide a text is in the house typeface, for what must know it before a browser draws it: labels and margins."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping

# Advance widths of Inter at its regular weight, in thousandths of the letter size, read from static/fonts.
_ADVANCES = {
    242: "ijl",
    261: "’",
    269: "I",
    281: " ",
    288: "!,.:·",
    300: "'",
    302: ";",
    323: "`",
    327: "t",
    333: "|",
    360: "/\\",
    365: "()[]",
    370: "f",
    376: "r",
    407: "1",
    426: "{}",
    440: "“”",
    442: "²",
    456: "_",
    460: "-",
    466: '"',
    471: "^",
    500: "–",
    501: "*",
    511: "?",
    528: "s",
    546: "x",
    549: "k",
    552: "z",
    562: "avy",
    565: "L",
    566: "7",
    571: "Jc",
    583: "e",
    590: "F",
    591: "hnu",
    593: "5",
    600: "o",
    601: "E",
    610: "2",
    612: "bdpq",
    613: "g",
    618: "3",
    619: "8",
    620: "69",
    629: "Z",
    631: "0",
    633: "#",
    639: "P",
    642: "$S",
    644: "&R",
    646: "4T",
    654: "B",
    656: "≥",
    662: "+<=>~×",
    672: "K",
    679: "Y",
    682: "X",
    690: "AV",
    722: "D",
    730: "C",
    743: "H",
    744: "U",
    746: "G",
    753: "N",
    765: "OQ",
    818: "w",
    864: "…",
    876: "m",
    903: "M",
    966: "@",
    982: "%",
    985: "W",
    1000: "—",
}
_ADVANCE = {letter: advance for advance, letters in _ADVANCES.items() for letter in letters}
_OTHER_ADVANCE = 1000  # a letter of another script takes a square at most
_BOLD = 1.04  # how much wider a line is at the weight 600; single letters differ
LINE = 1.25  # the height of a line, in letter sizes


def advance(text: str, size: float, advances: Mapping[str, int]) -> float:
    """Return how many pixels a line takes at a size in pixels, by the advance widths of a typeface; an accent takes no room of its own."""
    letters = (letter for letter in unicodedata.normalize("NFD", text) if not unicodedata.combining(letter))
    return sum(advances.get(letter, _OTHER_ADVANCE) for letter in letters) * size / 1000


def width(text: str, size: float, bold: bool = False) -> float:
    """Return how many pixels a line of text takes at a size in pixels; an accent takes no room of its own."""
    return advance(text, size, _ADVANCE) * (_BOLD if bold else 1)


def filled(text: str, most: float, measure: Callable[[str], float]) -> list[str]:
    """Return a text in lines of at most ``most`` pixels by ``measure``, broken between words; a longer word stays whole."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and measure(longer) <= most:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def wrapped(text: str, size: float, most: float) -> list[str]:
    """Return a text in lines of at most ``most`` pixels, broken between words; a longer word stays whole."""
    return filled(text, most, lambda line: width(line, size))
