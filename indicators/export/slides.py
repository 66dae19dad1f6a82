"""Slides: a presentation (PPTX) of figures, each with its finding as title, an editable chart where that loses nothing, and its sources.

Figures that PowerPoint has no chart for (maps, matrices, panels) are pictures; where nothing can draw a picture, their table
stands in its place and the slide says so. The notes page holds the speaker's notes, how to read the figure, the method and
all sources in full.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pptx.presentation import Presentation
from pptx.util import Inches

from indicators import language
from indicators.exhibits import Exhibit, without_scheme
from indicators.export import citation, slide_parts, slide_picture, slide_table, slide_text
from indicators.export.errors import ExportError
from indicators.export.native import NotNative, Plan, plan, rows_that_fit
from indicators.export.native_model import MOST_ROWS
from indicators.export.slide_parts import POINT
from indicators.export.slide_template import (
    FIGURE,
    FIGURE_BOX,
    FIGURE_PLACE,
    MARGIN,
    META_PLACE,
    PICTURE,
    SOURCE_BOX,
    SUBTITLE_BOX,
    SUBTITLE_PLACE,
    TEXT,
    TITLE,
    TITLE_BOX,
    Box,
    template,
)
from indicators.language import _, mark, ngettext
from indicators.licences import LICENCE, LICENCE_ADDRESS

AUTHOR = "CAR-T Access Atlas"
_IN_PLACE_OF_PICTURE = mark("The figure's table stands in place of its picture.")
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest day that a ZIP file can tell: the same figures give the same file
_TITLE_SIZES, _SUBTITLE_SIZES, _SOURCE_SIZES = (26.0, 24.0, 22.0, 20.0, 18.0, 16.0), (14.0, 13.0, 12.0), (11.0, 10.5)
_MOST_SOURCE_LINES = 4
_GAP = Inches(0.14)


@dataclass(frozen=True)
class Slide:
    """A figure for a slide, and what its speaker wants to say."""

    exhibit: Exhibit
    notes: str = ""


def presentation(slides: Sequence[Slide], title: str = "", tell: Callable[[str], None] = lambda _text: None) -> bytes:
    """Return a presentation (PPTX) with a slide for each figure; with a ``title`` it begins with one and ends with the sources.

    ``tell`` is called with a sentence for each slide that is not what it should be, for want of a browser or of time; the
    slide says so too. All text is in the current language. Raises ValueError without slides.
    """
    if not slides:
        raise ValueError(_("A presentation needs a figure at least."))
    first = slides[0].exhibit
    made = template(first.style)
    if title:
        _add_title(made, slides, title)
    for slide in slides:
        _add_figure(made, slide, slide.exhibit.style.name != first.style.name, tell)
    if title:
        _add_sources(made, slides)
    _set_properties(made, slides, title or first.chart.title)
    buffer = io.BytesIO()
    made.save(buffer)
    return _steady(buffer.getvalue())


def _add_figure(made: Presentation, own: Slide, differs: bool, tell: Callable[[str], None]) -> None:
    exhibit = own.exhibit
    further: list[str] = []
    troubles: list[str] = []  # why there is no picture: for the speaker, not for the room
    source_box, _size, _known = _source_place(exhibit)
    subtitle_size = slide_parts.fitting_size(exhibit.chart.subtitle, SUBTITLE_BOX, _SUBTITLE_SIZES)
    lines = slide_parts.lines_of(exhibit.chart.subtitle, subtitle_size, SUBTITLE_BOX.width)
    top = SUBTITLE_BOX.top + int((lines if exhibit.chart.subtitle else 0) * subtitle_size * 1.25 * POINT) + _GAP
    box = Box(FIGURE_BOX.left, top, FIGURE_BOX.width, source_box.top - _GAP - top)
    drawn = _plan(exhibit, box)
    if (drawn and drawn.left_out) or (not drawn and not exhibit.chart.has_boundaries):  # a sentence on what was left out will need room
        with_sentence, _size, _known = _source_place(exhibit, [rows_left_out(MOST_ROWS, MOST_ROWS)])
        box = Box(box.left, box.top, box.width, min(source_box.top, with_sentence.top) - _GAP - top)
    slide = made.slides.add_slide(made.slide_layouts[FIGURE if drawn else PICTURE])
    title_size = slide_parts.fitting_size(exhibit.chart.title, TITLE_BOX, _TITLE_SIZES, is_bold=True)
    slide_parts.write(slide, 0, exhibit.chart.title, title_size)
    slide_parts.write(slide, SUBTITLE_PLACE, exhibit.chart.subtitle, subtitle_size)
    if drawn:
        further += _add_native(slide, exhibit, drawn, box)
    elif exhibit.chart.figure.data:
        further += _add_picture(slide, exhibit, box, troubles)
    elif len(exhibit.chart.table) and not exhibit.chart.is_empty:
        further.append(slide_table.add_table(slide, exhibit, box))
    else:
        slide_parts.remove_figure_place(slide)
        slide_parts.add_text(slide, exhibit.chart.alt or exhibit.chart.title, exhibit.style.muted, 18, box)
    further = [text for text in further if text]
    source_box, source_size, known = _source_place(exhibit, further)
    slide_parts.write_source(slide, exhibit, " · ".join(slide_text.source_line(exhibit)), known, source_size, source_box)
    slide_parts.add_number(slide)
    slide.notes_slide.notes_text_frame.text = slide_text.notes(exhibit, own.notes, [*further, *troubles])
    for trouble in troubles:
        tell(f"{exhibit.figure.id}: {_(_IN_PLACE_OF_PICTURE)} {trouble}")
    if differs:
        _recolour(slide, exhibit)


def _plan(exhibit: Exhibit, box: Box) -> Plan | None:
    size = (box.width / POINT, box.height / POINT)
    try:
        drawn = plan(exhibit.chart, MOST_ROWS)
        fits = rows_that_fit(drawn, size)
        return drawn if len(drawn.rows) <= fits else plan(exhibit.chart, fits)
    except NotNative:
        return None


def _source_place(exhibit: Exhibit, further: Sequence[str] = ()) -> tuple[Box, float, list[str]]:
    """Return the place, the type size and the texts below the source line; what there is no room for stands in the notes alone."""
    line = " · ".join([*slide_text.source_line(exhibit), slide_text.short_address(exhibit)])
    known = [*further, *slide_text.to_know(exhibit, further)]
    bottom = SOURCE_BOX.top + SOURCE_BOX.height
    text = " ".join(_stopped(part) for part in known)
    size = next((size for size in _SOURCE_SIZES if _source_lines(line, text, size) <= _MOST_SOURCE_LINES), _SOURCE_SIZES[-1])
    if _source_lines(line, text, size) > _MOST_SOURCE_LINES:  # what stands below every map is kept, a long caveat goes to the notes
        kept = [*further, *([slide_text.to_know(exhibit, further)[-1]] if exhibit.chart.has_boundaries else [])]
        more = [_("The notes of this slide say what else to bear in mind.")] if len(kept) < len(known) else []
        text = " ".join([*map(_stopped, kept), *more])
    height = int(_source_lines(line, text, size) * size * 1.28 * POINT)
    return Box(SOURCE_BOX.left, bottom - height, SOURCE_BOX.width, height), size, [text] if text else []


def _source_lines(line: str, text: str, size: float) -> int:
    return sum(slide_parts.lines_of(part, size, SOURCE_BOX.width) for part in (line, text) if part)


def _stopped(text: str) -> str:
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."


def _add_native(slide: Any, exhibit: Exhibit, drawn: Plan, box: Box) -> list[str]:
    if drawn.remarks:
        text = "\n".join(drawn.remarks)
        height = int(slide_parts.lines_of(text, 13, box.width) * 13 * 1.25 * POINT)
        slide_parts.add_text(slide, text, exhibit.style.muted, 13, Box(box.left, box.top, box.width, height))
        box = Box(box.left, box.top + height + _GAP // 2, box.width, box.height - height - _GAP // 2)
    slide_parts.add_chart(slide, exhibit, drawn, box)
    return [rows_left_out(len(drawn.rows), drawn.left_out + exhibit.chart.rest)] if drawn.left_out else []


def rows_left_out(shown: int, left_out: int) -> str:
    """Return the sentence that says how many rows a slide has no room for."""
    return ngettext(
        "Shown: {shown} of {total} rows; the one left out is listed at the address.",
        "Shown: {shown} of {total} rows; those left out are listed at the address.",
        left_out,
    ).format(shown=shown, total=shown + left_out)


def _add_picture(slide: Any, exhibit: Exhibit, box: Box, troubles: list[str]) -> list[str]:
    legend = exhibit.chart.legend
    box = Box(box.left, box.top, box.width, box.height - _GAP)  # a picture fills its place to the last line
    if legend:
        height = int(20 * POINT * slide_parts.lines_of("     ".join(f"■ {text}" for text, _tint in legend), 12, box.width))
        frame = Box(box.left, box.top + height + _GAP // 2, box.width, box.height - height - _GAP // 2)
    else:
        frame = box
    try:
        content, note = slide_picture.body(exhibit, frame.width / POINT, frame.height / POINT)
    except ExportError as error:
        troubles.append(str(error))
        return [_(_IN_PLACE_OF_PICTURE), slide_table.add_table(slide, exhibit, box)]
    if legend:
        slide_parts.add_legend(slide, legend, exhibit.style, 12, Box(box.left, box.top, box.width, frame.top - box.top))
    slide_parts.add_picture(slide, exhibit, content, frame)
    return [note]


def _recolour(slide: Any, exhibit: Exhibit) -> None:
    """Give a slide the colours of its own figure, where the deck has others."""
    background = slide.background.fill
    background.solid()
    background.fore_color.rgb = slide_parts.rgb(exhibit.style.paper)
    for holder in slide.placeholders:
        if holder.has_text_frame:
            is_title = holder.placeholder_format.idx == 0
            for paragraph in holder.text_frame.paragraphs:
                for run in paragraph.runs:
                    slide_parts.colour(run, exhibit.style.ink if is_title else exhibit.style.muted)


def _days(slides: Sequence[Slide]) -> str:
    days = sorted({slide.exhibit.scene.day for slide in slides})
    if len(days) == 1:
        return _("As of {day}").format(day=language.day(days[0]))
    return _("As of {first} to {last}").format(first=language.day(days[0]), last=language.day(days[-1]))


def _add_title(made: Presentation, slides: Sequence[Slide], title: str) -> None:
    exhibit = slides[0].exhibit
    slide = made.slides.add_slide(made.slide_layouts[TITLE])
    box = Box(MARGIN, Inches(2.1), Inches(11), Inches(1.6))
    slide_parts.write(slide, 0, title, slide_parts.fitting_size(title, box, (44.0, 40.0, 36.0, 32.0, 28.0, 24.0), is_bold=True))
    figures = ngettext("{count} figure", "{count} figures", len(slides)).format(count=len(slides))
    slide_parts.write(slide, SUBTITLE_PLACE, f"{_('CAR-T Access Atlas')} · {figures} · {_days(slides)}")
    version = _("Data version {version}").format(version=exhibit.dataset.version)
    slide_parts.write(slide, META_PLACE, " · ".join(part for part in (version, LICENCE, without_scheme(exhibit.site)) if part))


def _add_sources(made: Presentation, slides: Sequence[Slide]) -> None:
    """Add the last slide: how to cite the atlas, its licence, and who published what the figures stand on."""
    exhibit = slides[0].exhibit
    ids = list(dict.fromkeys(source_id for slide in slides for source_id in slide.exhibit.source_ids))
    slide = made.slides.add_slide(made.slide_layouts[TEXT])
    slide_parts.write(slide, 0, _("Sources and licence"))
    cited = ngettext(
        "{count} source stands behind these figures; it is cited in full in the notes of this slide.",
        "{count} sources stand behind these figures; all are cited in full in the notes of this slide.",
        len(ids),
    ).format(count=language.number(len(ids)))
    slide_parts.write(slide, SUBTITLE_PLACE, cited)
    cite = citation.apa_dataset(exhibit.dataset.version, exhibit.site)
    publishers = exhibit.dataset.sources.loc[[code for code in ids if code in exhibit.dataset.sources.index], "publisher"].value_counts().index[:10]
    texts = [
        _("Cite the atlas as:") + " " + cite,
        _("Licence: {licence}. What the sources published stays under their own terms.").format(licence=f"{LICENCE} ({LICENCE_ADDRESS})"),
        (_("Publishers with the most sources: {names}.").format(names="; ".join(publishers))) if len(publishers) else "",
    ]
    slide_parts.write(slide, FIGURE_PLACE, "\n".join(text for text in texts if text))
    slide_parts.add_number(slide)
    sources = {code: one.exhibit.dataset for one in slides for code in one.exhibit.source_ids}
    slide.notes_slide.notes_text_frame.text = slide_text.printable("\n".join(sorted(slide_text.cited(sources[code], code) for code in ids)))


def _set_properties(made: Presentation, slides: Sequence[Slide], title: str) -> None:
    """Set what file managers and libraries read; the times are the day of the data, so that the same figures give the same file."""
    exhibit = slides[0].exhibit
    day = max(slide.exhibit.scene.day for slide in slides)
    core = made.core_properties
    core.title, core.author, core.last_modified_by = slide_text.printable(title)[:255], AUTHOR, AUTHOR
    core.subject = _("Access to CAR-T cell therapy: figures with their sources")
    core.keywords = "; ".join(["CAR-T", _("access"), *dict.fromkeys(slide.exhibit.figure.id for slide in slides)])[:255]
    core.comments = f"{_('Data version {version}').format(version=exhibit.dataset.version)} · {LICENCE}"
    core.language = language.current()
    core.created = core.modified = datetime(day.year, day.month, day.day)
    core.revision = 1


def _steady(content: bytes) -> bytes:
    """Return a file whose parts bear no time of their own."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, old.read(name))
    return buffer.getvalue()
