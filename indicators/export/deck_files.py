"""A deck as a file to take away: PowerPoint with native charts, or PDF with a picture on each page.

A slide whose figure is not in the atlas is left out; :func:`missing` says which.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from indicators.dataset import Dataset
from indicators.decks import Deck
from indicators.exhibits import Exhibit, exhibit
from indicators.export.errors import ExportError
from indicators.figures.registry import UnknownFigure
from indicators.language import _
from indicators.licences import LICENCE

if TYPE_CHECKING:
    from pypdf import PdfWriter

PAGE = (960.0, 540.0)  # points: 16:9, as PowerPoint's own slides


@dataclass(frozen=True, slots=True)
class Missing:
    """A slide that has no figure, and why, in a sentence."""

    reference: str
    why: str


def exhibits(dataset: Dataset, deck: Deck, style: str = "light", published_at: str | None = None) -> list[Exhibit | Missing]:
    """Return what each slide of a deck shows; ``dataset`` is that of all time."""
    found: list[Exhibit | Missing] = []
    for slide in deck.slides:
        try:
            found.append(exhibit(dataset, slide.reference, style, published_at))
        except UnknownFigure as error:
            found.append(Missing(slide.reference, str(error)))
    return found


def export(dataset: Dataset, deck: Deck, format: str, style: str = "light", published_at: str | None = None) -> bytes:
    """Return a deck as a file of a format of FORMATS; ``published_at`` is where the atlas is published. Raises ExportError and KeyError."""
    return FORMATS[format](dataset, deck, style, published_at)


def pptx(dataset: Dataset, deck: Deck, style: str = "light", published_at: str | None = None, tell: Callable[[str], None] = lambda _text: None) -> bytes:
    """Return a deck as PowerPoint, with its notes; ``tell`` hears of slides that hold less than they should.

    Raises ExportError where no slide has a figure.
    """
    from indicators.export.slides import Slide, presentation

    shown = exhibits(dataset, deck, style, published_at)
    slides = [Slide(found, slide.notes) for found, slide in zip(shown, deck.slides, strict=True) if isinstance(found, Exhibit)]
    if not slides:
        raise ExportError(_nothing(shown))
    return presentation(slides, deck.title, tell)


def pdf(dataset: Dataset, deck: Deck, style: str = "light", published_at: str | None = None, done: Callable[[int], None] = lambda _count: None) -> bytes:
    """Return a deck as PDF: a page of 16:9 for each slide, a bookmark for each, its notes as a comment that viewers fold away.

    ``done`` is called with the number of pages after each. Raises ExportError (no browser, busy, too slow) as pictures do,
    and where no slide has a figure.
    """
    from pypdf import PdfWriter

    from indicators.export import picture

    shown = exhibits(dataset, deck, style, published_at)
    if not any(isinstance(found, Exhibit) for found in shown):
        raise ExportError(_nothing(shown))
    writer = PdfWriter()
    for number, (found, slide) in enumerate(zip(shown, deck.slides, strict=True), start=1):
        if isinstance(found, Missing):
            continue
        _add_page(writer, picture.render(found, format="pdf", size="wide"))
        writer.add_outline_item(title=f"{number}. {found.chart.title}", page_number=len(writer.pages) - 1)
        _add_notes(writer, slide.notes)
        done(number)
    writer.add_metadata(
        {
            "/Title": deck.title or _("CAR-T Access Atlas"),
            "/Author": _("CAR-T Access Atlas"),
            "/Subject": _("Data {version}; licence {licence}").format(version=dataset.version, licence=LICENCE),
            "/Creator": _("CAR-T Access Atlas"),
        }
    )
    writer.page_layout = "/SinglePage"
    writer.compress_identical_objects()
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


def _add_page(writer: PdfWriter, content: bytes) -> None:
    """Add a picture as a page of the deck's size, in the middle where it has another shape."""
    from pypdf import PageObject, PdfReader, Transformation

    drawn = PdfReader(io.BytesIO(content)).pages[0]
    width, height = float(drawn.mediabox.width), float(drawn.mediabox.height)
    scale = min(PAGE[0] / width, PAGE[1] / height)
    page = PageObject.create_blank_page(width=PAGE[0], height=PAGE[1])
    page.merge_transformed_page(drawn, Transformation().scale(scale).translate((PAGE[0] - scale * width) / 2, (PAGE[1] - scale * height) / 2))
    writer.add_page(page)


def _add_notes(writer: PdfWriter, notes: str) -> None:
    """Add the speaker's notes to the last page, as a comment that opens on a click and is not printed."""
    from pypdf.annotations import Text

    if notes:
        right, top = PAGE
        writer.add_annotation(len(writer.pages) - 1, Text(rect=(right - 26, top - 26, right - 6, top - 6), text=notes, title_bar=_("Notes")))


def missing(shown: list[Exhibit | Missing]) -> list[str]:
    """Return a sentence for each slide that is left out of a file, for the person who asked."""
    return [
        _("Slide {number} is left out: {why}").format(number=number, why=found.why) for number, found in enumerate(shown, start=1) if isinstance(found, Missing)
    ]


FORMATS: dict[str, Callable[..., bytes]] = {"pptx": pptx, "pdf": pdf}


def _nothing(shown: list[Exhibit | Missing]) -> str:
    return " ".join([_("No slide of this deck has a figure."), *missing(shown)])
