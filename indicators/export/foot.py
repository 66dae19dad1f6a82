"""The foot of a picture: what was left out and must be known, sources, day, licence, boundaries, the atlas and the address."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

from indicators.charts import lettering
from indicators.exhibits import Exhibit, boundaries_disclaimer
from indicators.export.page import TEXT_LINE, TIED, Box, Page
from indicators.language import _, mark
from indicators.licences import LICENCE

ATLAS = mark("CAR-T Access Atlas")


def paragraphs_of(exhibit: Exhibit, note: str) -> list[str]:
    """Return the paragraphs of the footer: what was left out and must be known; sources, day and licence; boundaries; the address."""
    *parts, address = exhibit.footer
    caveats, boundaries = exhibit.chart.caveats, boundaries_disclaimer() if exhibit.chart.has_boundaries else ""
    sources = " · ".join(part if part != LICENCE else part.replace(" ", TIED) for part in parts if part not in (caveats, boundaries))
    caveat = exhibit.chart.caveat if note else caveats  # a note on rows counts those that the chart itself leaves out
    return [*(part for part in (" ".join(text for text in (note, caveat) if text), sources, boundaries) if part), address]


def draw(page: Page, paragraphs: Sequence[str]) -> None:
    """Set the footer at the lower edge: a thin line, the paragraphs, the atlas's name and the address."""
    size, style = page.size, page.style
    letters, height = size.footer, TEXT_LINE * size.footer
    top = size.height - height_of(page, paragraphs) + 0.9 * letters
    page.draw(size.margin, top, type="line", x0=0, x1=page.inner, y0=0, y1=0, line={"color": style.line, "width": 1})
    page.boxes["footer"] = Box(size.margin, top, size.width - size.margin, size.height - 0.55 * size.margin)
    top += letters
    blocks = _lines(page, paragraphs)
    for block in blocks[:-1]:
        for line in block:
            page.write(escape(line, quote=False), size.margin, top + height / 2, size=letters, color=style.muted)
            top += height
        top += 0.35 * letters
    page.write(f"<b>{escape(_(ATLAS), quote=False)}</b>", size.margin, top + height / 2, size=letters, color=style.accent)
    beside = lettering.width(_(ATLAS), letters, bold=True) + 1.2 * letters
    for number, line in enumerate(blocks[-1]):
        page.write(escape(line, quote=False), size.margin + (0 if number else beside), top + height / 2, size=letters, color=style.muted)
        top += height


def height_of(page: Page, paragraphs: Sequence[str]) -> float:
    """Return the height of the footer with the margins above and below it."""
    letters = page.size.footer
    blocks = _lines(page, paragraphs)
    return sum(len(block) for block in blocks) * TEXT_LINE * letters + 0.35 * letters * (len(blocks) - 1) + 1.9 * letters + 0.55 * page.size.margin


def _lines(page: Page, paragraphs: Sequence[str]) -> list[list[str]]:
    return [_broken(paragraph, page.size.footer, page.inner) for paragraph in paragraphs[:-1]] + [_sign(page, paragraphs[-1])]


def _sign(page: Page, exhibit_address: str) -> list[str]:
    """Return the lines of the address, the first of which stands beside the atlas's name."""
    letters = page.size.footer
    beside = lettering.width(_(ATLAS), letters, bold=True) + 1.2 * letters
    if beside + lettering.width(exhibit_address, letters) <= page.inner:
        return [exhibit_address]
    return ["", *_broken(exhibit_address, letters, page.inner)]


def _broken(text: str, letters: float, most: float) -> list[str]:
    """Return a text in lines; a word that is longer than a line, as an address can be, is broken where it may be, else anywhere."""
    words = []
    for word in text.split(" "):
        parts = re.split(r"(?<=[/?&=,;-])", word) if lettering.width(word, letters) > most else [word]
        for number, part in enumerate(parts):
            words += [("" if number else " ", part)]
    lines = [""]
    for space, part in words:
        longer = f"{lines[-1]}{space}{part}" if lines[-1] else part
        if lettering.width(longer, letters) <= most:
            lines[-1] = longer
            continue
        if lines[-1]:
            lines.append("")
        for letter in part:
            if lettering.width(lines[-1] + letter, letters) > most:
                lines.append("")
            lines[-1] += letter
    return [line for line in lines if line]
