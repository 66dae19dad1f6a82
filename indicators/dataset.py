"""The dataset in memory: every table, typed and checked, loaded once a process and never changed."""

from __future__ import annotations

import os
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from datetime import date
from functools import lru_cache
from itertools import count
from pathlib import Path
from threading import Lock
from types import MappingProxyType
from typing import TypeVar

import pandas as pd

from indicators import periods
from indicators.freshness import is_stale
from indicators.memory import Memory
from indicators.reading import DatasetError, Problem
from indicators.schema import Kind, Table
from indicators.tables import FACT_TABLES, TABLES
from indicators.validate import read_and_check

DEFAULT_FOLDER = Path(__file__).resolve().parent.parent / "data"
KNOWN_FROM = "known_from"

_Result = TypeVar("_Result")
_NUMBERS = count(1)
# Readers may ask for any day and any choice of countries, so what is kept for them has one limit over all days. A film of
# years needs a dozen days; all figures of the catalog together, in all views, need some 700 results.
_MOST_DAYS = 16
_MOST_RESULTS = 1200


class Dataset:
    """All tables of the atlas, as the world was known on one day.

    ``dataset["prices"]`` is a frame with the schema's columns (:mod:`indicators.tables`): text as str with "" for an
    empty cell, numbers as float64 with NaN. Tables of facts with a date have ``known_from`` (datetime64): the day from
    which a fact counts, see :func:`known_from`. Frames are handed out as copies that share memory until they are
    written to, so nothing that a caller does reaches the dataset. ``key`` is a text that no dataset of the process with
    other contents ever has, for caches. ``whole`` is the dataset of all time: what does not depend on the day (of sources,
    products, countries, rates) is remembered there, once.
    """

    def __init__(self, tables: Mapping[str, pd.DataFrame], version: str, day: date | None = None, earlier: Dataset | None = None) -> None:
        self._tables = MappingProxyType(dict(tables))
        self.version = version
        self.day = day
        self.whole: Dataset = earlier.whole if earlier else self
        self.key: str = f"{earlier.key}@{day}" if earlier else f"{next(_NUMBERS)}"
        if not earlier:
            self._memory = Memory(_MOST_RESULTS)
            self._days: OrderedDict[str, Dataset] = OrderedDict()
            self._lock = Lock()

    def __getitem__(self, table: str) -> pd.DataFrame:
        return self._tables[table].copy(deep=False)

    @property
    def today(self) -> date:
        """The day that the dataset speaks of: that of :meth:`as_of`, else the real one."""
        return self.day or date.today()

    def as_of(self, day: date) -> Dataset:
        """Return the world as known on that day: facts that became true later are left out.

        Products, countries, context, exchange rates, incidence and sources are not events and stay whole; the
        indicators choose the year that they need.
        """
        if self.day is not None and day == self.day:
            return self
        whole, key = self.whole, f"{self.key}@{day}"
        with whole._lock:
            if key in whole._days:
                whole._days.move_to_end(key)
                return whole._days[key]
        cut = self._cut(day)
        with whole._lock:
            cut = whole._days.setdefault(key, cut)
            forgotten = [whole._days.popitem(last=False)[0] for _day in range(len(whole._days) - _MOST_DAYS)]
        for old in forgotten:
            whole._memory.forget(old)
        return cut

    def _cut(self, day: date) -> Dataset:
        cut = {
            name: frame[frame[KNOWN_FROM] <= pd.Timestamp(day)].reset_index(drop=True) if KNOWN_FROM in frame else frame for name, frame in self._tables.items()
        }
        cut["manufacturing_sites"] = _before_closing(cut["manufacturing_sites"], day)
        return Dataset(cut, self.version, day, self)

    def remember(self, key: Hashable, compute: Callable[[], _Result]) -> _Result:
        """Return the result stored under ``key``, computing it on the first call; the least used of many are forgotten."""
        return self.whole._memory.remember(self.key, key, compute)

    @property
    def facts(self) -> pd.DataFrame:
        """Every fact of every table, indexed by fact_id.

        Columns: ``table, fact_id, source_ids, confidence, checked, note, preferred, conflict_note``; ``grade`` (the best of its sources');
        ``read_grade`` (the best of those sources of which the text itself or a copy was read, "" for none: only
        transcriptions were); ``stale`` (bool: not confirmed within its table's shelf life, as of the dataset's day).
        """
        today = self.today

        def gather() -> pd.DataFrame:
            columns = ["fact_id", "source_ids", "confidence", "checked", "note", "preferred", "conflict_note"]
            facts = pd.concat([self._tables[name][columns].assign(table=name) for name in FACT_TABLES], ignore_index=True)
            sources = self._tables["sources"].set_index("source_id")
            grades, read = sources["grade"].to_dict(), sources.loc[sources["reading"] != "transcription", "grade"].to_dict()
            split = {ids: ids.split(";") for ids in facts["source_ids"].unique()}
            best = {ids: min(grades[source] for source in parts) for ids, parts in split.items()}
            best_read = {ids: min((read[source] for source in parts if source in read), default="") for ids, parts in split.items()}
            stale = [is_stale(table, checked, today) for table, checked in zip(facts["table"], facts["checked"], strict=True)]
            facts = facts.assign(grade=facts["source_ids"].map(best), read_grade=facts["source_ids"].map(best_read), stale=stale)
            return facts.set_index("fact_id", drop=False)

        return self.remember(("facts", today), gather).copy(deep=False)

    @property
    def sources(self) -> pd.DataFrame:
        """The table of sources, indexed by ``source_id``."""
        return self.whole.remember("sources", lambda: self._tables["sources"].set_index("source_id", drop=False)).copy(deep=False)


def load(folder: str | Path | None = None) -> Dataset:
    """Return the dataset of a folder, checked and typed; the same object for the same files.

    Without ``folder``: the environment variable ``ATLAS_DATA_DIR``, else the project's own ``data``.
    Raises DatasetError, which lists every problem, when anything is wrong with it.
    """
    path = folder_of(folder)
    return _load(path, _signature(path))


def folder_of(folder: str | Path | None = None) -> Path:
    """Return the folder of the tables: the one given, else that of ``ATLAS_DATA_DIR``, else the project's own ``data``."""
    return Path(folder or os.environ.get("ATLAS_DATA_DIR") or DEFAULT_FOLDER).resolve()


@lru_cache(maxsize=4)
def _load(folder: Path, signature: tuple[tuple[int, int], ...]) -> Dataset:
    frames, problems = read_and_check(folder)
    if problems:
        raise DatasetError(problems)
    sources = frames["sources"].set_index("source_id")
    tables = {table.name: _typed(table, frames[table.name], sources) for table in TABLES.values()}
    return Dataset(tables, version_of(folder))


def version_of(folder: Path) -> str:
    """Return the calendar-based version of a dataset's folder: the newest heading of its change log."""
    try:
        lines = (folder / "CHANGELOG.md").read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return "unversioned"
    return next((line[3:].split()[0] for line in lines if line.startswith("## ")), "unversioned")


def _before_closing(sites: pd.DataFrame, day: date) -> pd.DataFrame:
    """Return sites with those that closed after ``day`` as operating: they had begun, else they would not be known yet."""
    closed = [
        status == "closed" and bool(since) and periods.first_day(since) > day for status, since in zip(sites["status"], sites["status_as_of"], strict=True)
    ]
    if not any(closed):
        return sites
    return sites.assign(status=sites["status"].mask(pd.Series(closed, index=sites.index), "operational"))


def _signature(folder: Path) -> tuple[tuple[int, int], ...]:
    """Return what changes when a table's file or the version changes."""
    stats = []
    for name in (*(f"{table}.csv" for table in TABLES), "CHANGELOG.md"):
        try:
            stat = (folder / name).stat()
            stats.append((stat.st_mtime_ns, stat.st_size))
        except FileNotFoundError:
            stats.append((0, -1))
    return tuple(stats)


class LiveDataset:
    """The dataset of a running program: follows its files, and keeps the last good one when they break.

    ``current()`` returns the newest good dataset. ``problems`` lists what is wrong with the files on disk, empty when
    they are the dataset in use.
    """

    def __init__(self, folder: str | Path | None = None) -> None:
        self._folder = folder
        self._good: Dataset | None = None
        self._broken: object = None
        self.problems: list[Problem] = []
        self._loading = Lock()

    def current(self) -> Dataset:
        """Return the dataset to show. Raises DatasetError only when there was never a good one."""
        with self._loading:  # the first visitors come together; the files are read once
            return self._newest_good()

    def _newest_good(self) -> Dataset:
        path = folder_of(self._folder)
        signature = _signature(path)
        if self._good is not None and signature == self._broken:
            return self._good
        try:
            self._good = _load(path, signature)
            self._broken, self.problems = None, []
        except DatasetError as error:
            if self._good is None:
                raise
            self._broken, self.problems = signature, error.problems
        return self._good


def known_from(dates: list[str], published: list[str], checked: str) -> date:
    """Return the day from which a fact counts.

    ``dates`` are the fact's own dates, best first; a date that is only a year or month counts from its last day, for
    by then the event had surely happened, but not later than the day the fact was checked. A fact without a date
    counts from the earliest publication of its sources, else from the day it was checked.
    """
    seen = periods.first_day(checked)
    for text in dates:
        if text:
            return min(periods.last_day(text), max(periods.first_day(text), seen))
    days = [min(periods.last_day(text), max(periods.first_day(text), seen)) for text in published if text]
    return min(days, default=seen)


def _typed(table: Table, frame: pd.DataFrame, sources: pd.DataFrame) -> pd.DataFrame:
    numeric = {column.name for column in table.columns if column.kind in {Kind.NUMBER, Kind.INTEGER}}
    typed = frame[table.names].astype({name: "str" for name in table.names if name not in numeric})
    for name in numeric:
        typed[name] = pd.to_numeric(typed[name]).astype("float64")
    if table.dates:
        published = sources["published"].to_dict()
        dates = list(zip(*(frame[column] for column in table.dates), strict=True))
        if "status_date" in table.dates:  # a withdrawal may repeat the date of the approval that it ends
            dates = [own[::-1] if status == "withdrawn" else own for own, status in zip(dates, frame["status"], strict=True)]
        days = [
            known_from(list(own), [published[source] for source in source_ids.split(";")], checked)
            for own, source_ids, checked in zip(dates, frame["source_ids"], frame["checked"], strict=True)
        ]
        typed[KNOWN_FROM] = pd.to_datetime(pd.Series(days, index=frame.index, dtype="object"))
    return typed
