"""The parts of a slide with a figure: texts that fit their places, an editable chart, a picture, or a table in its stead."""

from __future__ import annotations

import io
from collections.abc import Sequence
from copy import deepcopy
from typing import Any

from PIL import Image
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.oxml.ns import qn
from pptx.slide import Slide
from pptx.util import Emu, Pt

from indicators.charts import lettering
from indicators.charts.template import Style
from indicators.exhibits import Exhibit
from indicators.export.native import native_chart
from indicators.export.native_model import POINTS, Plan
from indicators.export.native_reading import plain
from indicators.export.slide_template import FIGURE_PLACE, SOURCE_PLACE, Box
from indicators.export.slide_text import about, printable, short_address

POINT = 12700  # EMU
_LINE = 1.2
_SAFE = 0.96  # of a line's width: programs break lines a little differently


def lines_of(text: str, size: float, width: int, is_bold: bool = False) -> int:
    """Return in how many lines a text stands at a size in points, in a place so many EMU wide."""
    most = width / POINT * _SAFE / (1.04 if is_bold else 1)
    return sum(max(1, len(lettering.wrapped(line, size, most))) for line in text.split("\n"))


def fitting_size(text: str, box: Box, sizes: Sequence[float], is_bold: bool = False) -> float:
    """Return the largest of some sizes (points) at which a text fits into a place, the last one where none does."""
    return next((size for size in sizes if lines_of(text, size, box.width, is_bold) * size * _LINE <= box.height / POINT), sizes[-1])


def write(slide: Slide, place: int, text: str, size: float | None = None, box: Box | None = None) -> Any:
    """Write a text into a placeholder and return it; a size (points) or box overrides the layout's. Without a text it is taken away."""
    holder = next(shape for shape in slide.placeholders if shape.placeholder_format.idx == place)
    if not text:
        holder._element.getparent().remove(holder._element)
        return None
    if box:
        put(holder, box)
    frame = holder.text_frame
    frame.text = printable(text)
    if size:
        for paragraph in frame.paragraphs:
            for run in paragraph.runs:
                run.font.size = Pt(size)
    return holder


def put(shape: Any, box: Box) -> None:
    """Put a shape into a place."""
    shape.left, shape.top, shape.width, shape.height = Emu(box.left), Emu(box.top), Emu(box.width), Emu(box.height)


def write_source(slide: Slide, exhibit: Exhibit, first: str, others: Sequence[str], size: float, box: Box) -> None:
    """Write the source line, with the address as a link where it is a whole one, and below it what must be known."""
    holder = write(slide, SOURCE_PLACE, first, size, box)
    paragraph = holder.text_frame.paragraphs[0]
    run = paragraph.add_run()
    run.text, run.font.size = " · ", Pt(size)
    link = paragraph.add_run()
    link.text, link.font.size = printable(short_address(exhibit)), Pt(size)
    if exhibit.address.startswith(("http://", "https://")):
        link.hyperlink.address = exhibit.address
    for text in others:
        run = holder.text_frame.add_paragraph().add_run()
        run.text, run.font.size = printable(text), Pt(size)


def add_number(slide: Slide) -> None:
    """Add the slide's number, which python-pptx leaves out."""
    for shape in slide.slide_layout.placeholders:  # type: ignore[misc]  # python-pptx: its own loop is typed wrongly
        if shape.placeholder_format.type == PP_PLACEHOLDER.SLIDE_NUMBER:
            slide.shapes._spTree.append(deepcopy(shape._element))


def add_chart(slide: Slide, exhibit: Exhibit, drawn: Plan, box: Box) -> None:
    """Set a figure as an editable chart, with its text for those who can't see it."""
    files = native_chart(drawn, exhibit.style, (box.width / POINT, box.height / POINT), about(exhibit))
    kind = XL_CHART_TYPE.XY_SCATTER if drawn.kind == POINTS else XL_CHART_TYPE.BAR_STACKED  # the XML itself says which
    holder = next(shape for shape in slide.placeholders if shape.placeholder_format.idx == FIGURE_PLACE)
    frame = holder.insert_chart(kind, files)
    put(frame, box)
    describe(frame, exhibit)


def add_picture(slide: Slide, exhibit: Exhibit, content: bytes, box: Box) -> None:
    """Set a figure as a picture as large as its place allows, at its upper left, with its text for those who can't see it."""
    holder = next(shape for shape in slide.placeholders if shape.placeholder_format.idx == FIGURE_PLACE)
    with Image.open(io.BytesIO(content)) as opened:
        wide, high = opened.size
    factor = min(box.width / wide, box.height / high)
    left = box.left if factor * wide > 0.8 * box.width else box.left + int((box.width - factor * wide) / 2)
    picture = holder.insert_picture(io.BytesIO(content))
    put(picture, Box(left, box.top, int(wide * factor), int(high * factor)))
    picture.crop_left = picture.crop_right = picture.crop_top = picture.crop_bottom = 0
    describe(picture, exhibit)


def describe(shape: Any, exhibit: Exhibit) -> None:
    """Give a chart, picture or table its text for those who can't see it, and the figure's id as its name."""
    properties = next(shape._element.iter(qn("p:cNvPr")))
    properties.set("descr", printable(exhibit.chart.alt or exhibit.chart.title))
    properties.set("name", exhibit.figure.id)


def add_legend(slide: Slide, entries: Sequence[tuple[str, str]], style: Style, size: float, box: Box) -> None:
    """Write a legend of coloured squares above a picture; one in the colour of the paper is an outline."""
    frame = slide.shapes.add_textbox(Emu(box.left), Emu(box.top), Emu(box.width), Emu(box.height)).text_frame
    _no_margins(frame)
    paragraph = frame.paragraphs[0]
    for number, (text, tint) in enumerate(entries):
        key, name = paragraph.add_run(), paragraph.add_run()
        is_hollow = tint.upper() in (style.paper.upper(), "")
        key.text, name.text = ("     " if number else "") + ("□\u00a0" if is_hollow else "■\u00a0"), printable(plain(text)).replace(" ", "\u00a0")
        colour(key, tint if tint.startswith("#") and not is_hollow else style.muted)
        colour(name, style.ink)
        key.font.size = name.font.size = Pt(size)


def add_text(slide: Slide, text: str, ink: str, size: float, box: Box) -> None:
    """Write a text of the figure's own beside it."""
    frame = slide.shapes.add_textbox(Emu(box.left), Emu(box.top), Emu(box.width), Emu(box.height)).text_frame
    _no_margins(frame)
    frame.text = printable(text)
    for paragraph in frame.paragraphs:
        for run in paragraph.runs:
            run.font.size = Pt(size)
            colour(run, ink)


def _no_margins(frame: Any) -> None:
    frame.word_wrap = True
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0


def colour(run: Any, code: str) -> None:
    """Give a run of text a colour (#RRGGBB)."""
    run.font.color.rgb = rgb(code)


def remove_figure_place(slide: Slide) -> None:
    """Take the place of the figure away, where something else stands in it."""
    for holder in list(slide.placeholders):
        if holder.placeholder_format.idx == FIGURE_PLACE:
            holder._element.getparent().remove(holder._element)


def rgb(code: str) -> RGBColor:
    """Return a colour (#RRGGBB) as python-pptx wants it."""
    return RGBColor.from_string(code.removeprefix("#").upper())
