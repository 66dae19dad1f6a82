"""Each test breaks one thing in a copy of the real dataset and reads what ``python -m indicators validate`` says."""

from __future__ import annotations

import csv
import re
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from indicators.cli import main
from indicators.dataset import DEFAULT_FOLDER, load
from indicators.reading import DatasetError
from indicators.tables import FACT_TABLES, TABLES
from indicators.validate import read_and_check

Cell = str | re.Pattern[str] | Callable[[str], bool]


@dataclass
class Expected:
    """A line that must come out: ``table.csv:LINE: column: …text…``."""

    table: str
    line: int
    column: str
    text: str

    def matches(self, printed: str) -> bool:
        return printed.startswith(f"{self.table}.csv:{self.line}: {self.column}: ") and self.text in printed


@dataclass
class Sheet:
    """One table of a dataset, to be read and broken. No cell of the real one holds a line break, so rows are lines."""

    folder: Path
    table: str
    rows: list[list[str]] = field(init=False)

    def __post_init__(self) -> None:
        with self.path.open(encoding="utf-8", newline="") as file:
            self.header, *self.rows = csv.reader(file)

    @property
    def path(self) -> Path:
        return self.folder / f"{self.table}.csv"

    def __getitem__(self, place: tuple[int, str]) -> str:
        return self.rows[place[0]][self.header.index(place[1])]

    def __setitem__(self, place: tuple[int, str], cell: str) -> None:
        self.rows[place[0]][self.header.index(place[1])] = cell

    def find(self, **cells: Cell) -> int:
        """Return the place of the first row whose cells are as asked for."""

        def fits(cell: str, wanted: Cell) -> bool:
            if callable(wanted):
                return wanted(cell)
            return bool(wanted.fullmatch(cell)) if isinstance(wanted, re.Pattern) else cell == wanted

        return next(place for place in range(len(self.rows)) if all(fits(self[place, name], wanted) for name, wanted in cells.items()))

    def insert(self, **cells: str) -> int:
        """Put a row where the table's order wants it, and return its place."""
        self.rows.append([cells.get(name, "") for name in self.header])
        added = self.rows[-1]
        parts = [self.header.index(name) for name in TABLES[self.table].key]
        self.rows.sort(key=lambda row: [row[part] for part in parts])
        return next(place for place, row in enumerate(self.rows) if row is added)

    def row(self, place: int) -> dict[str, str]:
        return dict(zip(self.header, self.rows[place], strict=True))

    def save(self) -> None:
        with self.path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows([self.header, *self.rows])

    def expect(self, place: int, column: str, text: str) -> Expected:
        return Expected(self.table, place + 2, column, text)


Edit = Callable[[Path], list[Expected]]


def filled(cell: str) -> bool:
    return cell != ""


def cell(table: str, column: str, value: str, text: str, at: str = "", **where: Cell) -> Edit:
    """Return an edit that writes ``value`` into a column of the first fitting row, and expects one problem there (or in ``at``)."""

    def edit(folder: Path) -> list[Expected]:
        sheet = Sheet(folder, table)
        place = sheet.find(**where)
        sheet[place, column] = value
        sheet.save()
        return [sheet.expect(place, at or column, text)]

    return edit


def raw(table: str, line: int, change: Callable[[bytes], bytes], column: str, text: str, at: int = 0) -> Edit:
    """Return an edit of the bytes of one line (0: the whole file), and expect one problem there (or in line ``at``)."""

    def edit(folder: Path) -> list[Expected]:
        path = folder / f"{table}.csv"
        lines = path.read_bytes().splitlines(keepends=True)
        if line:
            lines[line - 1] = change(lines[line - 1])
            path.write_bytes(b"".join(lines))
        else:
            path.write_bytes(change(b"".join(lines)))
        return [Expected(table, at or line or 1, column, text)]

    return edit


def missing_file(folder: Path) -> list[Expected]:
    (folder / "turnaround.csv").unlink()
    return [Expected("turnaround", 1, "(file)", "the file is missing")]


def columns_in_another_order(folder: Path) -> list[Expected]:
    sheet = Sheet(folder, "prices")
    sheet.header[0], sheet.header[1] = sheet.header[1], sheet.header[0]
    sheet.save()
    return [Expected("prices", 1, "(header)", "columns out of order")]


def line_break_in_a_cell(folder: Path) -> list[Expected]:
    sheet = Sheet(folder, "prices")
    sheet[4, "note"] = "one line\nand another"
    sheet.save()
    return [sheet.expect(4, "(line)", "a cell holds a line break")]


def quote_that_never_closes(folder: Path) -> list[Expected]:
    sheet = Sheet(folder, "indications")
    path = sheet.path
    path.write_text(path.read_text(encoding="utf-8") + '"zz-open,Disease', encoding="utf-8")
    return [Expected("indications", len(sheet.rows) + 2, "(line)", "can't be read as CSV")]


def quote_that_closes_lines_below(folder: Path) -> list[Expected]:
    sheet = Sheet(folder, "prices")
    for place, text in ((3, '"Opened here'), (9, 'closed " there')):
        sheet[place, "note"] = text
    lines = [",".join(row) if place in (3, 9) else None for place, row in enumerate(sheet.rows)]
    written = sheet.path.read_text(encoding="utf-8").splitlines(keepends=True)
    for place, line in enumerate(lines):
        if line is not None:
            written[place + 1] = line + "\n"
    sheet.path.write_text("".join(written), encoding="utf-8")
    return [sheet.expect(3, "(line)", "can't be read as CSV")]


def source_that_is_not_there(folder: Path) -> list[Expected]:
    sheet = Sheet(folder, "prices")
    used = [row[sheet.header.index("source_ids")] for row in sheet.rows]
    place = sheet.find(source_ids=lambda ids: used.count(ids) > 1)  # else that source would be unused, a second problem
    sheet[place, "source_ids"] += ";no-such-source"
    sheet.save()
    return [sheet.expect(place, "source_ids", "not in sources.csv (no-such-source)")]


def source_that_no_fact_uses(folder: Path) -> list[Expected]:
    sheet = Sheet(folder, "sources")
    place = sheet.insert(source_id="zz-unused", url="https://example.org/zz", title="Title", publisher="Publisher", grade="D", reading="original")
    sheet.save()
    return [sheet.expect(place, "source_id", "no fact uses this source (zz-unused)")]


def sure_fact_that_only_a_transcription_carries(folder: Path) -> list[Expected]:
    sheet, sources = Sheet(folder, "policy_events"), Sheet(folder, "sources")
    used = [ids for table in FACT_TABLES for row in [Sheet(folder, table)] for ids in (cells[row.header.index("source_ids")] for cells in row.rows)]
    place = sheet.find(confidence="high", source_ids=lambda ids: ";" not in ids and sum(ids in other.split(";") for other in used) == 1)
    source = sources.find(source_id=sheet[place, "source_ids"])
    sources[source, "reading"], sources[source, "read_at"] = "transcription", "https://example.org/transcription"
    sources.save()
    return [sheet.expect(place, "confidence", "at most medium")]


def two_sources_with_one_address(folder: Path) -> list[Expected]:
    sheet = Sheet(folder, "sources")
    sheet[9, "url"] = sheet[3, "url"]
    sheet.save()
    return [sheet.expect(9, "url", "another source has this address")]


def fact_identifier_used_twice(folder: Path) -> list[Expected]:
    sheet = Sheet(folder, "context")
    sheet[7, "fact_id"] = sheet[6, "fact_id"]
    sheet.save()
    return [sheet.expect(7, "fact_id", "used already in context.csv:8")]


def fact_identifier_used_in_another_table(folder: Path) -> list[Expected]:
    sheet, other = Sheet(folder, "exchange_rates"), Sheet(folder, "countries")
    sheet[7, "fact_id"] = other[3, "fact_id"]
    sheet.save()
    return [sheet.expect(7, "fact_id", "used already in countries.csv:5")]


def key_used_twice(folder: Path) -> list[Expected]:
    sheet = Sheet(folder, "context")
    sheet.rows.insert(6, list(sheet.rows[5]))
    sheet[6, "fact_id"] = "context:again"
    sheet.save()
    return [sheet.expect(6, "iso3", "the same row as another")]


def rows_out_of_order(folder: Path) -> list[Expected]:
    sheet = Sheet(folder, "context")
    sheet.rows[10], sheet.rows[11] = sheet.rows[11], sheet.rows[10]
    sheet.save()
    return [sheet.expect(11, "iso3", "out of order")]


def european_fact_repeated_by_a_member(folder: Path) -> list[Expected]:
    sheet = Sheet(folder, "approvals")
    european = sheet.row(sheet.find(jurisdiction="EU", status="approved", product_id="axi-cel", indication_id="lbcl-3l"))
    place = sheet.insert(**european | {"jurisdiction": "DEU", "fact_id": "approval:axi-cel:DEU:lbcl-3l"})
    sheet.save()
    return [sheet.expect(place, "jurisdiction", "repeats the EU's decision, which holds there (DEU)")]


def early_european_fact_repeated_by_great_britain(folder: Path) -> list[Expected]:
    sheet = Sheet(folder, "approvals")
    european = sheet.row(sheet.find(jurisdiction="EU", status="approved", product_id="axi-cel", indication_id="lbcl-3l"))
    place = sheet.insert(**european | {"jurisdiction": "GBR", "fact_id": "approval:axi-cel:GBR:lbcl-3l"})
    sheet.save()
    return [sheet.expect(place, "jurisdiction", "repeats the EU's decision, which holds there (GBR)")]


QUESTION = ("product_id", "jurisdiction", "indication_id", "status")
"""What two approvals must share to be two answers to one question."""


def disagreeing_facts(folder: Path) -> tuple[Sheet, int, int]:
    """Return the approvals, and the places of a preferred fact and of the one that it was preferred to."""
    sheet = Sheet(folder, "approvals")
    preferred = {tuple(sheet[place, name] for name in QUESTION): place for place in range(len(sheet.rows)) if sheet[place, "preferred"] == "yes"}
    others = {tuple(sheet[place, name] for name in QUESTION): place for place in range(len(sheet.rows)) if sheet[place, "preferred"] == "no"}
    question = min(set(preferred) & set(others))
    return sheet, preferred[question], others[question]


def two_preferred_facts(folder: Path) -> list[Expected]:
    sheet, chosen, other = disagreeing_facts(folder)
    sheet[other, "preferred"] = "yes"
    sheet.save()
    return [sheet.expect(min(chosen, other), "preferred", "2 of 2 facts that disagree are preferred; must be one")]


def no_preferred_fact(folder: Path) -> list[Expected]:
    sheet, chosen, other = disagreeing_facts(folder)
    sheet[chosen, "preferred"] = "no"
    sheet.save()
    return [sheet.expect(min(chosen, other), "preferred", "0 of 2 facts that disagree are preferred; must be one")]


def choice_against_the_rule_without_by_hand(folder: Path) -> list[Expected]:
    sheet, chosen, other = disagreeing_facts(folder)
    for place, answer in ((chosen, "no"), (other, "yes")):
        sheet[place, "preferred"] = answer
        sheet[place, "conflict_note"] = "They differ by a day."
    sheet.save()
    return [sheet.expect(other, "preferred", f"the rule prefers {sheet[chosen, 'fact_id']}")]


def preferred_fact_without_a_note_on_the_conflict(folder: Path) -> list[Expected]:
    sheet, chosen, _ = disagreeing_facts(folder)  # the one that the rule prefers too, so it needs no "By hand:"
    sheet[chosen, "conflict_note"] = ""
    sheet.save()
    return [sheet.expect(chosen, "conflict_note", f"must say what disagrees ({sheet[chosen, 'fact_id']})")]


def fact_set_aside_without_a_reason(folder: Path) -> list[Expected]:
    sheet = Sheet(folder, "approvals")
    place = sheet.find(jurisdiction="USA", product_id="tisa-cel", status="approved")
    sheet[place, "preferred"] = "no"
    sheet.save()
    return [sheet.expect(place, "conflict_note", "a fact set aside needs a reason")]


def range_with_its_ends_exchanged(folder: Path) -> list[Expected]:
    sheet = Sheet(folder, "prices")
    place = sheet.find(value_kind="range")
    sheet[place, "price_low"], sheet[place, "price_high"] = sheet[place, "price_high"], sheet[place, "price_low"]
    sheet.save()
    return [sheet.expect(place, "price_low", "not below the high end")]


def latitude_and_longitude_exchanged(folder: Path) -> list[Expected]:
    sheet = Sheet(folder, "manufacturing_sites")
    place = sheet.find(iso3="DEU", latitude=filled)
    sheet[place, "latitude"], sheet[place, "longitude"] = sheet[place, "longitude"], sheet[place, "latitude"]
    sheet.save()
    return [sheet.expect(place, "latitude", "not in or near DEU")]


def coordinates_in_the_sea(folder: Path) -> list[Expected]:
    sheet = Sheet(folder, "manufacturing_sites")
    place = sheet.find(iso3="JPN", latitude=filled)
    sheet[place, "latitude"], sheet[place, "longitude"] = "0", "0"
    sheet.save()
    return [sheet.expect(place, "latitude", "not in or near JPN (0, 0)")]


def country_without_a_shape_far_from_its_capital(folder: Path) -> list[Expected]:
    sheet = Sheet(folder, "manufacturing_sites")
    place = sheet.find(iso3="SGP", latitude=filled)
    sheet[place, "latitude"], sheet[place, "longitude"] = "13.75", "100.5"
    sheet.save()
    return [sheet.expect(place, "latitude", "not in or near SGP")]


def event_in_a_territory_that_the_dataset_does_not_know(folder: Path) -> list[Expected]:
    sheet = Sheet(folder, "policy_events")
    days = [row[sheet.header.index("date")] for row in sheet.rows]
    place = sheet.find(date=lambda day: days.count(day) == 1)  # so that the order of lines stays right
    sheet[place, "jurisdiction"] = "ATA"
    sheet.save()
    return [sheet.expect(place, "jurisdiction", "not in countries.csv (ATA)")]


def approval_dated_after_it_was_checked(folder: Path) -> list[Expected]:
    sheet = Sheet(folder, "approvals")
    place = sheet.find(jurisdiction="USA", product_id="obe-cel", status="approved")
    sheet[place, "approval_date"] = "2030-01-31"
    sheet.save()
    return [sheet.expect(place, "approval_date", "after the fact was checked (2030-01-31)")]


def conflicting_fact_with_an_unknown_source(folder: Path) -> list[Expected]:
    """The rule of preference looks sources up; an unknown one must not stop it."""
    sheet, chosen, _ = disagreeing_facts(folder)
    sheet[chosen, "source_ids"] = "no-such-source;" + sheet[chosen, "source_ids"]
    sheet.save()
    return [sheet.expect(chosen, "source_ids", "not in sources.csv (no-such-source)")]


def source_of_a_conflicting_fact_given_twice(folder: Path) -> list[Expected]:
    conflict, chosen, _ = disagreeing_facts(folder)
    sheet = Sheet(folder, "sources")
    first = sheet.find(source_id=conflict[chosen, "source_ids"].split(";")[0])
    sheet.rows.insert(first + 1, list(sheet.rows[first]))
    sheet[first + 1, "url"] = "https://example.org/another-address"
    sheet.save()
    return [sheet.expect(first + 1, "source_id", "the same row as another")]


def country_without_a_shape_given_twice(folder: Path) -> list[Expected]:
    sheet = Sheet(folder, "countries")
    first = sheet.find(iso3="SGP")
    sheet.rows.insert(first + 1, list(sheet.rows[first]))
    sheet[first + 1, "fact_id"] = "country:again"
    sheet.save()
    return [sheet.expect(first + 1, "iso3", "the same row as another")]


def disagreeing_fact_set_aside_without_a_note(folder: Path) -> list[Expected]:
    sheet, _, other = disagreeing_facts(folder)
    sheet[other, "conflict_note"] = ""
    sheet.save()
    return [sheet.expect(other, "conflict_note", f"must say what disagrees ({sheet[other, 'fact_id']})")]


DAMAGE: Mapping[str, Edit] = {
    # --- form ---
    "missing file": missing_file,
    "empty file": raw("availability", 0, lambda _: b"", "(header)", "missing iso3, route, available"),
    "misspelt column": raw("prices", 1, lambda line: line.replace(b"currency", b"curency"), "(header)", "missing currency; unknown curency"),
    "column left out": raw("countries", 1, lambda line: line.replace(b"iso2,", b""), "(header)", "missing iso2"),
    "columns in another order": columns_in_another_order,
    "byte order mark": raw("products", 0, lambda text: b"\xef\xbb\xbf" + text, "(header)", "missing product_id"),
    "extra cell": raw("outcomes", 5, lambda line: line.rstrip(b"\n") + b",more\n", "(line)", "18 cells in place of 17"),
    "cell left out": raw("sources", 5, lambda line: line.rstrip(b"\n").rpartition(b",")[0] + b"\n", "(line)", "7 cells in place of 8"),
    "empty line": raw("indications", 4, lambda line: b"\n" + line, "(line)", "empty line"),
    "line break in a cell": line_break_in_a_cell,
    "not UTF-8": raw("sources", 7, lambda line: b"\xe9" + line, "(file)", "not UTF-8"),
    "quote that never closes": quote_that_never_closes,
    # --- cells ---
    "value outside the vocabulary": cell("prices", "price_type", "list", "not one of list-ex-factory, list-wac"),
    "required cell left empty": cell("approvals", "regulator", "", "must not be empty"),
    "fact without a source": cell("prices", "source_ids", "", "must not be empty"),
    "number with a decimal comma": cell("prices", "price_local", "320000,50", "not a number (320000,50)", value_kind="exact"),
    "number with a thousands separator": cell("prices", "price_local", "320 000", "not a number", value_kind="exact"),
    "number in words": cell("context", "value", "n/a", "not a number (n/a)"),
    "negative price": cell("prices", "price_local", "-320000", "out of range (must be at least 0) (-320000)", value_kind="exact"),
    "rate above a hundred per cent": cell("outcomes", "value", "101", "out of range (must be at most 100) (101)"),
    "half a patient": cell("outcomes", "patients", "12.5", "not a whole number (12.5)"),
    "year before our time": cell("manufacturing_sites", "start_year", "1899", "out of range (must be at least 1990)", start_year=filled),
    "month that does not exist": cell("approvals", "approval_date", "2024-13", "not a date", approval_date=filled),
    "day that does not exist": cell("reimbursement", "decision_date", "2023-02-29", "not a date", decision_date=filled),
    "date the American way": cell("sources", "published", "08/30/2017", "not a date", published=filled),
    "country code that is none": cell("approvals", "jurisdiction", "UKK", "not an ISO 3166-1 alpha-3 code or EU (UKK)"),
    "two letters for a country": cell("availability", "iso3", "AR", "not an ISO 3166-1 alpha-3 code (AR)", iso3="ARG"),
    "two letters that are no country": cell("countries", "iso2", "UK", "not an ISO 3166-1 alpha-2 code (UK)", iso3="GBR"),
    "the world as a regulator": cell("approvals", "jurisdiction", "WORLD", "not an ISO 3166-1 alpha-3 code or EU (WORLD)"),
    "currency that is none": cell("prices", "currency", "EURO", "not an ISO 4217 currency (EURO)"),
    "address without a scheme": cell("sources", "url", "www.example.org/page", "not a well-formed http(s) address"),
    "address without a host": cell("sources", "url", "https:///page", "not a well-formed http(s) address"),
    "address with a blank": cell("sources", "url", "https://example.org/a page", "not a well-formed http(s) address"),
    "address of a file": cell("sources", "url", "file:///tmp/page.html", "not a well-formed http(s) address"),
    "blank at the end": cell("sources", "publisher", "Publisher ", "blanks at the beginning or end (Publisher )"),
    "identifier with capitals": cell("products", "product_id", "Tisa-cel", "not an identifier", product_id="tisa-cel"),
    "fact identifier with blanks": cell("prices", "fact_id", "price of tisa-cel", "not a fact identifier"),
    "sources separated by commas": cell("prices", "source_ids", "one,two", "not identifiers separated by ';'"),
    # --- across cells ---
    "source that is not there": source_that_is_not_there,
    "source that no fact uses": source_that_no_fact_uses,
    "copy that does not say where it was read": cell(
        "sources", "reading", "copy", "filled exactly when the original was not read (copy)", at="read_at", read_at=""
    ),
    "sure fact that only a transcription carries": sure_fact_that_only_a_transcription_carries,
    "two sources with one address": two_sources_with_one_address,
    "fact identifier used twice": fact_identifier_used_twice,
    "fact identifier used in another table": fact_identifier_used_in_another_table,
    "key used twice": key_used_twice,
    "rows out of order": rows_out_of_order,
    "product that is not there": cell(
        "manufacturing_sites", "product_ids", "tisa-cel;no-such-product", "not in products.csv (no-such-product)", product_ids=filled
    ),
    "territory that the dataset does not know": cell("products", "originator_country", "ATA", "not in countries.csv (ATA)", originator_country=filled),
    "event in a territory that the dataset does not know": event_in_a_territory_that_the_dataset_does_not_know,
    "European fact repeated by a member": european_fact_repeated_by_a_member,
    "early European fact repeated by Great Britain": early_european_fact_repeated_by_great_britain,
    "range without ends": cell("prices", "value_kind", "range", "a range has a low and a high end and no point", value_kind="exact"),
    "exact price without a point": cell(
        "prices", "price_local", "", "only a range or target has two ends; anything else has a point (exact)", at="value_kind", value_kind="exact"
    ),
    "range with its ends exchanged": range_with_its_ends_exchanged,
    "capacity without its kind": cell("manufacturing_sites", "capacity_value_kind", "", "filled exactly when a capacity is stated", capacity_value_kind=filled),
    "approval dated after it was checked": approval_dated_after_it_was_checked,
    "decision announced after it was checked": cell(
        "reimbursement",
        "decision_date",
        "2029-12",
        "after the fact was checked (2029-12)",
        decision_date=re.compile("2024.*"),
        date_basis="decision",
        indication_id="mm-unspecified",
    ),
    "approval date of an application under review": cell(
        "approvals",
        "status",
        "under-review",
        "only a decision has a date of approval (under-review)",
        at="approval_date",
        jurisdiction="USA",
        product_id="obe-cel",
    ),
    "date that is the date of nothing": cell("reimbursement", "date_basis", "unknown", "must say what the date is the date of", decision_date=filled),
    "planned site that has started": cell(
        "manufacturing_sites",
        "status",
        "planned",
        "a site that has not started has no start (planned)",
        at="start_year",
        start_year=filled,
        status="operational",
    ),
    "latitude without a longitude": cell("manufacturing_sites", "longitude", "", "latitude and longitude go together", at="latitude", longitude=filled),
    "latitude and longitude exchanged": latitude_and_longitude_exchanged,
    "coordinates in the sea": coordinates_in_the_sea,
    "country without a shape far from its capital": country_without_a_shape_far_from_its_capital,
    "two preferred facts": two_preferred_facts,
    "no preferred fact": no_preferred_fact,
    "choice against the rule without By hand": choice_against_the_rule_without_by_hand,
    "preferred fact without a note on the conflict": preferred_fact_without_a_note_on_the_conflict,
    "fact set aside without a reason": fact_set_aside_without_a_reason,
    "member of the economic area that says it is none": cell("countries", "eea_member", "no", "disagrees with jurisdictions.py (NOR)", iso3="NOR"),
    "quote that closes lines below": quote_that_closes_lines_below,
    "conflicting fact with an unknown source": conflicting_fact_with_an_unknown_source,
    "source of a conflicting fact given twice": source_of_a_conflicting_fact_given_twice,
    "country without a shape given twice": country_without_a_shape_given_twice,
    "disagreeing fact set aside without a note": disagreeing_fact_set_aside_without_a_note,
    "number in full-width digits": cell("context", "value", "３２", "not a number"),
    "year in full-width digits": cell("context", "year", "２０２４", "not a year"),
    "address whose host is no name": cell("sources", "url", "https://bücher..example/page", "not a well-formed http(s) address"),
    "month zero": cell("reimbursement", "decision_date", "2024-00", "not a date", decision_date=filled),
}
"""What is broken, how, and the lines that come out."""


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """Return a copy of the real dataset."""
    return Path(shutil.copytree(DEFAULT_FOLDER, tmp_path / "data"))


@pytest.mark.parametrize("edit", DAMAGE.values(), ids=DAMAGE)
def test_one_mistake_is_one_line_that_says_where_it_is_and_what(edit: Edit, copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    expected = edit(copy)
    status = main(["validate", "--data", str(copy)])
    printed = capsys.readouterr().out.splitlines()
    assert status == 1
    assert len(printed) == len(expected), printed
    for line, wanted in zip(printed, expected, strict=True):
        assert wanted.matches(line), (line, wanted)


def test_the_real_dataset_is_valid_and_says_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["validate"]) == 0
    assert capsys.readouterr().out == ""


def test_a_small_world_of_countries_only_is_a_valid_dataset(folder: Callable[..., Path], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["validate", "--data", str(folder())]) == 0
    assert capsys.readouterr().out == ""


def test_a_folder_that_is_not_there_misses_every_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["validate", "--data", str(tmp_path / "nowhere")]) == 1
    assert capsys.readouterr().out.splitlines() == [f"{table}.csv:1: (file): the file is missing" for table in TABLES]


def test_all_mistakes_of_one_kind_come_out_in_one_run_in_the_order_of_tables_and_lines(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    names = ["currency that is none", "month that does not exist", "address without a scheme", "half a patient", "number in words"]
    expected = [line for name in names for line in DAMAGE[name](copy)]
    sheet = Sheet(copy, "prices")
    sheet[40, "price_type"], sheet[40, "includes_vat"] = "list", "perhaps"
    sheet.save()
    expected += [sheet.expect(40, "includes_vat", "not one of yes, no, unknown"), sheet.expect(40, "price_type", "not one of")]
    order = list(TABLES)
    expected.sort(key=lambda line: (order.index(line.table), line.line, line.column))
    assert main(["validate", "--data", str(copy)]) == 1
    printed = capsys.readouterr().out.splitlines()
    assert len(printed) == len(expected), printed
    for line, wanted in zip(printed, expected, strict=True):
        assert wanted.matches(line), (line, wanted)


def test_all_mistakes_across_cells_come_out_in_one_run(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    names = [
        "rows out of order",
        "source that no fact uses",
        "range without ends",
        "coordinates in the sea",
        "two preferred facts",
        "fact identifier used in another table",
    ]
    expected = [line for name in names for line in DAMAGE[name](copy)]
    assert main(["validate", "--data", str(copy)]) == 1
    printed = capsys.readouterr().out.splitlines()
    assert len(printed) == len(expected), printed
    assert all(any(wanted.matches(line) for line in printed) for wanted in expected), printed


def test_mistakes_in_cells_hide_none_across_cells(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    names = ["month that does not exist", "half a patient", "rows out of order", "coordinates in the sea", "source that no fact uses", "range without ends"]
    expected = [line for name in names for line in DAMAGE[name](copy)]
    assert main(["validate", "--data", str(copy)]) == 1
    printed = capsys.readouterr().out.splitlines()
    assert len(printed) == len(expected), printed
    assert all(any(wanted.matches(line) for line in printed) for wanted in expected), printed


def test_mistakes_of_form_hide_none_in_cells(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    names = ["missing file", "extra cell", "currency that is none", "negative price", "address with a blank"]
    expected = [line for name in names for line in DAMAGE[name](copy)]
    assert main(["validate", "--data", str(copy)]) == 1
    printed = capsys.readouterr().out.splitlines()
    assert len(printed) == len(expected), printed
    assert all(any(wanted.matches(line) for line in printed) for wanted in expected), printed


def test_a_broken_dataset_is_not_loaded_and_says_all_that_is_wrong(copy: Path) -> None:
    expected = DAMAGE["currency that is none"](copy) + DAMAGE["half a patient"](copy)
    with pytest.raises(DatasetError) as error:
        load(copy)
    assert [(problem.table, problem.line, problem.column) for problem in error.value.problems] == [
        (wanted.table, wanted.line, wanted.column) for wanted in expected
    ]
    assert str(error.value).splitlines() == [str(problem) for problem in error.value.problems]


def test_format_puts_lines_in_order_and_leaves_a_valid_dataset_alone(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = {path.name: path.read_bytes() for path in copy.iterdir()}
    rows_out_of_order(copy)
    assert main(["format", "--data", str(copy)]) == 0
    assert capsys.readouterr().out == "written: context.csv\n"
    assert {path.name: path.read_bytes() for path in copy.iterdir()} == before


def test_format_leaves_a_table_that_it_cannot_read_as_it_is(copy: Path) -> None:
    DAMAGE["extra cell"](copy)
    broken = (copy / "outcomes.csv").read_bytes()
    main(["format", "--data", str(copy)])
    assert (copy / "outcomes.csv").read_bytes() == broken


@pytest.fixture(scope="module")
def small(folder: Callable[..., Path]) -> Path:
    """Return a valid dataset with a fact or two in every table."""
    return folder(
        context=[{"iso3": "DEU", "indicator": "population", "value": 83_000_000, "year": 2023}],
        exchange_rates=[{"currency": "EUR", "year": 2020, "lcu_per_usd": 0.88}],
        approvals=[{"jurisdiction": "EU", "approval_date": "2018-08-23"}, {"jurisdiction": "USA", "approval_date": "2018-05"}],
        availability=[{"iso3": "DEU", "first_year": 2018}],
        prices=[{"price_local": 475_000, "effective_date": "2017-08-30"}, {"price_low": 1, "price_high": 2, "value_kind": "range", "jurisdiction": "DEU"}],
        reimbursement=[{"jurisdiction": "DEU", "decision_date": "2019-03"}],
        manufacturing_sites=[{"latitude": 40.9, "longitude": -74.2, "start_year": 2017, "capacity_patients_per_year": 100, "capacity_value_kind": "exact"}],
        turnaround=[{"value": 24, "reference_date": "2020", "patients": 12}],
        care_capacity=[{"value": 45, "reference_date": "2025-04"}],
        outcomes=[{"value": 52, "year": 2019, "patients": 93}],
        cancer_incidence=[{"iso3": "DEU", "new_cases": 20_000, "asr_per_100k": 10.5, "deaths": 7_000}],
        policy_events=[{"date": "2017-08-30"}],
        hurdles=[{"hurdle_id": "price"}],
        hurdle_findings=[{"reference_date": "2024"}],
        hurdle_levers=[{"date": "2019-08"}],
        proposals=[{"since": "2018"}],
        country_groups=[{}],
        second_readings=[{"drawn": "2026-11", "fact_table": "prices", "fact_id": "prices:1", "main_value": "confirmed", "coding": "clean"}],
    )


PLACES = [(table.name, column.name) for table in TABLES.values() for column in table.columns]
TEXTS = st.text(st.characters(codec="utf-8"), max_size=12)
LOOKALIKES = st.from_regex(r"https?://[^/]{1,20}/|-?\d+(\.\d+)?|\d{4}(-\d\d){0,2}|[a-z]+(:[A-Z]+)+|[A-Z]{2,3}", fullmatch=True)


@settings(max_examples=40)
@given(place=st.sampled_from(PLACES), text=TEXTS | LOOKALIKES)
@example(place=("sources", "url"), text="https://bücher..example/")
@example(place=("context", "value"), text="３２")
@example(place=("reimbursement", "decision_date"), text="2024-00")
def test_whatever_stands_in_a_cell_is_told_as_a_problem_or_can_be_loaded(place: tuple[str, str], text: str, small: Path) -> None:
    sheet = Sheet(small, place[0])
    before = sheet.path.read_bytes()
    sheet[0, place[1]] = text
    sheet.save()
    try:
        _, problems = read_and_check(small)
        if not problems:
            assert load(small)[place[0]] is not None
    finally:
        sheet.path.write_bytes(before)
