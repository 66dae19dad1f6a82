"""Commands on the dataset and its indicators: check, put in order, audit, export whole, list and print indicators."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import date
from pathlib import Path

from indicators import audit, audit_report, catalog, datapackage
from indicators.commands.errors import WrongCall
from indicators.dataset import folder_of, load
from indicators.export import tables
from indicators.export.writing import write_whole
from indicators.validate import read_and_check


def add(commands: argparse._SubParsersAction) -> None:
    """Add the commands to the command line."""
    validate = commands.add_parser("validate", help="check the dataset; one line for each problem")
    validate.add_argument("--data", type=Path, metavar="DIR", help="folder of the tables (default: ATLAS_DATA_DIR, else the project's data)")
    validate.set_defaults(run=_validate)

    tidy = commands.add_parser("format", help="sort the tables; write the data package and the data dictionary anew")
    tidy.add_argument("--data", type=Path, metavar="DIR")
    tidy.set_defaults(run=_format)

    listing = commands.add_parser("list", help="list the indicators")
    listing.add_argument("--format", choices=("text", "json"), default="text")
    listing.set_defaults(run=_list)

    values = commands.add_parser("values", help="print an indicator's values")
    values.add_argument("id", metavar="ID")
    values.add_argument("--as-of", type=_day, metavar="DATE", help="the world as known on that day (YYYY-MM-DD; default: today)")
    values.add_argument("--format", choices=("csv", "json"), default="csv")
    values.add_argument("--data", type=Path, metavar="DIR")
    values.set_defaults(run=_values)

    auditing = commands.add_parser("audit", help="say how good the dataset is: grades, age, coverage, what to mend, facts to check again")
    auditing.add_argument("--sample", type=_count, default=10, metavar="COUNT", help="how many facts to draw for checking again (default: 10)")
    auditing.add_argument(
        "--seed", type=int, default=audit.seed_of_the_day(), metavar="NUMBER", help="draws the same facts again (default: today, as YYYYMMDD)"
    )
    auditing.add_argument("--format", choices=("markdown", "json"), default="markdown")
    auditing.add_argument("--data", type=Path, metavar="DIR")
    auditing.set_defaults(run=_audit)

    exporting = commands.add_parser("export-data", help="write all tables as one file: CSV in a data package, a spreadsheet, or Parquet")
    exporting.add_argument("--format", choices=("csv", "xlsx", "parquet"), required=True)
    exporting.add_argument("-o", "--output", type=Path, required=True, metavar="FILE")
    exporting.add_argument("--data", type=Path, metavar="DIR")
    exporting.set_defaults(run=_export_data)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"not a day (YYYY-MM-DD): {text}") from None


def _count(text: str) -> int:
    if not (text.isascii() and text.isdigit()):
        raise argparse.ArgumentTypeError(f"not a number of facts: {text}")
    return int(text)


def _validate(options: argparse.Namespace) -> int:
    _, problems = read_and_check(folder_of(options.data))
    for problem in problems:
        print(problem)
    return 1 if problems else 0


def _format(options: argparse.Namespace) -> int:
    for name in datapackage.format_folder(folder_of(options.data)):
        print(f"written: {name}")
    return 0


def _audit(options: argparse.Namespace) -> int:
    dataset = load(options.data).as_of(date.today())
    if options.format == "json":
        print(json.dumps(audit_report.as_data(dataset, options.sample, options.seed), indent=2, ensure_ascii=False))
    else:
        sys.stdout.write(audit_report.as_markdown(dataset, options.sample, options.seed))
    return 0


def _export_data(options: argparse.Namespace) -> int:
    content = tables.export(load(options.data), options.format, folder_of(options.data))
    try:
        write_whole(options.output, content)
    except OSError as error:
        raise WrongCall(f"can't write {options.output}: {error.strerror}") from error
    print(f"written: {options.output} ({len(content):,} bytes)")
    return 0


def _list(options: argparse.Namespace) -> int:
    indicators = catalog.INDICATORS.values()
    if options.format == "json":
        fields = ("id", "domain", "title", "short_title", "unit", "direction", "definition", "formula", "reference", "value_type", "by_product")
        print(json.dumps([{field: getattr(indicator, field) for field in fields} for indicator in indicators], indent=2, ensure_ascii=False))
        return 0
    width = max(len(indicator.id) for indicator in indicators)
    for indicator in indicators:
        unit = f" ({indicator.unit})" if indicator.unit else ""
        print(f"{indicator.id:<{width}}  {indicator.domain:<13}  {indicator.title}{unit}")
    return 0


def _values(options: argparse.Namespace) -> int:
    if options.id not in catalog.INDICATORS:
        print(f"no indicator {options.id}; `python -m indicators list` lists them", file=sys.stderr)
        return 2
    frame = catalog.observe(load(options.data).as_of(options.as_of or date.today()), options.id)
    frame["fact_ids"] = frame["fact_ids"].map(";".join)
    if options.format == "json":
        print(frame.to_json(orient="records", indent=2, force_ascii=False))
    else:
        sys.stdout.write(frame.to_csv(index=False, lineterminator="\n"))
    return 0
