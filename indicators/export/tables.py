"""The whole dataset as files: CSV in a data package, a spreadsheet, Parquet. Pure functions: a dataset in, bytes out.

The same dataset gives the same bytes (Parquet: with the same version of pyarrow). All of them hold the schema's columns
in the schema's order, all rows of the dataset given, and an empty cell for what no source says.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from indicators import datapackage
from indicators.dataset import Dataset
from indicators.exhibits import site
from indicators.export.cells import number_text
from indicators.export.citation import apa_dataset
from indicators.export.formats import SPREADSHEET
from indicators.export.workbook import write_workbook
from indicators.language import mark
from indicators.schema import NUMERIC_KINDS, Column, Kind, Table
from indicators.tables import TABLES

NAME = "car-t-access-atlas"
LICENCE = mark(
    "The tables are licensed CC BY 4.0 (https://creativecommons.org/licenses/by/4.0/). What the sources published stays under their own terms: estimates of GLOBOCAN in cancer_incidence are for non-commercial use with attribution to the International Agency for Research on Cancer."
)
COMPANIONS = ("README.md", "CHANGELOG.md", "CURATION.md", "GAPS.md")  # documents of a dataset's folder that go with its tables
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest day that a ZIP file can tell: the same files give the same archive


def citation(version: str) -> str:
    """Return how to cite the dataset, with where the atlas is published if that is known."""
    return apa_dataset(version, site())


def companions(folder: Path) -> dict[str, str]:
    """Return the documents that lie beside the tables of a folder, as text by name: those of COMPANIONS that exist."""
    return {name: (folder / name).read_text(encoding="utf-8") for name in COMPANIONS if (folder / name).is_file()}


def typed(table: Table, frame: pd.DataFrame) -> pd.DataFrame:
    """Return a table's own columns with types that other programs understand.

    Numbers are float64, integers and years Int64, everything else text; an empty cell is missing. Dates stay text
    (ISO 8601), for many are known as a year or a month only.
    """
    return pd.DataFrame({column.name: _typed(column, frame[column.name]) for column in table.columns})


def _typed(column: Column, cells: pd.Series) -> pd.Series:
    if column.kind is Kind.NUMBER:
        return cells.astype("float64")
    if column.kind in NUMERIC_KINDS:
        return pd.to_numeric(cells.replace("", None)).astype("Int64")
    return cells.astype("object").where(cells != "", None)


def csv_text(table: Table, frame: pd.DataFrame) -> str:
    """Return a table as CSV, as the dataset's own files are written: UTF-8, line feeds, no number in exponents."""
    written = pd.DataFrame({name: frame[name].map(_number) if pd.api.types.is_float_dtype(frame[name]) else frame[name] for name in table.names})
    return str(written.to_csv(index=False, lineterminator="\n"))


def _number(value: float) -> str:
    return "" if pd.isna(value) else number_text(value)


def csv_zip(dataset: Dataset, documents: Mapping[str, str]) -> bytes:
    """Return all tables as CSV in a ZIP file that is a Frictionless Data Package, with the documents given (text by name)."""
    files = {f"{table.name}.csv": csv_text(table, dataset[table.name]).encode("utf-8") for table in TABLES.values()}
    files["datapackage.json"] = package_json(dataset).encode("utf-8")
    files["CITATION.txt"] = f"{citation(dataset.version)}\n\n{LICENCE}\n".encode()
    return _zip(files | {name: text.encode("utf-8") for name, text in documents.items()}, zipfile.ZIP_DEFLATED)


def package_json(dataset: Dataset) -> str:
    """Return the descriptor of the data package: every table and column with type, unit and meaning, as JSON."""
    return json.dumps(datapackage.described(dataset.version), indent=2, ensure_ascii=False) + "\n"


def parquet_zip(dataset: Dataset) -> bytes:
    """Return all tables as Parquet in a ZIP file, typed as :func:`typed` says; each column's meaning and unit are its metadata."""
    files = {f"{table.name}.parquet": _parquet(table, dataset) for table in TABLES.values()}
    files["datapackage.json"] = package_json(dataset).encode("utf-8")  # the CSV files' descriptor: what the columns mean
    files["CITATION.txt"] = f"{citation(dataset.version)}\n\n{LICENCE}\n".encode()
    return _zip(files, zipfile.ZIP_STORED)  # Parquet is compressed already


def _parquet(table: Table, dataset: Dataset) -> bytes:
    frame = typed(table, dataset[table.name])
    fields = [pa.field(column.name, _arrow_type(column), metadata={"description": column.description, "unit": column.unit}) for column in table.columns]
    about = {"title": table.title, "description": table.description, "version": dataset.version, "licence": table.licence}
    written = pa.Table.from_pandas(frame, pa.schema(fields), preserve_index=False).replace_schema_metadata(about)
    buffer = io.BytesIO()
    pq.write_table(written, buffer, compression="zstd")
    return buffer.getvalue()


def _arrow_type(column: Column) -> pa.DataType:
    if column.kind is Kind.NUMBER:
        return pa.float64()
    return pa.int64() if column.kind in NUMERIC_KINDS else pa.string()


def xlsx(dataset: Dataset) -> bytes:
    """Return all tables as a spreadsheet (Office Open XML): a sheet on what it is, then one sheet a table.

    Text that begins as a formula does stays text; numbers and years are numbers, dates text as sources know them.
    """
    about = [
        ("Title", datapackage.TITLE),
        ("Data version", dataset.version),
        ("Licence", LICENCE),
        ("How to cite", citation(dataset.version)),
        (
            "How to read",
            "One row is one fact. An empty cell means that the source does not say; it never means zero. Dates are as precise as sources know them.",
        ),
    ]
    sheets = [(table, typed(table, dataset[table.name])) for table in TABLES.values()]
    return write_workbook(about, sheets, _created(dataset.version))


def _created(version: str) -> datetime:
    """Return the day of a version such as 2026.11.22.3, so that the file does not change with the day on which it is made."""
    try:
        year, month, day = (int(part) for part in version.split(".")[:3])
        return datetime(year, month, day)
    except ValueError:
        return datetime(*_EPOCH[:3])


def _zip(files: Mapping[str, bytes], compression: int) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = compression
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content)
    return buffer.getvalue()


FORMATS: dict[str, tuple[str, str]] = {  # each format's file ending and type of content
    "csv": ("zip", "application/zip"),
    "xlsx": ("xlsx", SPREADSHEET),
    "parquet": ("zip", "application/zip"),
    "package": ("json", "application/json"),
}


def export(dataset: Dataset, code: str, folder: Path) -> bytes:
    """Return the dataset as a file of a format of FORMATS; ``folder`` has the documents that go with the CSV tables.

    Raises KeyError for an unknown format.
    """
    writers: dict[str, Any] = {
        "csv": lambda: csv_zip(dataset, companions(folder)),
        "xlsx": lambda: xlsx(dataset),
        "parquet": lambda: parquet_zip(dataset),
        "package": lambda: package_json(dataset).encode("utf-8"),
    }
    return bytes(writers[code]())


def file_name(version: str, code: str) -> str:
    """Return the name of a file: the atlas, the version, what is in it where the ending does not say, and the ending."""
    kind = {"csv": "-csv", "parquet": "-parquet", "package": "-datapackage"}.get(code, "")
    return f"{NAME}-{version}{kind}.{FORMATS[code][0]}"


# Sizes of the files as shares of the tables' text as CSV, measured on the third edition.
_SHARES = {"csv": 0.237, "xlsx": 0.403, "parquet": 0.364}


def expected_size(dataset: Dataset, code: str) -> int:
    """Return about how many bytes a file is going to have, without making it."""
    if code == "package":
        return len(package_json(dataset).encode("utf-8"))
    text = dataset.remember("csv_bytes", lambda: sum(len(csv_text(table, dataset[table.name]).encode("utf-8")) for table in TABLES.values()))
    return int(text * _SHARES[code])
