"""The formats that a figure can be taken away in, and the way from an exhibit to a file of each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from indicators.exhibits import Exhibit
from indicators.language import mark

SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"  # type of content
PICTURE, SLIDE, TABLE, CITATION = "picture", "slide", "table", "citation"


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its file's ending and type of content, what it is called, and of which kind it is.

    Pictures alone follow a size, and PNG alone a scale.
    """

    ending: str
    mime: str
    title: str
    kind: str


FORMATS: dict[str, Format] = {
    "png": Format("png", "image/png", mark("Picture (PNG)"), PICTURE),
    "svg": Format("svg", "image/svg+xml", mark("Drawing (SVG)"), PICTURE),
    "pdf": Format("pdf", "application/pdf", mark("Drawing (PDF)"), PICTURE),
    "pptx": Format("pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation", mark("Slide (PPTX)"), SLIDE),
    "xlsx": Format("xlsx", SPREADSHEET, mark("Spreadsheet in full (XLSX)"), TABLE),
    "csv": Format("csv", "text/csv; charset=utf-8", mark("Table as shown (CSV)"), TABLE),
    "json": Format("json", "application/json", mark("Table in full (JSON)"), TABLE),
    "parquet": Format("parquet", "application/vnd.apache.parquet", mark("Table as shown (Parquet)"), TABLE),
    "bib": Format("bib", "application/x-bibtex; charset=utf-8", mark("Citations (BibTeX)"), CITATION),
    "ris": Format("ris", "application/x-research-info-systems; charset=utf-8", mark("Citations (RIS)"), CITATION),
    "txt": Format("txt", "text/plain; charset=utf-8", mark("Citations as plain text (APA)"), CITATION),
}


def export(exhibit: Exhibit, format: str, size: str = "wide", scale: int = 2, tell: Callable[[str], None] = lambda _text: None) -> bytes:
    """Return an exhibit as a file of a format of FORMATS; ``size`` and ``scale`` are those of pictures.

    ``tell`` is called with a sentence where a slide holds less than it should. Raises KeyError for an unknown format, and ExportError where a picture or slide can't be made.
    """
    kind = FORMATS[format].kind
    if kind == PICTURE:
        from indicators.export.picture import render  # Chromium's side is needed for pictures alone

        return render(exhibit, format, size, scale)
    if kind == SLIDE:
        from indicators.export.slides import Slide, presentation

        return presentation([Slide(exhibit)], tell=tell)
    if kind == TABLE:
        from indicators.export import figure_tables

        writers = {"csv": figure_tables.csv, "xlsx": figure_tables.xlsx, "json": figure_tables.json_text, "parquet": figure_tables.parquet}
        return writers[format](exhibit)
    from indicators.export import citation

    texts = {"bib": citation.bibtex_file, "ris": citation.ris_file, "txt": citation.apa_file}
    return texts[format](exhibit).encode("utf-8")


def file_name(exhibit: Exhibit, format: str, size: str = "wide") -> str:
    """Return the name of an exhibit's file: what it shows, the size of a picture that is not the usual one, and the ending."""
    return exhibit.file_name + suffix(format, size, exhibit.style.name) + f".{FORMATS[format].ending}"


def suffix(format: str, size: str, style: str) -> str:
    """Return what tells the file of a picture or slide from the usual one, which is wide and light; "" for other formats."""
    kind = FORMATS[format].kind
    parts = [size] * (kind == PICTURE and size != "wide") + [style] * (kind in (PICTURE, SLIDE) and style != "light")
    return "".join(f"-{part}" for part in parts)
