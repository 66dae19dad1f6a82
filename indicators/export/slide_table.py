"""The upper rows of a figure's table on a slide, where nothing can draw the figure itself."""

from __future__ import annotations

from typing import Any

import pandas as pd
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.slide import Slide
from pptx.util import Emu, Pt

from indicators import language
from indicators.exhibits import Exhibit
from indicators.export.native import TYPEFACE
from indicators.export.slide_parts import POINT, colour, describe, remove_figure_place, rgb
from indicators.export.slide_template import Box
from indicators.export.slide_text import printable
from indicators.language import _, mark

_COLUMNS, _ROWS, _LONGEST_CELL, _HEIGHT = 6, 12, 60, 25
_LEFT_OUT = (mark("ISO code"), mark("Code"), mark("Facts"), mark("Last confirmed"), mark("Overdue"), mark("Sources"))


def add_table(slide: Slide, exhibit: Exhibit, box: Box) -> str:
    """Set the upper rows of the figure's table in its stead; return a sentence on those left out, "" where there are none.

    The first columns that say something are shown: an amount without its currency, or a value without its unit, is none.
    """
    remove_figure_place(slide)
    frame = exhibit.chart.table
    rows = frame.head(max(1, min(_ROWS, int(box.height / POINT / _HEIGHT) - 1)))
    names = [name for name in frame.columns if name not in {_(text) for text in _LEFT_OUT} and _says_something(rows[name])][:_COLUMNS]
    shape = slide.shapes.add_table(len(rows) + 1, len(names), Emu(box.left), Emu(box.top), Emu(box.width), Emu(Pt(_HEIGHT) * (len(rows) + 1)))
    describe(shape, exhibit)
    for across, name in enumerate(names):
        cells = texts(rows[name])
        is_number = pd.api.types.is_numeric_dtype(rows[name])
        for down, text in enumerate([str(name), *cells]):
            _write(shape.table.cell(down, across), text, exhibit, down, is_number)
    if len(rows) == len(frame):
        return ""
    return _("The table shows the first {shown} of {total} rows.").format(shown=len(rows), total=language.number(len(frame)))


def _says_something(cells: pd.Series) -> bool:
    return bool((cells.notna() & (cells.astype("object") != "")).any())


def texts(cells: pd.Series) -> list[str]:
    """Return the cells of a column as people read them: numbers with the same decimals, years without separators, nothing for what is missing."""
    numbers = pd.to_numeric(cells, errors="coerce") if pd.api.types.is_numeric_dtype(cells) else pd.Series(dtype="float64")
    known = [float(number) for number in numbers if pd.notna(number)]
    are_years = bool(known) and all(1900 <= number <= 2100 and number.is_integer() for number in known)
    decimals = 0 if all(number.is_integer() for number in known) or max(map(abs, known), default=0) >= 1000 else 1
    return [_text(cell, decimals, are_years) for cell in cells]


def _text(cell: Any, decimals: int, is_year: bool) -> str:
    if pd.isna(cell):
        return ""
    if isinstance(cell, bool | str):
        text = str(cell)
    elif hasattr(cell, "isoformat"):
        text = cell.isoformat()[:10]
    else:
        text = str(int(cell)) if is_year else language.number(float(cell), decimals)
    return printable(text if len(text) <= _LONGEST_CELL else text[: _LONGEST_CELL - 1].rstrip() + "…")


def _write(cell: Any, text: str, exhibit: Exhibit, row: int, is_number: bool) -> None:
    style = exhibit.style
    cell.text, cell.vertical_anchor = printable(text), MSO_ANCHOR.MIDDLE
    cell.fill.solid()
    cell.fill.fore_color.rgb = rgb(style.accent if row == 0 else style.panel if row % 2 else style.paper)
    cell.margin_top = cell.margin_bottom = Pt(2)
    for paragraph in cell.text_frame.paragraphs:
        paragraph.alignment = PP_ALIGN.RIGHT if is_number else PP_ALIGN.LEFT
        for run in paragraph.runs:
            run.font.size, run.font.bold, run.font.name = Pt(12), row == 0, TYPEFACE
            colour(run, style.paper if row == 0 else style.ink)
