"""The table of a figure as CSV, XLSX, JSON and Parquet: what is shown, with its sources, day, licence and address.

CSV and Parquet hold what is shown. XLSX and JSON hold it in full: every fact behind it, the sources and the method too.
"""

from __future__ import annotations

import io
import json
from datetime import date
from typing import Any

from indicators.exhibits import Exhibit, boundaries_disclaimer
from indicators.export import citation, figure_facts, reference_managers, works
from indicators.export.cells import Cell, Type, TypedColumn, csv_bytes, typed
from indicators.language import _

JSON_FORMAT = "car-t-access-atlas/figure/1"  # changes only when a reader of the older one would go wrong


def shown(exhibit: Exhibit) -> list[TypedColumn]:
    """Return the table of a figure as its page shows it, its columns typed; where nothing is shown, the finding that says so."""
    return typed(exhibit.chart.table) or [TypedColumn(_("Finding"), Type.TEXT, (exhibit.chart.title,))]


def row_facts(exhibit: Exhibit) -> list[list[str]]:
    """Return the facts behind each row of the table, in order; none for rows that no mark of the figure stands for."""
    targets = exhibit.chart.targets
    if exhibit.chart.table.columns.empty:
        return [[]]
    return [list(targets[key].fact_ids) if key in targets else [] for key in map(str, exhibit.chart.table.index)]


def csv(exhibit: Exhibit) -> bytes:
    """Return what is shown as CSV: one line of headings, then the rows; no comments, so that every program can read it.

    UTF-8 with a byte order mark, numbers bare, an empty cell for a number that nobody knows; a text that a spreadsheet
    would run as a formula begins with an apostrophe.
    """
    return csv_bytes(shown(exhibit))


def xlsx(exhibit: Exhibit) -> bytes:
    """Return the table in full as a spreadsheet: sheets of data, facts, sources and method."""
    from indicators.export.figure_workbook import figure_workbook  # XlsxWriter is needed for this alone

    return figure_workbook(exhibit, shown(exhibit))


def json_text(exhibit: Exhibit) -> bytes:
    """Return the table in full as JSON (UTF-8) that says what it is: columns with types, rows, facts, sources, method.

    ``rows`` are objects by heading: numbers are numbers, null is a number that nobody knows. ``facts_of_rows`` has the ids of
    the facts behind each row, ``facts`` and ``sources`` a row for each.
    """
    chart, columns = exhibit.chart, shown(exhibit)
    told = {
        "format": JSON_FORMAT,
        "title": chart.title,
        "subtitle": chart.subtitle,
        "alternative_text": chart.alt,
        "how_to_read": exhibit.how_to_read,
        "notes": [text for text in (chart.caveats, boundaries_disclaimer() if chart.has_boundaries else "", figure_facts.empty_cells_note()) if text],
        "reference": exhibit.reference,
        "address": exhibit.address,
        "as_of": exhibit.scene.day.isoformat(),
        "data_version": exhibit.dataset.version,
        "licence": figure_facts.licence(exhibit),
        "columns": [{"name": column.name, "type": column.type.value} for column in columns],
        "rows": _rows(columns),
        "facts_of_rows": row_facts(exhibit),
        "facts": _rows(typed(figure_facts.facts(exhibit))),
        "sources": _rows(typed(figure_facts.sources(exhibit))),
        "method": [{"name": name, "text": text} for name, text in figure_facts.about(exhibit)],
        "citation": {
            "figure": citation.apa_figure(exhibit),
            "dataset": citation.apa_dataset(exhibit.dataset.version, exhibit.site),
            "bibtex": reference_managers.bibtex(works.figure_work(exhibit)),
        },
    }
    return (json.dumps(told, ensure_ascii=False, indent=2, allow_nan=False) + "\n").encode("utf-8")


def _rows(columns: list[TypedColumn]) -> list[dict[str, Any]]:
    names = [column.name for column in columns]
    return [dict(zip(names, map(_plain, cells), strict=True)) for cells in zip(*(column.cells for column in columns), strict=True)]


def _plain(cell: Cell) -> Any:
    if isinstance(cell, date):
        return cell.isoformat()
    return int(cell) if isinstance(cell, float) and cell.is_integer() else cell


def parquet(exhibit: Exhibit) -> bytes:
    """Return what is shown as Parquet with typed columns; the file's metadata say what it is and whence.

    A column ``fact_ids`` has the facts behind each row where they are known. Where a column of numbers says in words what is
    known in place of a number, a column of texts with those words follows it.
    """
    import pyarrow as pa  # not needed by a page
    import pyarrow.parquet as pq

    kinds = {Type.INTEGER: pa.int64(), Type.NUMBER: pa.float64(), Type.DATE: pa.date32(), Type.BOOLEAN: pa.bool_(), Type.TEXT: pa.string()}
    arrays: dict[str, Any] = {}
    for column in shown(exhibit):
        arrays[column.name] = pa.array(column.numbers, kinds[column.type])
        if any(column.texts):
            arrays[_("{column}, in words").format(column=column.name)] = pa.array(column.texts, pa.string())
    facts = row_facts(exhibit)
    if any(facts):
        arrays["fact_ids"] = pa.array(facts, pa.list_(pa.string()))
    buffer = io.BytesIO()
    pq.write_table(pa.table(arrays).replace_schema_metadata(_metadata(exhibit)), buffer, compression="zstd")
    return buffer.getvalue()


def _metadata(exhibit: Exhibit) -> dict[str, str]:
    sources = figure_facts.sources(exhibit)[["source_id", "url", "citation"]]
    return {
        "title": exhibit.chart.title,
        "subtitle": exhibit.chart.subtitle,
        "how_to_read": exhibit.how_to_read,
        "note": exhibit.chart.caveats,
        "reference": exhibit.reference,
        "address": exhibit.address,
        "as_of": exhibit.scene.day.isoformat(),
        "data_version": exhibit.dataset.version,
        "licence": figure_facts.licence(exhibit),
        "citation": citation.apa_figure(exhibit),
        "sources": json.dumps(sources.to_dict("records"), ensure_ascii=False),
    }
