"""Everything that must hold of the dataset, checked in one run."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path

import pandas as pd

from indicators import jurisdictions, periods, preference
from indicators.checks import cell_problems
from indicators.geography import near_country
from indicators.reading import LINE, Problem, read_table
from indicators.schema import Kind
from indicators.tables import FACT_TABLES, TABLES

Frames = Mapping[str, pd.DataFrame]


def read_and_check(folder: Path) -> tuple[dict[str, pd.DataFrame], list[Problem]]:
    """Read every table of a dataset as text and check it.

    Returns the frames (all columns text, plus ``_line``) and all problems, in the order of tables and lines. One mistake
    is reported once: a line whose cells are wrong by themselves is not blamed again by a rule that looks at several, and
    the rules that follow names from line to line wait until every table can be read whole and every name is one.
    """
    frames: dict[str, pd.DataFrame] = {}
    problems: list[Problem] = []
    for table in TABLES.values():
        frames[table.name], found = read_table(folder, table)
        problems += found
    readable = not problems
    for table in TABLES.values():
        problems += cell_problems(table, frames[table.name])
    if readable:
        blamed = {(problem.table, problem.line) for problem in problems}
        names_hold = all(TABLES[problem.table].column_by_name[problem.column].kind not in _NAMES for problem in problems)
        legible = _without_wrong_cells(frames, problems)
        for rule in (*RULES_ON_VALUES, *(RULES_ON_NAMES if names_hold else ())):
            problems += [problem for problem in rule(legible) if (problem.table, problem.line) not in blamed]
    order = {name: position for position, name in enumerate(TABLES)}
    return frames, sorted(problems, key=lambda problem: (order[problem.table], problem.line, problem.column))


def _without_wrong_cells(frames: Frames, problems: list[Problem]) -> Frames:
    """Return the frames with empty cells in place of those that no rule could read: numbers, dates and codes."""
    legible = dict(frames)
    for name in {problem.table for problem in problems}:
        columns, frame = TABLES[name].column_by_name, frames[name].copy()
        row_of = {int(line): index for index, line in frame[LINE].items()}
        for problem in problems:
            if problem.table == name and columns[problem.column].kind not in _KEPT_KINDS:
                frame.at[row_of[problem.line], problem.column] = ""
        legible[name] = frame
    return legible


# By these names lines point to each other.
_NAMES = frozenset({Kind.IDENTIFIER, Kind.IDENTIFIERS, Kind.FACT, Kind.ISO2, Kind.ISO3, Kind.JURISDICTION, Kind.EVENT_PLACE, Kind.CURRENCY})
_KEPT_KINDS = _NAMES | {Kind.TEXT, Kind.URL}


def _where(frames: Frames, table: str, wrong: pd.Series, column: str, text: Callable[[pd.Series], str]) -> Iterator[Problem]:
    """Yield a problem for each row of ``table`` for which ``wrong`` holds."""
    if not wrong.any():
        return
    for _, row in frames[table][wrong].iterrows():
        yield Problem(table, int(row[LINE]), column, text(row))


def _unique_rows(frames: Frames) -> Iterator[Problem]:
    for table in TABLES.values():
        frame = frames[table.name]
        columns = [*table.key]
        yield from _where(
            frames,
            table.name,
            frame.duplicated(columns),
            columns[0],
            lambda row, columns=columns: "the same row as another (" + ", ".join(row[columns]) + ")",  # type: ignore[misc]
        )
    seen: dict[str, str] = {}
    for name in FACT_TABLES:
        for fact_id, line in zip(frames[name]["fact_id"], frames[name][LINE], strict=True):
            if fact_id in seen:
                yield Problem(name, int(line), "fact_id", f"used already in {seen[fact_id]} ({fact_id})")
            seen[fact_id] = f"{name}.csv:{line}"


def _sorted_rows(frames: Frames) -> Iterator[Problem]:
    for table in TABLES.values():
        keys = list(frames[table.name][[*table.key]].itertuples(index=False, name=None))
        for position in range(1, len(keys)):
            if keys[position] < keys[position - 1]:
                line = int(frames[table.name][LINE].iloc[position])
                text = "out of order; `python -m indicators format` sorts the tables"
                yield Problem(table.name, line, table.key[0], f"{text} ({', '.join(keys[position])})")
                break


def _foreign_keys(frames: Frames) -> Iterator[Problem]:
    for table in TABLES.values():
        for column in table.columns:
            if not column.references:
                continue
            known = set(frames[column.references][TABLES[column.references].key[0]]) | {*column.specials, ""}
            cells = frames[table.name][column.name]
            for cell, line in zip(cells, frames[table.name][LINE], strict=True):
                for part in cell.split(";") if column.kind is Kind.IDENTIFIERS else (cell,):
                    if part not in known:
                        yield Problem(table.name, int(line), column.name, f"not in {column.references}.csv ({part})")


def _countries_known(frames: Frames) -> Iterator[Problem]:
    known = {*frames["countries"]["iso3"], jurisdictions.EU, jurisdictions.WORLD}
    for table in TABLES.values():
        if "jurisdiction" in table.column_by_name:
            frame = frames[table.name]
            unknown = ~frame["jurisdiction"].isin(known)
            yield from _where(frames, table.name, unknown, "jurisdiction", lambda row: f"not in countries.csv ({row['jurisdiction']})")


def _sources_used(frames: Frames) -> Iterator[Problem]:
    used = {source for name in FACT_TABLES for cell in frames[name]["source_ids"] for source in cell.split(";")}
    unused = ~frames["sources"]["source_id"].isin(used)
    yield from _where(frames, "sources", unused, "source_id", lambda row: f"no fact uses this source ({row['source_id']})")
    repeated = frames["sources"].duplicated("url")
    yield from _where(frames, "sources", repeated, "url", lambda row: f"another source has this address ({row['url']})")


def _readings(frames: Frames) -> Iterator[Problem]:
    sources = frames["sources"]
    mismatch = (sources["reading"] == "original") != (sources["read_at"] == "")
    yield from _where(frames, "sources", mismatch, "read_at", lambda row: f"filled exactly when the original was not read ({row['reading']})")


def _transcriptions_bound_confidence(frames: Frames) -> Iterator[Problem]:
    sources = frames["sources"]
    transcribed = set(sources.loc[sources["reading"] == "transcription", "source_id"])
    if not transcribed:
        return
    for name in FACT_TABLES:
        frame = frames[name]
        alone = frame["source_ids"].map({ids: transcribed.issuperset(ids.split(";")) for ids in frame["source_ids"].unique()}).astype(bool)
        sure = alone & (frame["confidence"] == "high")
        yield from _where(frames, name, sure, "confidence", lambda row: "at most medium, for nobody of ours has read the text or a copy of it (high)")


_TWO_ENDS = "only a range or target has two ends; anything else has a point ({})"


def _value_kinds(frames: Frames) -> Iterator[Problem]:
    for name, point in (("prices", "price_local"), ("turnaround", "value"), ("care_capacity", "value")):
        low, high = ("price_low", "price_high") if name == "prices" else ("value_low", "value_high")
        frame = frames[name]
        is_range = (frame["value_kind"] == "range") | (frame["value_kind"] == "target") & (frame[point] == "")
        whole = (frame[low] != "") & (frame[high] != "") & (frame[point] == "")
        yield from _where(frames, name, is_range & ~whole, "value_kind", lambda row: "a range has a low and a high end and no point (range)")
        single = (frame[low] == "") & (frame[high] == "") & (frame[point] != "")
        yield from _where(frames, name, ~is_range & ~single, "value_kind", lambda row: _TWO_ENDS.format(row["value_kind"]))
        reversed_ends = is_range & whole & (pd.to_numeric(frame[low]) >= pd.to_numeric(frame[high]))
        yield from _where(
            frames,
            name,
            reversed_ends,
            low,
            lambda row, low=low, high=high: f"not below the high end ({row[low]}-{row[high]})",  # type: ignore[misc]
        )
    sites = frames["manufacturing_sites"]
    mismatch = (sites["capacity_patients_per_year"] == "") != (sites["capacity_value_kind"] == "")
    yield from _where(frames, "manufacturing_sites", mismatch, "capacity_value_kind", lambda row: "filled exactly when a capacity is stated")


def _dates_in_order(frames: Frames) -> Iterator[Problem]:
    for name in FACT_TABLES:
        table = TABLES[name]
        dates = [column for column in table.dates if column != "year"]
        for column in dates:
            frame = frames[name]
            late = pd.Series(
                [
                    bool(event) and bool(checked) and periods.first_day(event) > periods.last_day(checked)
                    for event, checked in zip(frame[column], frame["checked"], strict=True)
                ],
                index=frame.index,
                dtype=bool,
            )
            if name in {"prices", "reimbursement"}:  # a decision may be taken now and take effect later
                late &= frame["date_basis"] != "effective"
            yield from _where(frames, name, late, column, lambda row, column=column: f"after the fact was checked ({row[column]})")  # type: ignore[misc]
    approvals = frames["approvals"]
    undated = (approvals["status"].isin(["under-review", "none-documented"])) & (approvals["approval_date"] != "")
    yield from _where(frames, "approvals", undated, "approval_date", lambda row: f"only a decision has a date of approval ({row['status']})")
    for name, column in (("approvals", "approval_date"), ("reimbursement", "decision_date"), ("prices", "effective_date")):
        frame = frames[name]
        baseless = (frame[column] != "") & (frame["date_basis"] == "unknown")
        yield from _where(frames, name, baseless, "date_basis", lambda row: "must say what the date is the date of (unknown)")
    sites = frames["manufacturing_sites"]
    both = (sites["start_year"] != "") & sites["status"].isin(["planned", "under-construction", "approved-not-started"])
    yield from _where(frames, "manufacturing_sites", both, "start_year", lambda row: f"a site that has not started has no start ({row['status']})")


def _coordinates(frames: Frames) -> Iterator[Problem]:
    sites = frames["manufacturing_sites"]
    capitals = frames["countries"].drop_duplicates("iso3").set_index("iso3")[["capital_lat", "capital_lon"]].apply(pd.to_numeric)
    one_missing = (sites["latitude"] == "") != (sites["longitude"] == "")
    yield from _where(frames, "manufacturing_sites", one_missing, "latitude", lambda row: "latitude and longitude go together")
    for row in sites.itertuples():
        capital = tuple(capitals.loc[row.iso3]) if row.iso3 in capitals.index else None
        if row.latitude == "" or row.longitude == "":
            continue
        if not near_country(str(row.iso3), float(str(row.latitude)), float(str(row.longitude)), capital):
            line = int(sites.at[row.Index, LINE])
            yield Problem("manufacturing_sites", line, "latitude", f"not in or near {row.iso3} ({row.latitude}, {row.longitude})")


def _no_member_repeats_eu(frames: Frames) -> Iterator[Problem]:
    approvals = frames["approvals"]
    approved = approvals[(approvals["status"] == "approved") & (approvals["pathway"] != "hospital-exemption")]
    european = approved[approved["jurisdiction"] == jurisdictions.EU]
    members_then = {
        (row.product_id, row.indication_id): jurisdictions.eu_members(periods.last_day(str(row.approval_date)) if row.approval_date else date.max)
        for row in european.itertuples()
    }
    for row in approved[approved["jurisdiction"] != jurisdictions.EU].itertuples():
        if row.jurisdiction in members_then.get((row.product_id, row.indication_id), frozenset()):
            line = int(approvals.at[row.Index, LINE])
            yield Problem("approvals", line, "jurisdiction", f"repeats the EU's decision, which holds there ({row.jurisdiction})")


def _one_preferred(frames: Frames) -> Iterator[Problem]:
    sources = frames["sources"].set_index("source_id")
    for name in FACT_TABLES:
        frame, key = frames[name], TABLES[name].conflict_key
        in_conflict: set[int] = set()
        for group in preference.conflict_groups(frame, key):
            in_conflict |= set(group.index)
            chosen = group[group["preferred"] == "yes"]
            first = int(group[LINE].iloc[0])
            if len(chosen) != 1:
                yield Problem(name, first, "preferred", f"{len(chosen)} of {len(group)} facts that disagree are preferred; must be one")
            elif chosen["fact_id"].iloc[0] != preference.by_rule(group, sources) and not chosen["conflict_note"].iloc[0].startswith(preference.BY_HAND):
                text = f'the rule prefers {preference.by_rule(group, sources)}; say "{preference.BY_HAND} why" in conflict_note'
                yield Problem(name, int(chosen[LINE].iloc[0]), "preferred", text)
            for row in group[group["conflict_note"] == ""].itertuples():
                yield Problem(name, int(frame.at[row.Index, LINE]), "conflict_note", f"must say what disagrees ({row.fact_id})")
        if key:
            alone = (frame["preferred"] == "no") & (frame["conflict_note"] == "") & ~frame.index.isin(in_conflict)
            yield from _where(frames, name, alone, "conflict_note", lambda row: "a fact set aside needs a reason")


def _members_agree(frames: Frames) -> Iterator[Problem]:
    members = jurisdictions.eu_members(date(2026, 1, 1))
    countries = frames["countries"]
    wrong = (countries["eea_member"] == "yes") != countries["iso3"].isin(members)
    yield from _where(frames, "countries", wrong, "eea_member", lambda row: f"disagrees with jurisdictions.py ({row['iso3']})")


Rule = Callable[[Frames], Iterable[Problem]]
RULES_ON_VALUES: tuple[Rule, ...] = (_readings, _value_kinds, _dates_in_order, _coordinates, _members_agree)
RULES_ON_NAMES: tuple[Rule, ...] = (
    _unique_rows,
    _sorted_rows,
    _foreign_keys,
    _countries_known,
    _sources_used,
    _transcriptions_bound_confidence,
    _no_member_repeats_eu,
    _one_preferred,
)
