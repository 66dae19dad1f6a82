"""Everything to take away, each file in one click."""

from __future__ import annotations

from html import escape

import streamlit as st

from indicators import language
from indicators.dataset import Dataset
from indicators.export import tables
from indicators.language import _, mark
from indicators.tables import TABLES
from ui import downloads, shell
from ui.filters import View
from ui.headlines import headline

FILES = {
    "csv": (
        mark("CSV files (ZIP)"),
        mark("Every table as CSV, with a description of every column (a Frictionless Data Package), the data dictionary and the change log."),
    ),
    "xlsx": (
        mark("Spreadsheet (XLSX)"),
        mark("One sheet a table, with filters and a first sheet on what it is, its licence and how to cite it. Opens in Excel, LibreOffice and Numbers."),
    ),
    "parquet": (mark("Parquet files (ZIP)"), mark("Every table with typed columns, for R, Python, DuckDB and other programs.")),
    "package": (
        mark("Description only (JSON)"),
        mark("The descriptor of the data package: each table and column with its type, unit, allowed values and meaning."),
    ),
}


def draw(current: View) -> None:
    """Draw a button for each file, the licence, and how to cite."""
    dataset = current.whole
    told = _("Data version {version}: {tables} tables, {facts} facts and {sources} sources. All of it, whatever the filters elsewhere say.").format(
        version=dataset.version,
        tables=language.number(len(TABLES)),
        facts=language.number(len(dataset.facts)),
        sources=language.number(len(dataset.sources)),
    )
    st.html(f"<p class='how-to-read'>{escape(told)}</p>")
    codes = list(FILES)
    for pair in (codes[:2], codes[2:]):
        for column, code in zip(st.columns(2), pair, strict=True):
            with column:
                _file(dataset, code)
    shell.section(_("Licence, and how to cite"))
    st.html(f"<p class='method'>{escape(_(tables.LICENCE))}</p>")
    st.code(tables.citation(dataset.version), language=None, wrap_lines=True)


def _file(dataset: Dataset, code: str) -> None:
    title, text = FILES[code]
    _ending, mime = tables.FORMATS[code]
    with st.container(border=True, key=f"file-{code}"):
        size = _size_text(tables.expected_size(dataset, code))
        st.html(f"<h3 class='finding'>{headline(_(title))}</h3><p class='measure'>{escape(_(text))}</p>")
        st.download_button(
            _("Download, about {size}").format(size=size),
            data=lambda: downloads.made(dataset, code),
            file_name=tables.file_name(dataset.version, code),
            mime=mime,
            icon=":material/download:",
            key=f"download-{code}",
            on_click="ignore",
        )


def _size_text(size: int) -> str:
    if size >= 950_000:
        return _("{size} MB").format(size=language.number(size / 1_000_000, 1))
    return _("{size} KB").format(size=language.number(max(1, round(size / 1000))))
