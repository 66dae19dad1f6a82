from __future__ import annotations

import shutil
import weakref
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators import catalog
from indicators.dataset import DEFAULT_FOLDER, KNOWN_FROM, Dataset, LiveDataset, known_from, load
from indicators.reading import DatasetError
from indicators.tables import FACT_TABLES, TABLES

World = Callable[..., Dataset]
Write = Callable[..., Path]

DAYS = st.dates(min_value=date(2017, 1, 1), max_value=date(2027, 12, 31))
EVENT_TABLES = tuple(name for name, table in TABLES.items() if table.dates)


def break_a_price(folder: Path) -> None:
    path = folder / "prices.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",475000,", ",475 000,"), encoding="utf-8")


@pytest.fixture
def priced(folder: Write) -> Path:
    """Return a folder with one price."""
    return folder(prices=[{"price_local": 475_000, "effective_date": "2017-08-30"}])


# --- what a caller does to a frame never reaches the dataset -------------------------------------------------------


@pytest.mark.parametrize("table", TABLES)
def test_cells_that_a_caller_overwrites_stay_as_they_were_in_the_dataset(real: Dataset, table: str) -> None:
    taken = real[table]
    before = taken.copy(deep=True)
    taken.iloc[:1, 0] = "spoiled"
    taken[taken.columns[1]] = "spoiled"
    taken["added"] = 1
    del taken[taken.columns[2]]
    pd.testing.assert_frame_equal(real[table], before)


def test_the_array_below_a_column_cannot_be_written_to(real: Dataset) -> None:
    with pytest.raises(ValueError, match="read-only"):
        real["prices"]["price_local"].to_numpy()[0] = 0


@pytest.mark.parametrize("name", ["sources", "facts"])
def test_sources_and_facts_that_a_caller_overwrites_stay_as_they_were(world: World, name: str) -> None:
    dataset = world(prices=[{"price_local": 475_000}])
    taken = getattr(dataset, name)
    before = taken.copy(deep=True)
    taken.iloc[0, 0] = "spoiled"
    pd.testing.assert_frame_equal(getattr(dataset, name), before)


def test_observations_that_a_caller_overwrites_stay_as_they_were(today: Dataset) -> None:
    taken = catalog.observe(today, "products-approved")
    before = taken.copy(deep=True)
    taken["value"] = -1.0
    taken.loc[0, "iso3"] = "XXX"
    pd.testing.assert_frame_equal(catalog.observe(today, "products-approved"), before)


def test_the_tables_of_a_dataset_cannot_be_exchanged(real: Dataset) -> None:
    with pytest.raises(TypeError):
        real["prices"] = real["prices"].head(1)  # type: ignore[index]


def test_cells_are_texts_without_missing_values_and_numbers_are_floats(real: Dataset) -> None:
    for name, table in TABLES.items():
        frame = real[name]
        for column in table.columns:
            if column.kind in {"number", "integer"}:
                assert frame[column.name].dtype == "float64", (name, column.name)
            else:
                assert all(type(cell) is str for cell in frame[column.name]), (name, column.name)


# --- loaded once a process ------------------------------------------------------------------------------------------


def test_the_same_files_are_loaded_once(priced: Path) -> None:
    assert load(priced) is load(str(priced))


def test_changed_files_are_another_dataset_with_another_key(priced: Path) -> None:
    before = load(priced)
    path = priced / "prices.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("475000", "373000"), encoding="utf-8")
    after = load(priced)
    assert after["prices"]["price_local"].tolist() == [373_000]
    assert before["prices"]["price_local"].tolist() == [475_000]
    assert after.key != before.key


def test_the_environment_points_at_another_dataset_and_an_argument_goes_before_it(priced: Path, folder: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    other = folder()
    monkeypatch.setenv("ATLAS_DATA_DIR", str(priced))
    assert load() is load(priced)
    assert load(other) is not load(priced)
    monkeypatch.setenv("ATLAS_DATA_DIR", "")
    assert load() is load(DEFAULT_FOLDER)


def test_the_same_day_is_cut_once_and_readers_at_the_same_time_see_one_result(world: World) -> None:
    dataset = world(approvals=[{"approval_date": "2018-05-01"}])
    with ThreadPoolExecutor(8) as pool:
        cuts = list(pool.map(lambda _: dataset.as_of(date(2020, 1, 1)), range(40)))
        results = list(pool.map(lambda _: dataset.remember("list", list), range(40)))
    assert all(cut is cuts[0] for cut in cuts)
    assert all(result is results[0] for result in results)


def test_a_reader_of_ever_new_days_does_not_fill_the_memory_and_still_gets_right_answers(world: World) -> None:
    dataset = world(approvals=[{"approval_date": "2018-05-01"}])
    days = [date(2017 + month // 12, month % 12 + 1, 1) for month in range(100)]
    assert [len(dataset.as_of(day)["approvals"]) for day in days] == [int(day >= date(2018, 5, 1)) for day in days]
    made = []  # what is kept of all days together has one limit

    class Result:
        def __init__(self) -> None:
            made.append(weakref.ref(self))

    for day in days:
        for number in range(300):
            dataset.as_of(day).remember(number, Result)
    assert len(made) == 300 * len(days)
    assert sum(one() is not None for one in made) <= 2000
    latest = dataset.as_of(days[-1])
    assert latest.remember(299, Result) is made[-1]()  # the newest are kept


def test_a_day_that_was_forgotten_is_the_same_for_caches_when_it_is_asked_for_again(world: World) -> None:
    dataset = world(approvals=[{"approval_date": "2018-05-01"}])
    first = dataset.as_of(date(2019, 1, 1))
    for year in range(1950, 2010):
        dataset.as_of(date(year, 1, 1))
    again = dataset.as_of(date(2019, 1, 1))
    assert again is not first
    assert again.key == first.key
    assert again.key != dataset.as_of(date(2019, 1, 2)).key
    assert again.whole is dataset


def test_the_version_is_the_newest_heading_of_the_change_log(folder: Write) -> None:
    written = folder()
    assert load(written).version == "unversioned"
    (written / "CHANGELOG.md").write_text("# Changes\n\n## 2026.12.01 (corrected)\n\n## 2026.11.22\n", encoding="utf-8")
    (written / "sources.csv").touch()
    assert load(written).version == "2026.12.01"


# --- as of a day ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("table", EVENT_TABLES)
def test_a_day_leaves_out_later_facts_and_keeps_every_earlier_one(real: Dataset, table: str) -> None:
    day = date(2021, 6, 30)
    whole, cut = real[table], real.as_of(day)[table]
    assert cut["fact_id"].tolist() == whole.loc[whole[KNOWN_FROM] <= pd.Timestamp(day), "fact_id"].tolist()
    assert cut.index.tolist() == list(range(len(cut)))


@pytest.mark.parametrize("table", [name for name in TABLES if name not in EVENT_TABLES])
def test_what_is_no_event_stays_whole(real: Dataset, table: str) -> None:
    pd.testing.assert_frame_equal(real.as_of(date(2017, 1, 1))[table], real[table])


@settings(max_examples=12)
@given(DAYS, DAYS)
def test_what_was_known_stays_known(real: Dataset, one: date, other: date) -> None:
    earlier, later = sorted([one, other])
    assert set(real.as_of(earlier).facts.index) <= set(real.as_of(later).facts.index)


def test_far_in_the_future_everything_is_known(real: Dataset) -> None:
    later = real.as_of(date(2099, 1, 1))
    assert {name: len(later[name]) for name in TABLES} == {name: len(real[name]) for name in TABLES}


def test_before_the_first_approval_nothing_had_happened(real: Dataset) -> None:
    before = real.as_of(date(2000, 1, 1))
    assert all(before[name].empty for name in EVENT_TABLES)


def test_a_dataset_knows_its_day(real: Dataset) -> None:
    cut = real.as_of(date(2021, 6, 30))
    assert cut.today == cut.day == date(2021, 6, 30)
    assert cut.as_of(date(2021, 6, 30)) is cut
    before = date.today()
    assert real.day is None
    assert before <= real.today <= date.today()
    assert cut.version == real.version
    assert cut.key != real.key


def test_the_day_of_a_fact_itself_is_in(world: World) -> None:
    dataset = world(approvals=[{"approval_date": "2018-05-01"}])
    assert dataset.as_of(date(2018, 4, 30))["approvals"].empty
    assert len(dataset.as_of(date(2018, 5, 1))["approvals"]) == 1


@pytest.mark.parametrize(
    ("dates", "published", "checked", "day"),
    [
        (["2018-05-01"], [], "2026-11", date(2018, 5, 1)),
        (["2018-05"], [], "2026-11", date(2018, 5, 31)),  # by then it had surely happened
        (["2018"], [], "2026-11", date(2018, 12, 31)),
        (["2026"], [], "2026-11", date(2026, 11, 1)),  # but somebody had seen it when checking
        (["2026-11"], [], "2026-11-15", date(2026, 11, 15)),
        (["2027-01"], [], "2026-11", date(2027, 1, 1)),  # announced to take effect: not before it does
        (["", "2019-03-02"], ["2018"], "2026-11", date(2019, 3, 2)),  # the second-best date goes before any publication
        (["2020-01-01", "2019-03-02"], [], "2026-11", date(2020, 1, 1)),
        (["", ""], ["2022-10", "2021-05-06", ""], "2026-11", date(2021, 5, 6)),  # undated: the earliest publication
        ([""], ["2026"], "2026-11-03", date(2026, 11, 3)),
        ([""], ["", ""], "2026-11-03", date(2026, 11, 3)),  # nothing at all: when it was checked
        ([], [], "2026", date(2026, 1, 1)),
    ],
)
def test_a_fact_counts_from_the_day_on_which_it_had_surely_happened(dates: list[str], published: list[str], checked: str, day: date) -> None:
    assert known_from(dates, published, checked) == day


@given(st.dates(date(2015, 1, 1), date(2026, 11, 1)), st.sampled_from([4, 7, 10]))
def test_no_fact_counts_before_its_own_date_begins(day: date, precision: int) -> None:
    text = day.isoformat()[:precision]
    counted = known_from([text], [], "2026-11")
    assert counted.isoformat()[:precision] >= text
    assert counted <= date(2026, 11, 1)


def test_every_real_fact_counts_from_some_day(real: Dataset) -> None:
    for name in EVENT_TABLES:
        assert real[name][KNOWN_FROM].notna().all(), name


def test_facts_and_sources_can_be_looked_up(real: Dataset) -> None:
    assert len(real.facts) == sum(len(real[name]) for name in FACT_TABLES)
    fact = real["prices"].iloc[0]
    found = real.facts.loc[fact["fact_id"]]
    assert (found["table"], found["source_ids"]) == ("prices", fact["source_ids"])
    assert real.sources.loc[fact["source_ids"].split(";")[0], "url"].startswith("http")


# --- a dataset that lives -------------------------------------------------------------------------------------------


def test_a_running_program_sees_new_files(priced: Path) -> None:
    live = LiveDataset(priced)
    first = live.current()
    assert live.current() is first
    path = priced / "prices.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("475000", "373000"), encoding="utf-8")
    assert live.current()["prices"]["price_local"].tolist() == [373_000]
    assert live.problems == []


def test_a_running_program_keeps_the_last_good_state_and_says_what_is_wrong(priced: Path) -> None:
    live = LiveDataset(priced)
    good = live.current()
    break_a_price(priced)
    assert live.current() is good
    assert [str(problem).split(": ")[:2] for problem in live.problems] == [["prices.csv:2", "price_local"]]
    assert live.current() is good  # and asks no more than once
    assert len(live.problems) == 1


def test_a_running_program_survives_a_file_that_vanishes(priced: Path) -> None:
    live = LiveDataset(priced)
    good = live.current()
    (priced / "approvals.csv").unlink()
    assert live.current() is good
    assert [str(problem) for problem in live.problems] == ["approvals.csv:1: (file): the file is missing"]


def test_a_running_program_recovers_when_the_files_are_mended(priced: Path, tmp_path: Path) -> None:
    live = LiveDataset(priced)
    live.current()
    shutil.copytree(priced, tmp_path / "spare")
    break_a_price(priced)
    live.current()
    (priced / "prices.csv").write_text((tmp_path / "spare" / "prices.csv").read_text(encoding="utf-8").replace("475000", "399000"), encoding="utf-8")
    assert live.current()["prices"]["price_local"].tolist() == [399_000]
    assert live.problems == []


def test_a_running_program_recovers_when_the_very_same_file_comes_back(priced: Path, tmp_path: Path) -> None:
    live = LiveDataset(priced)
    good = live.current()
    shutil.copy2(priced / "prices.csv", tmp_path / "prices.csv")
    break_a_price(priced)
    live.current()
    shutil.copy2(tmp_path / "prices.csv", priced / "prices.csv")
    assert live.current()["prices"]["price_local"].tolist() == good["prices"]["price_local"].tolist()
    assert live.problems == []


def test_a_program_that_never_had_a_good_state_says_so(priced: Path) -> None:
    break_a_price(priced)
    with pytest.raises(DatasetError):
        LiveDataset(priced).current()


def test_a_running_program_follows_the_environment(priced: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ATLAS_DATA_DIR", str(priced))
    assert LiveDataset().current() is load(priced)


def test_a_site_that_closed_was_running_before_it_closed(world: Callable[..., Dataset]) -> None:
    dataset = world(manufacturing_sites=[{"start_year": 2018, "status": "closed", "status_as_of": "2025-05-07"}])

    assert dataset.as_of(date(2020, 12, 31))["manufacturing_sites"]["status"].tolist() == ["operational"]
    assert dataset.as_of(date(2025, 5, 7))["manufacturing_sites"]["status"].tolist() == ["closed"]
    assert dataset["manufacturing_sites"]["status"].tolist() == ["closed"]
